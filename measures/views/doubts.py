"""What the checks doubt in a return, as tables that a page shows: by check, and row by row."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from data.checks.run import CHECKS
from data.explanations import Explanation
from data.findings import Finding
from data.tables import BY_NAME, Level
from measures.views.table import Table

LINES = 50
"""Findings on one page of the table."""
NEEDS = ("Must be mended", "Mend or explain", "Explained")
_TITLES = {each.name: each.title for each in CHECKS}
_LONGEST = 200
# Characters that no one sees and that change how the others are read.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)


def visible(text: str | None, longest: int = _LONGEST) -> str:
    """Return submitted text as a page shows it: not too long, unseen characters named."""
    shown = text or ""
    if len(shown) > longest:
        shown = f"{shown[:longest]}… ({len(text or ''):,} characters)"
    return _UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", shown)


def needs(finding: Finding) -> str:
    """Return what a finding asks for."""
    if finding.explained:
        return NEEDS[2]
    return NEEDS[0] if finding.level is Level.ERROR else NEEDS[1]


def title(name: str) -> str:
    """Return the title of a check."""
    return _TITLES.get(name, name)


def heading(name: str | None) -> str:
    """Return a field with its title."""
    return BY_NAME[name].heading if name in BY_NAME else name or ""


def by_check(findings: Sequence[Finding]) -> Table:
    """Return how often each check struck, those that must be mended first."""
    counts: Counter[tuple[str, str]] = Counter()
    explained: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        key = (NEEDS[0] if finding.level is Level.ERROR else NEEDS[1], finding.check)
        counts[key] += 1
        explained[key] += finding.explained
    ordered = sorted(counts, key=lambda key: (NEEDS.index(key[0]), -counts[key], key[1]))
    rows = tuple((title(k[1]), k[0], counts[k], explained[k]) for k in ordered)
    return Table("Findings by check", ("Check", "What it needs", "Findings", "Explained"), rows)


def select(
    findings: Sequence[Finding], needed: str = "", name: str = "", of: str = "", words: str = ""
) -> tuple[Finding, ...]:
    """Return the findings of a need, a check and a field, with words in contact, value or text."""
    wanted = words.strip().casefold()
    return tuple(
        finding
        for finding in findings
        if (not needed or needs(finding) == needed)
        and (not name or finding.check == name)
        and (not of or finding.field == of)
        and (not wanted or any(wanted in text.casefold() for text in _texts(finding)))
    )


def _texts(finding: Finding) -> Iterator[str]:
    yield str(finding.row or "")
    yield from (t for t in (finding.contact, finding.value, finding.message) if t)


def pages(findings: Sequence[Finding]) -> int:
    """Return how many pages of the table findings take."""
    return max(-(-len(findings) // LINES), 1)


def by_row(findings: Sequence[Finding], page: int = 1) -> Table:
    """Return a page of findings row by row: the value, why it is doubted, what to do."""
    first = (page - 1) * LINES
    shown = findings[first : first + LINES]
    rows = [
        (
            str(finding.row or "all"),
            visible(finding.contact, 40),
            finding.field or "",
            visible(finding.value, 60) or "blank",
            needs(finding),
            visible(finding.message),
            visible(finding.explanation),
        )
        for finding in shown
    ]
    headings = ["Row", "Contact", "Field", "Value", "What it needs", "Why, and what to do"]
    if any(finding.explanation for finding in shown):
        headings.append("Explanation")
    width = len(headings)
    return Table("Findings row by row", tuple(headings), tuple(tuple(row[:width]) for row in rows))


def unfitting(explanations: Sequence[Explanation]) -> Table:
    """Return the explanations that fit no finding: kept, and shown."""
    rows = tuple(
        (
            str(one.row or "all"),
            visible(one.contact, 40),
            one.field or "",
            str(one.source),
            visible(one.text),
        )
        for one in explanations
    )
    headings = ("Row", "Contact", "Field", "Written in", "Explanation")
    return Table("Explanations that fit no finding now", headings, rows)
