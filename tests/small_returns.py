"""Small returns for the tests of the checks: one row that raises nothing, and what is changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import openpyxl

from data.checks.run import Checked, check
from data.submission import Value
from data.tables import FIELDS
from data.workbook import read

RECEIVED = date(2025, 12, 1)
HEADINGS = {field.name: field.heading for field in FIELDS}
Row = Mapping[str, Value]

_CHILD: Row = {"C1": "330", "C2": "A1", "C3": "K1", "C4": date(2015, 1, 1)} | {
    "C5": "1", "C6": "WBRI", "C7": "0",
}  # fmt: skip
CONTACT: Row = {
    **_CHILD,
    "C10": date(2019, 6, 1),
    "C11": date(2025, 4, 10),
    "C12": date(2025, 4, 20),
    "C13": date(2025, 5, 1),
    "C14": date(2025, 6, 1),
    "C16": "0",
}
PRE_ORDER: Row = {**_CHILD, "C8": date(2025, 4, 5), "C9": date(2025, 5, 6)}


def changed(base: Row) -> Callable[..., Row]:
    """Return a function that makes a row like `base` but for its arguments; a number is a day.

    A day is written as in 20250930: `contact(C17=20250930)`.
    """

    def made(**changes: Value) -> Row:
        return {**base, **{name: day(value) for name, value in changes.items()}}

    return made


def day(value: Value) -> Value:
    if type(value) is int and 19000101 <= value <= 21001231:
        return date(value // 10_000, value // 100 % 100, value % 100)
    return value


contact = changed(CONTACT)
pre_order = changed(PRE_ORDER)


@dataclass
class Return:
    """What a workbook is made of. A row that is None is left blank."""

    rows: Sequence[Row | None]
    agency: str | None = "Adopt Birmingham"
    email: str | None = "returns@adopt.example"
    agreements: Mapping[str, Value] = field(
        default_factory=lambda: {"Direct": 1, "Indirect": 0, "Virtual": 2}
    )
    columns: Sequence[str] = tuple(HEADINGS)
    titles: int = 0
    second_sheet: bool = False
    previous_rows: int | None = None

    def write(self, path: Path) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        said = book.create_sheet("Instructions")
        said.append(["Reporting period: 1 April to 30 September 2025"])
        for label, value in {
            "Agency name": self.agency,
            "Email address": self.email,
            **self.agreements,
        }.items():
            said.append([label, value])
        for name in ("AS Data", "Old")[: 1 + self.second_sheet]:
            sheet = book.create_sheet(name)
            headings = [HEADINGS.get(column, column) for column in self.columns]
            for number, cells in enumerate([headings, *map(self._cells, self.rows)]):
                for place, value in enumerate(cells, 1):
                    sheet.cell(number + self.titles + 1, place, value)
        book.save(path)
        return path

    def _cells(self, row: Row | None) -> list[Value]:
        return [(row or {}).get(column) for column in self.columns]

    def checked(self, folder: Path, received: date = RECEIVED) -> Checked:
        submission = read(self.write(folder / "return.xlsx"))
        return check(submission, received=received, previous_rows=self.previous_rows)
