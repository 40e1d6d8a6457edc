"""How many of n waits lie on either side of a quartile, or of an end of a median's interval."""

from functools import cache

import numpy as np
import numpy.typing as npt
from scipy.special import bdtr

QUARTILES = {"lower_quartile": 1, "median": 2, "upper_quartile": 3}
FIRST, LAST = 0, 4  # ends of a median's interval
Ints = npt.NDArray[np.int64]
Ranks = tuple[int, ...]
"""By what n may be, how many of the waits."""


@cache
def ranks(which: int, few: int, many: int) -> tuple[Ranks, Ranks]:
    """Return how many waits a day has up to it, and, less than nought, how many shorter ones.

    The one at least, the other at most, for every n from `few` to `many`.
    """
    upto, shorter = ranked(which, np.arange(few, many + 1))
    return tuple(upto.tolist()), tuple((-shorter).tolist())


def ranked(which: int, n: Ints) -> tuple[Ints, Ints]:
    """Return of each n how many waits are up to a day at least, and how many are shorter at most.

    The value at rank 1 + (n - 1) q / 4 lies between two waits and is rounded: those up to the lower
    one took so many days at most, the others as many at least. A median's interval is from the r-th
    smallest to the r-th largest wait. Neither falls as n grows, nor does what they leave of n.
    """
    if which in QUARTILES.values():
        quarters = (n - 1) * which
        return quarters // 4 + 1, -(-quarters // 4)
    at = rank_of(n) if which == FIRST else n + 1 - rank_of(n)
    return at, at - 1


def rank_of(n: Ints) -> Ints:
    """Return the largest rank that, of n tosses, fewer heads come up with at most 2.5%."""
    each, at = np.unique(n, return_inverse=True)
    # Surely below: 2.4 standard deviations.
    rank: Ints = np.maximum((each / 2 - 1.2 * each**0.5).astype(np.int64), 0)
    while (more := (rank < each) & (bdtr(rank, each, 0.5) <= 0.025)).any():
        rank = rank + more
    return rank[at].reshape(n.shape)
