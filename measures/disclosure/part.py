"""A part of a table that can move: its programme is as small as what is uncertain.

Most cells are shown exactly, so most groups cannot move, and neither can the cells over them. One
agency's part alone gives the best witnesses: they leave every other agency's children as they are,
which is also what rule 11 asks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from measures.disclosure.programme import Programme

if TYPE_CHECKING:
    import numpy.typing as npt
    from scipy import sparse

    Bools = npt.NDArray[np.bool_]
    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]


class Part:
    """The programme over the groups `inside` of a table, and over the cells that they are in."""

    def __init__(self, rows: sparse.csr_array, groups: Ints, inside: Bools) -> None:
        self.inside = np.flatnonzero(inside)
        some = rows[:, self.inside].tocsr()
        self.cells = np.flatnonzero(np.diff(some.indptr))
        self.place = {cell: k for k, cell in enumerate(self.cells.tolist())}
        self.all_groups, self.all_cells = rows.shape[1], rows.shape[0]
        self.programme = Programme(some[self.cells], groups[self.inside])

    def bound(self, low: Floats, high: Floats) -> None:
        """Say how far every cell of the table may move."""
        self.low, self.high = low[self.cells], high[self.cells]
        self.programme.bound(self.low, self.high)

    def hold(self, groups: Bools) -> None:
        """Hold some groups of the table at the truth."""
        self.programme.hold(groups[self.inside])

    def furthest(self, weights: Floats) -> Ints | None:
        """Return the change of the table's groups that moves the weighted cells up the most."""
        weights = weights[self.cells]
        return self._everywhere(self.programme.furthest(weights)) if weights.any() else None

    def limit(self, weights: Floats) -> float:
        """Return how far the weighted cells move at most if children could be divided."""
        return self.programme.limit(weights[self.cells])

    def cheapest(
        self, cell: int, step: int, prices: Floats, down: Floats, up: Floats
    ) -> tuple[Bools, Ints | None] | None:
        """Return which cells the cheapest change that moves a cell by a step carries out of bounds.

        With the change; None where there is none.
        """
        if (at := self.place.get(cell)) is None:
            return None
        low, high = self.low[at], self.high[at]
        if step > 0:
            self.programme.bound_one(at, step, max(high, step))
        else:
            self.programme.bound_one(at, min(low, step), step)
        beyond, change = self.programme.cheapest(
            prices[self.cells], down[self.cells], up[self.cells]
        )
        self.programme.bound_one(at, low, high)
        if np.isnan(beyond).any():
            return None
        opened = np.zeros(self.all_cells, bool)
        opened[self.cells] = beyond > 1e-6
        return opened, self._everywhere(change)

    def _everywhere(self, change: Ints | None) -> Ints | None:
        if change is None:
            return None
        every = np.zeros(self.all_groups, np.int64)
        every[self.inside] = change
        return every
