"""What a sender says of a value that is right all the same, and which finding it answers."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from data.findings import Finding

_CODED = re.compile(r"_x005[fF]_(?=x[0-9A-Fa-f]{4}_)")
_SPACES = re.compile(r"[\s\x00-\x1f\ufffd]+")


class Source(StrEnum):
    """Where an explanation was written."""

    FINDINGS = "Findings sheet"
    COMMENT = "comment"
    COLUMN = "explanation column"
    EARLIER = "an earlier return"


@dataclass(frozen=True, slots=True)
class Explanation:
    """One explanation, and what it was written on.

    `check`, `contact` and `value` are those of the finding it was written beside, and None where
    it was written beside no finding: in a comment on a cell, or in the column of a row.
    """

    text: str
    source: Source
    row: int | None = None
    field: str | None = None
    check: str | None = None
    contact: str | None = None
    value: str | None = None
    message: str | None = None

    @property
    def of_a_finding(self) -> bool:
        """Whether it was written beside a finding, and speaks of that one only."""
        return self.check is not None


@dataclass(frozen=True)
class Answered:
    """Findings with their explanations, and the explanations that fit none of them."""

    findings: tuple[Finding, ...]
    unfitting: tuple[Explanation, ...]


def _plain(text: str | None) -> str:
    """Return a value as two programs that saved it agree on it."""
    return _SPACES.sub(" ", _CODED.sub("_", text or "")).strip().casefold()


_Key = tuple[str, str, str, str]


def _key(one: Finding | Explanation, contact: str | None) -> _Key:
    return one.check or "", one.field or "", _plain(contact), _plain(one.value)


def answered(findings: Sequence[Finding], explanations: Iterable[Explanation]) -> Answered:
    """Return the findings explained by whatever fits them.

    What was written beside a finding fits the one of the same check, contact (or row, where there
    is no contact), field and value; a comment fits all findings on its cell, and a text of the
    explanation column all those on its row, that nothing nearer explains.
    """
    given = list(dict.fromkeys(explanations))
    texts: list[str | None] = [None] * len(findings)
    fitting: set[int] = set()
    near = [i for i, one in enumerate(given) if one.of_a_finding]
    fitting |= _beside_findings(findings, given, near, texts)
    by_cell: defaultdict[tuple[int | None, str | None], list[int]] = defaultdict(list)
    by_row: defaultdict[int | None, list[int]] = defaultdict(list)
    for place, finding in enumerate(findings):
        if finding.row is not None:
            by_cell[finding.row, finding.field].append(place)
            by_row[finding.row].append(place)
    for source in (Source.COMMENT, Source.COLUMN):
        before = list(texts)
        for i, one in enumerate(given):
            if one.source is not source or one.of_a_finding:
                continue
            # A finding on a whole row is marked on the contact's identifier.
            places = by_cell[one.row, one.field] if one.field else by_row[one.row]
            if one.field == "C3":
                places = [*places, *by_cell[one.row, None]]
            if places:
                fitting.add(i)
            for place in places:
                if before[place] is None:
                    texts[place] = f"{texts[place]}\n{one.text}" if texts[place] else one.text
    return Answered(
        tuple(
            replace(finding, explanation=text) if text else finding
            for finding, text in zip(findings, texts, strict=True)
        ),
        tuple(_each_once(one for i, one in enumerate(given) if i not in fitting)),
    )


def _each_once(explanations: Iterable[Explanation]) -> Iterator[Explanation]:
    """Yield explanations that came with the return, each once.

    One that is kept stands on the sheet of findings and still where it was written first.
    """
    seen: set[tuple[str, str, str | None]] = set()
    for one in explanations:
        key = (_plain(one.text), _plain(one.contact) or str(one.row), one.field)
        if one.source is not Source.EARLIER and key not in seen:
            seen.add(key)
            yield one


def _same_place(finding: Finding, one: Explanation) -> bool:
    """Return whether a finding without a contact is that of an explanation."""
    if finding.row is None and one.message:
        return _plain(finding.message) == _plain(one.message)
    return finding.row == one.row


def _beside_findings(
    findings: Sequence[Finding],
    given: Sequence[Explanation],
    near: Sequence[int],
    texts: list[str | None],
) -> set[int]:
    """Explain, in place, the findings that explanations were written beside; return which fit."""
    if not near:
        return set()
    alike: defaultdict[_Key, list[int]] = defaultdict(list)
    for place, finding in enumerate(findings):
        alike[_key(finding, finding.contact)].append(place)
    fitting = set()
    for i in sorted(near, key=lambda i: given[i].source is Source.EARLIER):
        one = given[i]
        places = alike.get(_key(one, one.contact), [])
        if not one.contact:
            places = [p for p in places if _same_place(findings[p], one)]
        # Two findings may differ in nothing but their row or their words: two rows of one contact.
        best = sorted(
            places,
            key=lambda p: (
                _plain(findings[p].message) != _plain(one.message),
                findings[p].row != one.row,
            ),
        )
        same = [p for p in best if texts[p] == one.text]
        free = [p for p in best if texts[p] is None]
        if free and (not same or one.source is not Source.EARLIER):
            texts[free[0]] = one.text
            fitting.add(i)
        elif places:
            fitting.add(i)
    return fitting
