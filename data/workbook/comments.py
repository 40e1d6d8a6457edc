"""The comments on the cells of a sheet, and which of their words are ours."""

import re

from data.workbook import relations

BEGINNING = "Check of the return"
ENDING = "If it is right all the same, say why here:"
AUTHOR = "Check of the return"
_OURS = re.compile(rf"{BEGINNING}\s*\n(?:.*?{re.escape(ENDING)}|(?:•[^\n]*(?:\n|\Z))*)", re.DOTALL)
# What Excel puts in the place of a conversation for programs that do not know conversations.
_THREADED = re.compile(r"\[Threaded comment\].*?(?:^|\n)Comment:\s*", re.DOTALL)


def read(part: bytes) -> dict[str, str]:
    """Return the comments of a part by the addresses of their cells."""
    parsed = relations.parsed(part)
    authors = [each.text or "" for each in relations.tagged(parsed, "author")]
    found = {}
    for comment in relations.tagged(parsed, "comment"):
        spoken = {id(t) for said in relations.tagged(comment, "rPh") for t in said.iter()}
        text = "".join(t.text or "" for t in relations.tagged(comment, "t") if id(t) not in spoken)
        by = relations.attribute(comment, "authorId")
        author = authors[int(by)] if by.isdigit() and int(by) < len(authors) else ""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if author and text.startswith(f"{author}:\n"):
            text = text.removeprefix(f"{author}:\n")
        found[relations.attribute(comment, "ref").replace("$", "").upper()] = text
    return found


def own_words(text: str) -> str:
    """Return what the sender wrote in a comment: all but our words."""
    return _OURS.sub("\n", _THREADED.sub("", text)).strip()


def is_ours(text: str) -> bool:
    """Return whether a comment has any of our words."""
    return _OURS.search(text) is not None
