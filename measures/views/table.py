"""A table as a value: what a page prints, a chart draws and a file holds are the same cells."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from measures.views.figure import MEANINGS, SYMBOLS, Figure

Cell = str | int | Figure
_NUMBER = re.compile(r"(over )?[\d,]+%?|[cxzu]|low")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Table:
    """Rows under headings; the first column names the row, `notes` go into the file with it."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[tuple[str, str], ...] = ()
    picked: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse ragged rows, which would print under the wrong heading."""
        if any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError(f"{self.caption!r}: every row needs {len(self.headings)} cells")

    @property
    def symbols(self) -> tuple[str, ...]:
        """The symbols that occur, in their order."""
        found = {cell.status for row in self.rows for cell in row if isinstance(cell, Figure)}
        return tuple(symbol for symbol in SYMBOLS if symbol in found)

    @property
    def explained(self) -> tuple[tuple[str, str], ...]:
        """The symbols that occur, each with what it means."""
        return tuple((one, f"{SYMBOLS[one]} ({MEANINGS[one]})") for one in self.symbols)

    def numeric(self, column: int) -> bool:
        """Return whether a column holds figures, which are set to the right."""
        cells = [row[column] for row in self.rows if row[column] != ""]
        return bool(cells) and all(
            isinstance(cell, Figure | int) or _NUMBER.fullmatch(cell) for cell in cells
        )

    def csv(self) -> str:
        """Return the table as a file: its cells, then a blank line, then what they mean."""
        out = io.StringIO()
        write = csv.writer(out, lineterminator="\r\n").writerow
        write(self.headings)
        for row in self.rows:
            write([plain(cell) for cell in row])
        write([])
        write(["Table", safe(self.caption)])
        for symbol in self.symbols:
            write([symbol, f"{SYMBOLS[symbol]}: {MEANINGS[symbol]}"])
        for name, text in self.notes:
            write([safe(name), safe(text)])
        return out.getvalue()

    def with_notes(self, notes: Sequence[tuple[str, str]]) -> "Table":
        """Return the table with notes for its file."""
        return Table(self.caption, self.headings, self.rows, tuple(notes), self.picked)


def printed(cell: Cell) -> str:
    """Return a cell as a page prints it."""
    if isinstance(cell, Figure):
        return cell.cell
    return f"{cell:,}" if isinstance(cell, int) else cell


def plain(cell: Cell) -> str:
    """Return a cell as a file holds it."""
    return cell.raw if isinstance(cell, Figure) else safe(str(cell))


def safe(text: str) -> str:
    """Return text that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
