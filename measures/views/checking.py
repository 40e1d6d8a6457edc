"""A return being checked before it is sent: what stops it, what to look at, how much is fine.

It lives in the session of whoever brought it and nowhere else: nothing here is cached or logged.
"""

import os
from dataclasses import dataclass, field
from functools import cached_property

from data.annotate import findings_csv, marked_up, name_of
from data.checks.run import Checked, check
from data.tables import Level
from data.workbook import read
from measures.private import Own, own_figures
from measures.views.doubts import visible

SETTING = "ADOPTION_SUPPORT_UPLOADS"


def allowed() -> bool:
    """Return whether returns may be brought here; a hosted dashboard can switch it off."""
    return os.environ.get(SETTING, "on").strip().casefold() not in {"off", "no", "false", "0"}


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
