"""Move many quantities of a part at once, each just as far as it has to go.

A quantity that is rewarded for as far as it can go takes all the room that many share. So each that
is asked for is two columns, up to its goal and beyond it, and only the first is rewarded.
"""

import highspy
import numpy as np
from scipy.sparse import hstack

from measures.disclosure.linked import Floats, Ints
from measures.disclosure.moved import Moved
from measures.disclosure.programme import Programme, fits, is_best

LARGE = 6_000
HAIR = 0.01  # by which an interior point may stop short of its goal


class Spread:
    """The programme of a part in which many quantities are moved at once."""

    def __init__(self, programme: Programme, asked: Ints, moved: Moved) -> None:
        """Say how far those `asked`, by place, have to go; `moved` says how far they were seen."""
        self.programme, self.asked = programme, asked
        at, far = programme.part.quantities[asked], moved.gap + HAIR
        self.above = moved.low[at] + far - programme.truth[asked]
        self.below = moved.high[at] - far - programme.truth[asked]

    def solved(self, prefer_up: Floats, weight: Floats) -> Floats:
        """Return a table in which the quantities asked for are moved: a value each of the part.

        Each goes where there is room, up or down as preferred where there is both ways; where two
        are in each other's way, the one of more weight goes. Raises `Refused` where nothing fits.
        """
        own, asked = self.programme, self.asked
        low, high = own.down[asked], own.up[asked]
        up = (self.below < low) | (~(self.above > high) & (prefer_up > 0))
        goal = np.where(up, np.minimum(self.above, high), np.maximum(self.below, low))
        lower = np.concatenate([own.down, np.zeros(len(asked))])
        upper, costs = np.concatenate([own.up, high - goal]), np.zeros(len(lower))
        upper[asked] = goal
        costs[asked], costs[-len(asked) :] = np.where(up, -weight, 0), np.where(up, 0, weight)
        highs = own.highs(hstack([own.matrix, own.matrix[:, asked]], format="csr"), lower, upper)
        highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
        self._run(highs)
        solution = np.array(highs.getSolution().col_value)
        found: Floats = own.truth + solution[: -len(asked)]
        found[asked] += solution[-len(asked) :]
        return found

    def _run(self, highs: highspy.Highs) -> None:
        """Solve it; any solution that fits shows something, also one that might not be the best."""
        inside = len(self.programme.part.quantities) > LARGE
        for solver in ("ipm", "simplex") if inside else ("simplex",):
            highs.setOptionValue("solver", solver)
            highs.clearSolver()
            highs.run()
            if is_best(highs) or fits(highs):
                return
        raise self.programme.failed(highs)
