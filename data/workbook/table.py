"""The rows beneath the headings, column by column."""

from dataclasses import dataclass
from itertools import zip_longest

from data.submission import Column, Value, as_text
from data.workbook.grid import Grid, letter, plain, plain_column
from data.workbook.headings import Headings


@dataclass(frozen=True)
class Table:
    """The columns of a data sheet; all values are parallel to `rows`."""

    rows: list[int]
    blank_rows: list[int]
    columns: dict[str, Column]
    doubled: dict[str, list[Column]]
    others: list[Column]


def read(grid: Grid, headings: Headings) -> Table:
    """Return the table beneath the headings.

    A row is blank where no field has a value: numbering or notes beside an empty row make no
    contact of it. Blank rows at the end are not part of the return.
    """
    length = len(grid) - headings.row - 1
    first = headings.row + 2  # the number of the row beneath the headings
    printed = [as_text(plain(cell)) or "" for cell in grid[headings.row]]
    values = [
        plain_column(cells, index, first)
        for index, cells in enumerate(zip_longest(*grid[headings.row + 1 :], fillvalue=""))
    ]
    width = max(len(printed), len(values))
    printed += [""] * (width - len(printed))
    values += [[None] * length for _ in range(width - len(values))]

    fields = {index for indexes in headings.columns.values() for index in indexes}
    filled = _filled([values[index] for index in fields])
    kept = [position for position, full in enumerate(filled) if full]
    last = kept[-1] if kept else -1

    def at(index: int) -> Column:
        column = values[index]
        if len(kept) < length:
            column = [column[position] for position in kept]
        return Column(letter(index), printed[index], column)

    return Table(
        rows=[first + position for position in kept],
        blank_rows=[first + p for p in range(min(kept, default=0), last) if not filled[p]],
        columns={name: at(indexes[0]) for name, indexes in headings.columns.items()},
        doubled={
            name: [at(index) for index in indexes[1:]]
            for name, indexes in headings.columns.items()
            if len(indexes) > 1
        },
        others=[
            other
            for index in range(width)
            if index not in fields
            and ((other := at(index)).heading or any(v is not None for v in other.values))
        ],
    )


def _filled(columns: list[list[Value]]) -> list[bool]:
    """Return for every row whether it has a value."""
    if any(None not in column for column in columns):
        return [True] * len(columns[0])
    return [row.count(None) < len(row) for row in zip(*columns, strict=True)]
