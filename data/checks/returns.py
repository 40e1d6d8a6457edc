"""The checks on a return as a whole: who sent it, its columns, its blank rows, its totals."""

import difflib
from collections.abc import Iterator

from data.checks.check import Check, Hit
from data.checks.rows import Rows
from data.checks.values import quoted, read_count
from data.codes import AGREEMENT_TYPES
from data.submission import Submission, as_text
from data.tables import C0, Level

AGENCY = Check(
    "unknown_agency",
    "The agency is missing or not one of this collection",
    "Please choose the agency's name from the drop-down list on the Instructions sheet.",
)
EMAIL = Check("missing_email", "No e-mail address", "Please give one on the Instructions sheet.")
AGREEMENTS = Check(
    "missing_agreements",
    "Supported contact agreements missing or not a number",
    "Please give the number of children for each type (0 if none) on the Instructions sheet.",
)
ABSENT = Check(
    "column_absent", "A column is absent", "Please put it back, empty if there is nothing in it."
)
TWICE = Check("column_twice", "A column is there twice", "Please keep one of them.")
UNKNOWN_COLUMN = Check(
    "unknown_column",
    "A column that is none of C1 to C17",
    "Please take it out, or give it the heading of its field: it is kept and not used.",
)
UNREAD_SHEET = Check(
    "unread_sheet",
    "Another sheet with rows of a return",
    "Please put all rows on one sheet: these have not been read.",
)
BLANK_ROW = Check(
    "blank_row",
    "A blank row between rows",
    "Please take it out. The rows after it have been read.",
)
ROW_COUNT = Check(
    "row_count",
    "Far fewer or far more rows than last time",
    "Please check that the return is whole and holds one period, or explain.",
)
CHECKS = (
    AGENCY,
    EMAIL,
    AGREEMENTS,
    ABSENT,
    TWICE,
    UNKNOWN_COLUMN,
    UNREAD_SHEET,
    BLANK_ROW,
    ROW_COUNT,
)
ON_INSTRUCTIONS = frozenset(check.name for check in (AGENCY, EMAIL, AGREEMENTS))


def known_agency(submission: Submission, agencies: tuple[str, ...]) -> str | None:
    """Return the agency of the collection that the return names, however spaced or cased."""
    wanted = " ".join((submission.agency or "").split()).casefold()
    return next((name for name in agencies if name.casefold() == wanted), None)


def sender(rows: Rows) -> Iterator[Hit]:
    """Yield what is amiss with the Instructions sheet."""
    submission = rows.submission
    if rows.agency is None:
        why = "No agency is named"
        if submission.agency:
            why = f"{quoted(submission.agency)} is not an agency of this collection"
            near = difflib.get_close_matches(submission.agency, rows.round.agencies, 1)
            why += f"; did you mean {near[0]!r}?" if near else ""
        yield Hit(AGENCY, Level.ERROR, None, None, why, value=submission.agency)
    if "@" not in (submission.email or ""):
        why = "No e-mail address is given"
        if submission.email:
            why = f"{quoted(submission.email)} is not an e-mail address"
        yield Hit(EMAIL, Level.QUERY, None, None, why, value=submission.email)
    for kind in AGREEMENT_TYPES:
        value = submission.agreements.get(kind)
        if read_count(value) is None:
            shown = as_text(value)
            why = f"C0 {kind} is {f'{quoted(value)}, not a whole number' if shown else 'blank'}"
            yield Hit(AGREEMENTS, Level.QUERY, None, C0.name, why, value=shown)


def columns(rows: Rows) -> Iterator[Hit]:
    """Yield absent, doubled and unknown columns, unread sheets, and blank rows."""
    submission = rows.submission
    for field in rows.round.fields:
        if field.name not in submission.columns:
            why = f"There is no column {field.heading}"
            yield Hit(ABSENT, Level.ERROR, None, field.name, why)
        for again in submission.doubled.get(field.name, ()):
            first = submission.columns[field.name].letter
            why = f"{field.name} is in column {first} and again in column {again.letter}"
            yield Hit(TWICE, Level.ERROR, None, field.name, why)
    for other in submission.others:
        if not is_explanation(other.heading):
            why = f"Column {other.letter} ({quoted(other.heading)}) is none of C1 to C17"
            yield Hit(UNKNOWN_COLUMN, Level.QUERY, None, None, why)
    for sheet in submission.unread_sheets:
        why = f"The sheet {quoted(sheet)} has the headings of the return too, and rows beneath them"
        yield Hit(UNREAD_SHEET, Level.QUERY, None, None, why)
    for row in submission.blank_rows:
        yield Hit(BLANK_ROW, Level.QUERY, None, None, f"Row {row} is blank", row)


def is_explanation(heading: str) -> bool:
    """Return whether a column is the one for explanations."""
    return heading.strip().casefold().startswith(("explanation", "your explanation"))


def row_count(rows: Rows, previous: int | None) -> Iterator[Hit]:
    """Yield a return with under half or over twice the rows of the agency's previous one."""
    now = len(rows)
    if previous and not previous / 2 <= now <= previous * 2:
        why = f"The return has {now} rows; the agency's previous one had {previous}"
        yield Hit(ROW_COUNT, Level.QUERY, None, None, why)
