"""The rows beneath the headings, column by column."""

from dataclasses import dataclass

from data.submission import Column, Value, as_text
from data.workbook.grid import Grid, letter, plain, plain_column, refuse_long_text
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
    width = max(map(len, grid))
    heading = [plain(cell) for cell in grid[headings.row]]
    heading += [None] * (width - len(heading))
    first = headings.row + 1
    cells = [
        list(row) + [None] * (width - len(row)) if len(row) < width else row for row in grid[first:]
    ]
    by_column: list[list[Value]] = []
    for index, raw in enumerate(zip(*cells, strict=True)):
        by_column.append(plain_column(raw))
        refuse_long_text(by_column[-1], index, first + 1)
    if not by_column:
        by_column = [[] for _ in range(width)]

    fields = {index for indexes in headings.columns.values() for index in indexes}
    filled = [
        any(value is not None for value in row)
        for row in zip(*(by_column[index] for index in fields), strict=True)
    ]
    positions = [position for position, full in enumerate(filled) if full]
    start, end = (positions[0], positions[-1]) if positions else (0, -1)
    whole = len(positions) == len(filled)

    def column(index: int) -> Column:
        values = by_column[index]
        kept = values if whole else [values[position] for position in positions]
        return Column(letter(index), as_text(heading[index]) or "", kept)

    return Table(
        rows=[first + 1 + position for position in positions],
        blank_rows=[first + 1 + p for p in range(start, end + 1) if not filled[p]],
        columns={name: column(indexes[0]) for name, indexes in headings.columns.items()},
        doubled={
            name: [column(index) for index in indexes[1:]]
            for name, indexes in headings.columns.items()
            if len(indexes) > 1
        },
        others=[
            other
            for index in range(width)
            if index not in fields
            and ((other := column(index)).heading or any(v is not None for v in other.values))
        ],
    )
