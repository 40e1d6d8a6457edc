"""A sheet as a grid of cells: rows from row 1, each a list of cells from column A."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from math import isfinite

from data.submission import ErrorValue, Unreadable, Value

Cell = Value | time | timedelta
Grid = Sequence[Sequence[Cell]]

MOST_ROWS = 200_000
MOST_COLUMNS = 500
MOST_CELLS = 10_000_000
LONGEST_TEXT = 32_767  # what a cell of a spreadsheet program can hold
ERRORS = frozenset(
    {
        *("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"),
        *("#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!"),
        *("#EXTERNAL!", "#PYTHON!"),
    }
)


def letter(column: int) -> str:
    """Return the letters of a column counted from 0: "A", "Z", "AA"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def plain(cell: Cell) -> Value:
    """Return one cell as a value: blank as None, a moment as its day, a time as a part of a day."""
    match cell:
        case str():
            text = cell.strip()
            return ErrorValue(text) if text in ERRORS else cell if text else None
        case float() if not isfinite(cell):
            return ErrorValue("#NUM!")
        case datetime():
            return cell.date()
        case time():
            return (cell.hour * 3600 + cell.minute * 60 + cell.second) / 86_400
        case timedelta():
            return cell / timedelta(days=1)
    return cell


def plain_column(cells: Sequence[Cell]) -> list[Value]:
    """Return the cells of a column as values.

    Texts are looked at once each, not once a cell: a column repeats few of them.
    """
    kinds = set(map(type, cells))
    if kinds - {str, float, date} or not isfinite(sum(c for c in cells if type(c) is float)):
        return [plain(cell) for cell in cells]
    changed = {
        text: value
        for text in {cell for cell in cells if type(cell) is str}
        if (value := plain(text)) is not text
    }
    return [changed.get(cell, cell) if type(cell) is str else cell for cell in cells]  # type: ignore[misc]


def refuse_long_text(cells: Sequence[Value], column: int, first_row: int) -> None:
    """Raise `Unreadable` where a cell holds more than a spreadsheet program lets one type."""
    for row, cell in enumerate(cells, first_row):
        if type(cell) is str and len(cell) > LONGEST_TEXT:
            raise Unreadable(
                f"Cell {letter(column)}{row} holds {len(cell):,} characters, more than a "
                f"spreadsheet cell can: correct that cell and save the file again."
            )
