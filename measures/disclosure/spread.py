"""Move many quantities of a part at once, each just as far as it has to go.

A quantity that is rewarded for as far as it can go takes all the room that many share. So each that
is asked for is two columns, up to its goal and beyond it, and only the first is rewarded.
"""

import numpy as np
from scipy.sparse import hstack

from measures.disclosure.linked import Floats, Ints
from measures.disclosure.moved import Moved
from measures.disclosure.passing import Rows
from measures.disclosure.programme import Part, Programme, fits, is_best

LARGE = 6_000
HAIR = 0.01  # by which an interior point may stop short of its goal


class Spread:
    """The programme of a part in which many quantities are moved at once."""

    def __init__(self, rows: Rows, part: Part, asked: Ints, moved: Moved) -> None:
        """Set it up for the quantities `asked`, by place; `moved` says how far they were seen."""
        self.programme, self.asked = Programme(rows, part), asked
        own, at = self.programme, part.quantities[asked]
        columns = hstack([own.matrix, own.matrix[:, asked]], format="csr")
        none = np.zeros(len(asked))
        self.low = np.concatenate([own.down, none])
        self.high = np.concatenate([own.up, none])
        self.highs = own.highs(columns, self.low, self.high)
        self.inside = len(part.quantities) > LARGE
        far = moved.gap + HAIR
        self.above = moved.low[at] + far - own.truth[asked]
        self.below = moved.high[at] - far - own.truth[asked]

    def solved(self, prefer_up: Floats, weight: Floats) -> Floats:
        """Return a table in which the quantities asked for are moved: a value each of the part.

        Each goes where there is room, up or down as preferred where there is both ways; where two
        are in each other's way, the one of more weight goes. Raises `Refused` where nothing fits.
        """
        low, high = self.low[self.asked], self.high[self.asked]
        up = (self.below < low) | (~(self.above > high) & (prefer_up > 0))
        goal = np.where(up, np.minimum(self.above, high), np.maximum(self.below, low))
        upper, costs = self.high.copy(), np.zeros(len(self.high))
        upper[self.asked], upper[-len(self.asked) :] = goal, high - goal
        costs[self.asked] = np.where(up, -weight, 0)
        costs[-len(self.asked) :] = np.where(up, 0, weight)
        every = np.arange(len(costs), dtype=np.int32)
        self.highs.changeColsBounds(len(every), every, self.low, upper)
        self.highs.changeColsCost(len(every), every, costs)
        self._run()
        solution = np.array(self.highs.getSolution().col_value)
        found: Floats = self.programme.truth + solution[: -len(self.asked)]
        found[self.asked] += solution[-len(self.asked) :]
        return found

    def _run(self) -> None:
        """Solve it; any solution that fits shows something, also one that might not be the best."""
        for solver in ("ipm", "simplex") if self.inside else ("simplex",):
            self.highs.setOptionValue("solver", solver)
            self.highs.clearSolver()
            self.highs.run()
            if is_best(self.highs) or fits(self.highs):
                return
        raise self.programme.failed(self.highs)
