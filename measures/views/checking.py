"""A return being checked before it is sent: what stops it, what to look at, how much is fine.

It lives in the session of whoever brought it and nowhere else: nothing here is cached or logged.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from data.annotate import findings_csv, marked_up, name_of
from data.checks.run import CHECKS, Checked, check
from data.findings import Finding
from data.tables import BY_NAME, Level
from data.workbook import read
from measures.private import Own, own_figures
from measures.views.table import Table

SETTING = "ADOPTION_SUPPORT_UPLOADS"
LINES = 50
"""Findings on one page of the table."""
NEEDS = ("Must be mended", "Mend or explain", "Explained")
_TITLES = {each.name: each.title for each in CHECKS}
_LONGEST = 200
# Characters that no one sees and that change how the others are read.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)


def allowed() -> bool:
    """Return whether returns may be brought here; a hosted dashboard can switch it off."""
    return os.environ.get(SETTING, "on").strip().casefold() not in {"off", "no", "false", "0"}


def visible(text: str | None, longest: int = _LONGEST) -> str:
    """Return submitted text as a page shows it: not too long, unseen characters named."""
    shown = text or ""
    if len(shown) > longest:
        shown = f"{shown[:longest]}… ({len(text or ''):,} characters)"
    return _UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", shown)


@dataclass(frozen=True)
class Review:
    """A return as it was brought, and what the checks say of it."""

    file: str
    data: bytes = field(repr=False)
    checked: Checked = field(repr=False)

    @classmethod
    def of(cls, data: bytes, file: str) -> "Review":
        """Read and check a return; raises `Unreadable` with a sentence for its sender."""
        return cls(file, data, check(read(data, file)))

    @cached_property
    def rows(self) -> dict[str, int]:
        """How many rows must be mended, are to be mended or explained, and are fine."""
        errors = {f.row for f in self.checked.findings if f.row and f.level is Level.ERROR}
        doubted = {f.row for f in self.checked.findings if f.row and not f.explained} - errors
        held = set(self.checked.rows.submission.rows)
        return {
            "mend": len(errors & held),
            "explain": len(doubted & held),
            "fine": len(held - errors - doubted),
        }

    @cached_property
    def own(self) -> Own:
        """The return's own figures, computed when they are first asked for."""
        return own_figures(self.checked)

    @property
    def marked_up_name(self) -> str:
        """What the marked-up workbook is called."""
        return name_of(self.file)

    def marked_up(self) -> bytes:
        """Return the workbook with its findings in it."""
        return marked_up(self.data, self.checked)

    def findings_csv(self) -> bytes:
        """Return the findings as a file."""
        return findings_csv(self.checked)


def answer(review: Review) -> tuple[str, str, str]:
    """Return the sentence that says whether the return can be sent."""
    checked, rows = review.checked, review.rows
    if not checked.usable:
        return "", "This return cannot be used yet", ": something is amiss with the whole of it."
    whole = f"{len(checked.rows):,} rows"
    if rows["mend"]:
        after = f" of {whole} must be mended; until then they are not counted."
        return "", f"{rows['mend']:,}", after
    if rows["explain"]:
        return "Nothing stops this return. ", f"{rows['explain']:,}", f" of {whole} are doubtful."
    return "", "This return can be sent", f": all {whole} are fine or explained."


def points(review: Review) -> tuple[tuple[str, str, str], ...]:
    """Return what to do, the most pressing first: what stops the return, rows, questions."""
    checked, rows = review.checked, review.rows
    on_whole = [f for f in checked.findings if f.row is None and not f.explained]
    said = [
        ("Stops the return: " if f.level is Level.ERROR else "The return: ", "", visible(f.message))
        for f in sorted(on_whole, key=lambda f: f.level is not Level.ERROR)
    ]
    said.append(("Rows that must be mended to be counted: ", f"{rows['mend']:,}", "."))
    said.append(("Rows to mend or explain, counted either way: ", f"{rows['explain']:,}", "."))
    said.append(("Rows that are fine or explained: ", f"{rows['fine']:,}", "."))
    if not checked.covers_pre_order and not checked.confirms_no_pre_order:
        question = "no children before the order: please confirm that on the Instructions sheet."
        said.append(("The return has ", "", question))
    return tuple(said)


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


def by_check(review: Review) -> Table:
    """Return how often each check struck, those that must be mended first."""
    counts: Counter[tuple[str, str]] = Counter()
    explained: Counter[tuple[str, str]] = Counter()
    for finding in review.checked.findings:
        key = (NEEDS[0] if finding.level is Level.ERROR else NEEDS[1], finding.check)
        counts[key] += 1
        explained[key] += finding.explained
    ordered = sorted(counts, key=lambda key: (NEEDS.index(key[0]), -counts[key], key[1]))
    rows = tuple((title(k[1]), k[0], counts[k], explained[k]) for k in ordered)
    return Table("Findings by check", ("Check", "What it needs", "Findings", "Explained"), rows)


def select(
    review: Review, needed: str = "", name: str = "", of: str = "", words: str = ""
) -> tuple[Finding, ...]:
    """Return the findings of a need, a check and a field, with words in contact, value or text."""
    wanted = words.strip().casefold()
    return tuple(
        finding
        for finding in review.checked.findings
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


def unfitting(review: Review) -> Table:
    """Return the explanations that fit no finding: kept, and shown."""
    rows = tuple(
        (
            str(one.row or "all"),
            visible(one.contact, 40),
            one.field or "",
            str(one.source),
            visible(one.text),
        )
        for one in review.checked.unfitting
    )
    headings = ("Row", "Contact", "Field", "Written in", "Explanation")
    return Table("Explanations that fit no finding now", headings, rows)
