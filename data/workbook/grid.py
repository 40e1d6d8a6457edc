"""A sheet as a grid of cells: rows from row 1, each a list of cells from column A."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from math import isfinite

from data.submission import ErrorValue, Unreadable, Value

Cell = Value | time | timedelta
Grid = Sequence[Sequence[Cell]]

MOST_ROWS = 200_000
MOST_COLUMNS = 500
MOST_CELLS = 5_000_000
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
            return ErrorValue(cell) if cell in ERRORS else cell if cell.strip() else None
        case float() if not isfinite(cell):
            return ErrorValue("#NUM!")
        case datetime():
            return cell.date()
        case time():
            return (cell.hour * 3600 + cell.minute * 60 + cell.second) / 86_400
        case timedelta():
            return cell / timedelta(days=1)
    return cell


def plain_column(cells: Sequence[Cell], column: int, first_row: int) -> list[Value]:
    """Return the cells of a column as values; `first_row` is the row number of the first.

    A text is looked at once, not once a cell: a column repeats few of them. Raises `Unreadable`
    where a cell holds more than a spreadsheet program lets one type.
    """
    kinds = set(map(type, cells))
    once = set(cells) if kinds & {str, float} else set()
    odd = [
        text
        for text in once
        if type(text) is str and (not text.strip() or text in ERRORS or len(text) > LONGEST_TEXT)
    ]
    if any(len(text) > LONGEST_TEXT for text in odd):
        text = max(odd, key=len)
        raise Unreadable(
            f"Cell {letter(column)}{first_row + cells.index(text)} holds {len(text):,} characters, "
            "more than a spreadsheet cell can: correct it and save the file again."
        )
    if kinds - {str, float, date} or any(type(c) is float and not isfinite(c) for c in once):
        return [plain(cell) for cell in cells]
    if not odd:
        return list(cells)  # type: ignore[arg-type]
    changed = {text: plain(text) for text in odd}
    return [changed.get(cell, cell) if type(cell) is str else cell for cell in cells]  # type: ignore[misc]
