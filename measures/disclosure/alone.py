"""Move one quantity of a part as far as it has to go, to learn what holds it where it cannot.

Every quantity is two columns, how far it is above the truth and how far below. With all at nought
nothing is moved and everything fits: so the simplex method begins at the truth, and goes no further
from the quantity asked for than it has to.
"""

import numpy as np
from scipy.sparse import hstack

from measures.disclosure.linked import CRUMB, Floats
from measures.disclosure.passing import LEAST, MOST, End
from measures.disclosure.programme import Programme, is_best

Pins = tuple[list[End], list[int]]
"""Limits of quantities, and rows."""


class Alone:
    """The programme of a part in which one quantity after the other is moved."""

    def __init__(self, programme: Programme, gap: int) -> None:
        """Set it up; nothing has to go further than the `gap`."""
        self.programme, self.gap = programme, gap
        own, self.size, self.steps = programme, len(programme.truth), 0
        self.room = np.concatenate([own.up, -own.down])
        both = hstack([own.matrix, -own.matrix], format="csr")
        self.highs = own.highs(both, np.zeros(2 * self.size), self.room)
        self.highs.setOptionValue("solver", "simplex")
        self.highs.setOptionValue("presolve", "off")  # which would begin elsewhere

    def solved(self, place: int, sign: int) -> Floats:
        """Return a table in which the quantity at a place is moved up (1) or down (-1).

        A value for each quantity of the part. Raises `Refused` where nothing fits.
        """
        there, back = (place, place + self.size) if sign > 0 else (place + self.size, place)
        self.highs.changeColBounds(there, 0, min(self.room[there], self.gap))
        self.highs.changeColCost(there, -1)
        self.highs.changeColCost(back, 1)
        self.highs.clearSolver()
        self.highs.run()
        if not is_best(self.highs):
            raise self.programme.failed(self.highs)
        self.steps = self.highs.getInfo().simplex_iteration_count
        solution = self.highs.getSolution()
        self.row_pull = np.array(solution.row_dual)
        self.pull = -(self.programme.whole.T @ self.row_pull)
        self.pull[self.programme.part.quantities[place]] -= sign
        self.highs.changeColBounds(there, 0, self.room[there])
        self.highs.changeColCost(there, 0)
        self.highs.changeColCost(back, 0)
        above, below = np.split(np.array(solution.col_value), 2)
        found: Floats = self.programme.truth + above - below
        return found

    def pins(self) -> Pins:
        """Return the limits of quantities, and the rows, that hold the last answer where it is."""
        own = self.programme
        held = np.flatnonzero(np.abs(self.pull) > CRUMB)
        ends = [(at, LEAST if self.pull[at] > 0 else MOST) for at in held.tolist()]
        return ends, own.part.rows[np.abs(self.row_pull) > CRUMB].tolist()
