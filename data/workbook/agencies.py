"""Which agency is meant, by its name as typed or by the name of a file."""

import re

from data.geography import agencies


def _words(text: str) -> str:
    """Return a name as its words: lower case, single hyphens, as in a file name."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold().replace("&", " and ")).strip("-")


def _spellings() -> dict[str, str]:
    """Return every agency by each way to write it: with and without what is in brackets."""
    return {
        _words(spelling): name
        for name in agencies()
        for spelling in (re.sub(r"\(.*?\)", "", name), name)
    }


def recognised(name: str | None) -> str | None:
    """Return the agency as the list of agencies writes it; one that is not listed as typed."""
    return _spellings().get(_words(name), name) if name else None


def named_in(file: str) -> str | None:
    """Return the agency a file is named after: the longest that its name contains."""
    inside = f"-{_words(re.sub(r'[.][^.]*$', '', file))}-"
    found = [words for words in _spellings() if f"-{words}-" in inside]
    return _spellings()[max(found, key=len)] if found else None
