"""Move one quantity of a part after the other: how far it goes, and what table shows it."""

import numpy as np
from scipy.sparse import csr_matrix, hstack

from measures.attack.solver import Solver
from measures.attack.sums import Floats

Sides = tuple[Floats, Floats]
"""What the sums of a part come to at least and at most."""


class FromLast:
    """Begins every question at the answer to the last: the better where no table is given."""

    def __init__(self, matrix: csr_matrix, sides: Sides, low: Floats, high: Floats) -> None:
        """Set it up; quantities lie from `low` to `high`."""
        least, most = (side - matrix @ low for side in sides)
        self.low, self.solver = low, Solver(matrix, least, most, high - low)

    def moved(self, column: int, sign: int, *, whole: bool) -> Floats:
        """Return a table with the least (-1) or greatest (1) of a quantity; raises `Unsolved`."""
        self.solver.cost(np.array([column]), np.array([-float(sign)]))
        found = self.solver.next(whole=whole)
        self.solver.cost(np.array([column]), np.zeros(1))
        return self.low + found


class FromTable:
    """Begins every question at a table that fits, and goes no further than it has to.

    Every quantity is two columns, how far it is above the table and how far below: with all at
    nought everything fits.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - a programme, and where it begins
        self,
        matrix: csr_matrix,
        sides: Sides,
        low: Floats,
        high: Floats,
        table: Floats,
        gap: float,
    ) -> None:
        """Set it up; a quantity goes up to one more than the `gap`."""
        least, most = (side - matrix @ table for side in sides)
        self.table, self.gap = table, gap
        self.room = np.maximum(np.concatenate([high - table, table - low]), 0)
        both = hstack([matrix, -matrix], format="csr")
        self.solver = Solver(both, np.minimum(least, 0), np.maximum(most, 0), self.room)
        self.solver.set(presolve="off")  # which would begin elsewhere

    def moved(self, column: int, sign: int, *, whole: bool) -> Floats:
        """Return a table with a quantity moved down (-1) or up (1); raises `Unsolved`."""
        size = len(self.table)
        ways = np.array([column, column + size])
        there = ways[0 if sign > 0 else 1]
        self.solver.limit(there, min(self.room[there], self.gap + 1.0))
        self.solver.cost(ways, np.array([-sign, sign], float))
        found = self.solver.best(whole=whole)
        self.solver.limit(there, self.room[there])
        self.solver.cost(ways, np.zeros(2))
        moved: Floats = self.table + found[:size] - found[size:]
        return moved
