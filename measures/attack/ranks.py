"""How many of n waits lie on either side of a quartile, or of an end of a median's interval."""

from functools import cache

from scipy.special import bdtr

QUARTILES = {"lower_quartile": 1, "median": 2, "upper_quartile": 3}
FIRST, LAST = 0, 4  # ends of a median's interval
Ranks = tuple[int, ...]
"""By what n may be, how many of the waits."""


@cache
def ranks(which: int, few: int, many: int) -> tuple[Ranks, Ranks]:
    """Return how many waits a day has up to it, and, less than nought, how many shorter ones.

    The one at least, the other at most, for every n from `few` to `many`. The value at rank
    1 + (n - 1) q / 4 lies between two waits and is rounded: those up to the lower one took so many
    days at most, the others as many at least. A median's interval is from the r-th smallest to the
    r-th largest wait.
    """
    counts = range(few, many + 1)
    if which in QUARTILES.values():
        quarters = [(n - 1) * which for n in counts]
        return tuple(q // 4 + 1 for q in quarters), tuple(-q // 4 for q in quarters)
    at = [rank_of(n) if which == FIRST else n + 1 - rank_of(n) for n in counts]
    return tuple(at), tuple(1 - rank for rank in at)


@cache
def rank_of(n: int) -> int:
    """Return the largest rank that, of n tosses, fewer heads come up with at most 2.5%."""
    rank = max(0, int(n / 2 - 1.2 * n**0.5))  # surely below: 2.4 standard deviations
    while rank < n and bdtr(rank, n, 0.5) <= 0.025:
        rank += 1
    return rank
