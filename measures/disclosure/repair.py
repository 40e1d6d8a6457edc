"""Hide more where an attack got through: the neighbours from which a hidden count was worked out.

The engine proves its tables safe each with what it knows of the others; what several tables say
together is the gate's to find. What it finds is not argued with: its neighbours are hidden too.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from measures.breakdowns import ENGLAND, NAMES, TOTAL
from measures.disclosure.publish import Hidden, Mask
from measures.grid import Grid

Struck = tuple[str, int]
"""A flag and the number of a cell of the grid."""


class Repair:
    """The hidden cells of a release, and the means to hide more of them."""

    def __init__(self, grid: Grid, counts: dict[str, np.ndarray], hidden: Hidden) -> None:
        """Begin with a pattern, which is copied."""
        self.grid, self.counts = grid, counts
        self.hidden: dict[str, Mask] = {flag: mask.copy() for flag, mask in hidden.items()}
        self.lines = _lines(grid.cells)

    def hide_beside(self, struck: Iterable[Struck], families: dict[str, list[str]]) -> int:
        """Hide, for each cell struck, the least neighbour in every line it stands in.

        `families` has for a flag of bands all flags of its division. Returns how many were hidden.
        """
        more = 0
        for flag, cell in sorted(set(struck)):
            for line in self.lines[cell]:
                more += self._hide_least([(flag, other) for other in line if other != cell])
            more += self._hide_least(
                [(other, cell) for other in families.get(flag, []) if other != flag]
            )
        return more

    def _hide_least(self, neighbours: list[Struck]) -> int:
        shown = [
            (int(self.counts[flag][cell]), flag, cell)
            for flag, cell in neighbours
            if not self.hidden[flag][cell] and self.counts[flag][cell] > 0
        ]
        if not shown:
            return 0
        _, flag, cell = min(shown)
        self.hidden[flag][cell] = True
        return 1


def _lines(cells: pd.DataFrame) -> list[list[list[int]]]:
    """Return for every cell the lines of cells that add up to one that is wider than it."""
    columns = ["geographic_level", "geography", *NAMES]
    rows = list(cells[columns].itertuples(index=False, name=None))
    members: dict[tuple[str, ...], list[int]] = {}
    keys: list[list[tuple[str, ...]]] = []
    for number, (level, place, *groups) in enumerate(rows):
        mine = []
        for at, group in enumerate(groups):
            if group != TOTAL:
                mine.append((level, place, NAMES[at], *groups[:at], "*", *groups[at + 1 :]))
        if level != ENGLAND:
            mine.append((level, "*", "place", *groups))
        for key in mine:
            members.setdefault(key, []).append(number)
        keys.append(mine)
    return [[members[key] for key in mine] for mine in keys]
