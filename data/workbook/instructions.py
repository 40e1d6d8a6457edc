"""What "Instructions" says: the agency, its e-mail address, the period, C0, and the answers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from data.codes import AGREEMENT_TYPES
from data.feedback import QUESTIONS
from data.submission import Value, as_text
from data.workbook.grid import Grid, letter, plain

_ROWS, _COLUMNS = 500, 50  # what is looked at: a list of codes is not instructions
# A label ends at a colon or with its cell; what follows a colon is the value.
_LABELS = {
    "agency": r"(?:name of (?:your |the )?)?(?:(?:regional adoption )?agency|raa)(?:'s)?(?: name)?",
    "email": r"(?:contact |agency |your )?e-?mail(?: address)?",
    "period": r"(?:reporting |collection |return )?period",
} | {kind: rf"(?:c0\W*)?{kind}(?: contact)?(?: agreements?)?" for kind in AGREEMENT_TYPES}
_LABELS |= {name: re.escape(words.rstrip("?")) for name, words in QUESTIONS.items()}
_LABEL = {
    name: re.compile(
        rf"\W*{words}(?:\s*\([^)]*\))?\s*(?:[:=?]\s*(?P<value>\S.*)?)?$", re.IGNORECASE | re.DOTALL
    )
    for name, words in _LABELS.items()
}


@dataclass(frozen=True)
class Instructions:
    """The labelled values found, by label, and every cell by its address.

    `places` has the address of each label's value, or of the cell where it is missing.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    cells: Mapping[str, Value] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """Return a labelled value as trimmed text."""
        text = as_text(self.values.get(name))
        return text.strip() if text else None


def _labelled(value: Value) -> tuple[str, str | None] | None:
    """Return the label that a cell is, and the value in the same cell."""
    if isinstance(value, str):
        for name, pattern in _LABEL.items():
            if found := pattern.match(value):
                return name, found["value"]
    return None


def _filled(row: list[Value], after: int) -> Iterator[int]:
    return (index for index in range(after + 1, len(row)) if row[index] is not None)


def _number_below(rows: list[list[Value]], row: int, column: int) -> tuple[int, int] | None:
    """Return the cell beneath, where it holds a number: types side by side, counts under them."""
    if row + 1 < len(rows) and column < len(rows[row + 1]):
        text = as_text(rows[row + 1][column])
        if text and text.strip().isdigit():
            return row + 1, column
    return None


def read(grid: Grid) -> Instructions:
    """Return what is labelled: the value in the label's cell, else in the next filled one."""
    rows = [[plain(cell) for cell in row[:_COLUMNS]] for row in grid[:_ROWS]]
    values: dict[str, Value] = {}
    places: dict[str, str] = {}
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            label = _labelled(cell)
            if label is None or values.get(label[0]) is not None:
                continue
            name, inside = label
            right = next(_filled(cells, column), None)
            place = (row, right) if right is not None and not _labelled(cells[right]) else None
            if place is None and name in AGREEMENT_TYPES:
                place = _number_below(rows, row, column)
            at = place or (row, column if inside else column + 1)
            places[name] = f"{letter(at[1])}{at[0] + 1}"
            if inside:
                values[name] = inside
            elif place:
                values[name] = rows[place[0]][place[1]]
    return Instructions(
        values,
        {
            f"{letter(column)}{row}": cell
            for row, cells in enumerate(rows, 1)
            for column, cell in enumerate(cells)
            if cell is not None
        },
        places,
    )
