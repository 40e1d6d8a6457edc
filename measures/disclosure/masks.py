"""Patterns of linked sets as one mask a flag over the cells of the grid, and back."""

from collections.abc import Iterable

import numpy as np

from measures.breakdowns import NAMES
from measures.disclosure.linked import Cell, Linked, Refused
from measures.disclosure.protect import Pattern
from measures.disclosure.publish import Hidden, Mask, complement
from measures.grid import Grid

Place = tuple[str, ...]


def places(grid: Grid) -> dict[Place, int]:
    """Return the number of every cell of the grid by level, geography and breakdowns."""
    columns = ["geographic_level", "geography", *NAMES]
    rows = grid.cells[columns].itertuples(index=False, name=None)
    return {row: number for number, row in enumerate(rows)}


def hidden_by_flag(grid: Grid, sets: Iterable[tuple[Linked, Pattern]]) -> dict[str, Mask]:
    """Return where each flag is hidden, and where the complement of each ratio is.

    A flag that stands in two sets is refused: it would have two patterns.
    """
    number, found = places(grid), dict[str, Mask]()

    def mark(flag: str, cell: Cell) -> None:
        found[flag][number[cell[1:]]] = True

    for linked, pattern in sets:
        rest = [complement(ratio.numerator, ratio.denominator) for ratio in linked.ratios]
        if twice := found.keys() & {*linked.flags, *rest}:
            raise Refused(f"{sorted(twice)} are protected in two sets")
        found |= {flag: np.zeros(len(number), np.bool_) for flag in (*linked.flags, *rest)}
        for cell in pattern.hidden:
            mark(cell.flag, cell)
        among = {ratio.numerator: ratio.denominator for ratio in linked.ratios}
        for flag, cell in pattern.percents_hidden:
            mark(complement(flag, among[flag]), cell)
    return found


def cells_of(grid: Grid, hidden: Hidden, agencies: Iterable[str]) -> dict[str, list[Cell]]:
    """Return, by flag, the hidden cells of some agencies."""
    kept = set(agencies)
    columns = ["geographic_level", "geography", *NAMES]
    rows = list(grid.cells[columns].itertuples(index=False, name=None))
    return {
        flag: [Cell(flag, *rows[at]) for at in np.flatnonzero(mask) if rows[at][1] in kept]
        for flag, mask in hidden.items()
    }
