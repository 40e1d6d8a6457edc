"""A return as submitted: every value, each knowing its sheet, row and column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from data.explanations import Explanation

Value = str | float | int | bool | date | None


class Unreadable(Exception):
    """The file is not a return that can be read; the message is one sentence for its sender."""


class ErrorValue(str):
    """An Excel error value such as `#N/A`, as the cell shows it."""

    __slots__ = ()


@dataclass(frozen=True)
class Column:
    """One column of the data sheet: its letter, its heading as printed, and its values by row."""

    letter: str
    heading: str
    values: Sequence[Value]


@dataclass(frozen=True)
class Submission:
    """One return, as it came.

    `columns` has the fields C1 to C17 that were found; `others` the columns that are none of
    them, `doubled` the second and later columns of a field. All values are parallel to `rows`,
    the row numbers as the spreadsheet program shows them. `blank_rows` are rows without a value
    between rows with one. `agreements` is C0 by type; `instructions` every cell of the
    "Instructions" sheet by its address ("B4"), `above` every cell of the data sheet above its
    headings. A blank cell, spaces alone included, is None. A number in a date column counts days,
    from 1904 where `dates_from_1904`. `unread_sheets` also have the headings and rows beneath
    them. `answers` are those to the questions of `data.feedback`. `headings_row` is where the
    headings stand; `places` says by label (`agency`, `email`, a type of C0) which cell of
    `instructions_sheet` holds the value, or should.
    """

    file: str
    fingerprint: str
    sheet: str
    agency: str | None
    email: str | None
    period: str | None
    agreements: Mapping[str, Value]
    rows: Sequence[int]
    columns: Mapping[str, Column]
    others: Sequence[Column] = ()
    doubled: Mapping[str, Sequence[Column]] = field(default_factory=dict)
    blank_rows: Sequence[int] = ()
    instructions: Mapping[str, Value] = field(default_factory=dict)
    above: Mapping[str, Value] = field(default_factory=dict)
    dates_from_1904: bool = False
    unread_sheets: Sequence[str] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    explanations: Sequence[Explanation] = ()
    headings_row: int = 1
    instructions_sheet: str | None = None
    places: Mapping[str, str] = field(default_factory=dict)


def as_text(value: Value) -> str | None:
    """Return a value as the spreadsheet shows it: whole numbers without `.0`, dates DD/MM/YYYY."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return str(int(value)) if value == int(value) else repr(value)
    iso = value.isoformat()  # strftime takes three times as long, of a million cells
    return f"{iso[8:10]}/{iso[5:7]}/{iso[:4]}"
