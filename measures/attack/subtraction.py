"""What plain subtraction finds: limits passed along every sum until they settle."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from measures.attack.knowledge import Knowledge
from measures.attack.sums import Floats

NEAR = 1e-6
ROUNDS = 60  # limits that still move by then are true all the same


class Infeasible(Exception):
    """No whole numbers fit all that is shown; `at` is a quantity that has no place."""

    def __init__(self, at: int) -> None:
        """Remember the quantity."""
        super().__init__(f"quantity {at} has no value")
        self.at = at


@dataclass(frozen=True)
class Reasons:
    """By quantity the sum that moved its lower limit last, and its upper one; -1 where none did."""

    least: npt.NDArray[np.int64]
    most: npt.NDArray[np.int64]

    @classmethod
    def none(cls, known: Knowledge) -> Self:
        """Return those of limits that have not moved."""
        return cls(*np.full((2, len(known.least)), -1))


def propagated(known: Knowledge, reasons: Reasons | None = None) -> tuple[Floats, Floats]:
    """Return the limits of all quantities after passing them along every sum until they settle.

    Why they are so is noted in `reasons`, if that is asked for.
    """
    least, most = known.least, known.most
    _consistent(known)
    used = abs(known.matrix) @ (most > least).astype(float) > 0
    coo = known.matrix[used].tocoo()
    low, high = known.low[used], known.high[used]
    up, down = np.maximum(coo.data, 0), np.minimum(coo.data, 0)
    for _ in range(ROUNDS):
        at_least = up * least[coo.col] + down * most[coo.col]
        at_most = up * most[coo.col] + down * least[coo.col]
        sum_least = np.bincount(coo.row, at_least, len(low))
        sum_most = np.bincount(coo.row, at_most, len(low))
        # What the others leave for this one.
        rest_high = high[coo.row] - (sum_least[coo.row] - at_least)
        rest_low = low[coo.row] - (sum_most[coo.row] - at_most)
        with np.errstate(invalid="ignore"):
            ends = np.stack([rest_low / coo.data, rest_high / coo.data])
        new_least, new_most = least.copy(), most.copy()
        low_ends, high_ends = np.ceil(np.fmin(*ends) - NEAR), np.floor(np.fmax(*ends) + NEAR)
        np.fmax.at(new_least, coo.col, low_ends)
        np.fmin.at(new_most, coo.col, high_ends)
        if reasons:
            by = (low_ends == new_least[coo.col]) & (new_least > least)[coo.col]
            reasons.least[coo.col[by]] = np.flatnonzero(used)[coo.row[by]]
            by = (high_ends == new_most[coo.col]) & (new_most < most)[coo.col]
            reasons.most[coo.col[by]] = np.flatnonzero(used)[coo.row[by]]
        if (crossed := new_least > new_most + NEAR).any():
            raise Infeasible(int(np.flatnonzero(crossed)[0]))
        settled = np.array_equal(new_least, least) and np.array_equal(new_most, most)
        least, most = new_least, new_most
        if settled:
            break
    return least, most


def _consistent(known: Knowledge) -> None:
    """Raise `Infeasible` where a sum, or a quantity, cannot be what it is said to be."""
    if (crossed := known.least > known.most + NEAR).any():
        raise Infeasible(int(np.flatnonzero(crossed)[0]))
    up, down = known.matrix.maximum(0), known.matrix.minimum(0)
    over = up @ known.least + down @ known.most > known.high + NEAR
    under = up @ known.most + down @ known.least < known.low - NEAR
    if (wrong := np.flatnonzero(over | under)).size:
        raise Infeasible(int(known.matrix.indices[known.matrix.indptr[wrong[0]]]))
