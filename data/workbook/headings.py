"""Finding the heading row of a data sheet, and which column is which field."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from data.tables import BY_NAME
from data.workbook.grid import Cell, Grid

LOOKED_AT = 200
"""Rows searched for the headings: titles and notes above them are few."""
FEWEST = 3
"""Headings that make a heading row."""

# The number ends where the digits end, so that C1 is not C10; "C12 to C13" is neither.
_NUMBERED = re.compile(
    r"[\s\W_]*C\s?0?(\d{1,2})(?!\d)(?!\s*(?:-|\u2013|to|and|&|/)\s*C\s?\d)", re.IGNORECASE
)


@dataclass(frozen=True)
class Headings:
    """Where the headings are: `row` counted from 0, and the columns of each field in order."""

    row: int
    columns: dict[str, list[int]]


def field_of(heading: Cell) -> str | None:
    """Return the field a heading begins with: "(C4) Date of birth" is C4."""
    found = _NUMBERED.match(heading) if isinstance(heading, str) else None
    name = f"C{int(found[1])}" if found else None
    return name if name in BY_NAME else None


def _columns(cells: Sequence[Cell]) -> dict[str, list[int]]:
    columns: dict[str, list[int]] = {}
    for index, cell in enumerate(cells):
        if name := field_of(cell):
            columns.setdefault(name, []).append(index)
    return columns


def find(grid: Grid) -> Headings | None:
    """Return the row with the most headings, the first of several; None where no row has enough."""
    best = Headings(0, {})
    for row, cells in enumerate(grid[:LOOKED_AT]):
        columns = _columns(cells)
        if len(columns) > len(best.columns):
            best = Headings(row, columns)
    return best if len(best.columns) >= FEWEST else None


def has_rows(grid: Grid, headings: Headings) -> bool:
    """Return whether any field has a value beneath its heading."""
    return any(
        cells[index] not in {"", None}
        for cells in grid[headings.row + 1 :]
        for indexes in headings.columns.values()
        for index in indexes
        if index < len(cells)
    )
