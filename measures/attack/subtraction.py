"""What plain subtraction finds: limits passed along every sum until they settle."""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from measures.attack.model import Model

Floats = npt.NDArray[np.float64]
NEAR = 1e-6
FAR = 1e7  # no count of children is greater


class Infeasible(Exception):
    """No whole numbers fit all that is shown; `at` is a quantity that has no place."""

    def __init__(self, at: int) -> None:
        """Remember the quantity."""
        super().__init__(f"quantity {at} has no value")
        self.at = at


def matrix_of(model: Model) -> tuple[csr_matrix, Floats, Floats]:
    """Return a model's sums as rows of weights, and the least and greatest each comes to."""
    lengths = [len(indices) for indices, *_ in model.sums]
    indices = np.concatenate([indices for indices, *_ in model.sums] or [[]]).astype(np.int64)
    weights = np.concatenate([weights for _, weights, *_ in model.sums] or [[]])
    rows = np.repeat(np.arange(len(model.sums)), lengths)
    shape = (len(model.sums), len(model.names))
    low = np.array([sum_[2] for sum_ in model.sums], float)
    high = np.array([sum_[3] for sum_ in model.sums], float)
    return csr_matrix((weights, (rows, indices)), shape), low, high


def propagated(model: Model) -> tuple[Floats, Floats]:
    """Return the limits of all quantities after passing them along every sum until they settle."""
    least, most = np.array(model.least, float), np.minimum(np.array(model.most, float), FAR)
    matrix, low, high = matrix_of(model)
    coo = matrix.tocoo()
    up, down = np.maximum(coo.data, 0), np.minimum(coo.data, 0)
    for _ in range(60):
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
        np.fmax.at(new_least, coo.col, np.ceil(np.fmin(*ends) - NEAR))
        np.fmin.at(new_most, coo.col, np.floor(np.fmax(*ends) + NEAR))
        if (crossed := new_least > new_most + NEAR).any():
            raise Infeasible(int(np.flatnonzero(crossed)[0]))
        settled = np.array_equal(new_least, least) and np.array_equal(new_most, most)
        least, most = new_least, new_most
        if settled:
            break
    return least, most
