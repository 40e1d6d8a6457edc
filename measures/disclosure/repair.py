"""Hide more where an attack got through: the neighbours from which a hidden count was worked out.

The engine protects one release; what several releases say together is the gate's to find. What it
finds is not argued with: its neighbours are hidden too.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from measures.disclosure.linked import Ints, Mask
from measures.disclosure.publish import Hidden
from measures.grid import Grid
from measures.lines import lines

Struck = tuple[str, int]
"""A flag and the number of a cell of the grid."""


class Repair:
    """The hidden cells of a release, and the means to hide more of them."""

    def __init__(self, grid: Grid, counts: Mapping[str, Ints], hidden: Hidden) -> None:
        """Begin with a pattern, which is copied."""
        self.counts = counts
        self.hidden: dict[str, Mask] = {flag: mask.copy() for flag, mask in hidden.items()}
        self.beside: dict[int, list[list[int]]] = {}
        self.wider: dict[int, list[int]] = {}
        for line in lines(grid):
            for cell in line.parts:
                others = [part for part in line.parts if part != cell]
                self.beside.setdefault(cell, []).append(others)
                self.wider.setdefault(cell, []).append(line.whole)

    @property
    def cells(self) -> frozenset[Struck]:
        """All that is hidden."""
        return frozenset(
            (flag, cell)
            for flag, mask in self.hidden.items()
            for cell in np.flatnonzero(mask).tolist()
        )

    def hide_beside(self, struck: Iterable[Struck], families: Mapping[str, list[str]]) -> int:
        """Hide, for each cell struck, itself and the least neighbour in every line it stands in.

        `families` has for a flag of bands all flags of its division. Where all of them are hidden,
        what gave way did so by a wider cell: the search goes on around that. Returns how many were
        hidden; none if everything around is.
        """
        edge, reached = set(struck), set[Struck]()
        more = 0
        while edge and not more:
            reached |= edge
            for flag, cell in sorted(edge):
                more += self._hide_least([(flag, cell)])
                for others in self.beside.get(cell, []):
                    more += self._hide_least([(flag, other) for other in others])
                family = [other for other in families.get(flag, []) if other != flag]
                more += self._hide_least([(other, cell) for other in family])
            wider = {(flag, whole) for flag, cell in edge for whole in self.wider.get(cell, [])}
            edge = wider - reached
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
