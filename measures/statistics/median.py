"""A distribution-free interval for a median, from order statistics by the binomial.

The number of n observations under the true median is Binomial(n, 1/2), whatever the distribution.
With l the largest rank for which P(Bin < l) is at most half of what may be missed, the l-th
smallest and the l-th largest observation enclose the median with at least the confidence asked.
Equal tails: Conover, "Practical Nonparametric Statistics" (1999) section 3.2; Thompson, Annals of
Mathematical Statistics 7 (1936) 122-128. Ties, as whole days have, only raise the coverage.
"""

import math
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from measures.statistics.histograms import DayHistograms, Rest
from measures.statistics.interval import Floats, Interval, Ints, normal_quantile


def median_ranks(n: ArrayLike, confidence: float = 0.95) -> Ints:
    """Return for every number of observations the rank l, or 0 where no rank will do.

    At 95% that is n < 6, where even the smallest and the largest miss the median too often.

    Raises:
        ValueError: an n is negative, or the confidence is not strictly between 0 and 1.

    """
    size, size_of = np.unique(np.asarray(n, dtype=np.int64), return_inverse=True)
    if size.size and size[0] < 0:
        raise ValueError(f"number of observations: got {size[0]}, allowed is 0 or more")
    reach = normal_quantile(confidence)
    ranks: Ints = np.array([_rank(one, confidence, reach) for one in size.tolist()], np.int64)
    return ranks[size_of]


@cache
def median_rank(n: int, confidence: float = 0.95) -> int | None:
    """Return the l of one n, None where there is none (n < 6 at 95%); raises as `median_ranks`."""
    return int(median_ranks([n], confidence)[0]) or None


def median_intervals(
    histograms: DayHistograms | Rest, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Return the lower and upper end of every cell's interval, in days; NaN where it has none."""
    rank = median_ranks(histograms.n, confidence)
    # Rank 0 asks for nothing at either end: 0 from below, n + 1 from above.
    return (
        histograms.order_statistic(rank),
        histograms.order_statistic(histograms.n + 1 - rank),
    )


def median_interval(
    days: ArrayLike, counts: ArrayLike, confidence: float = 0.95
) -> Interval | None:
    """Return the interval for the median of one histogram, in days; None when n < 6 (at 95%)."""
    low, high = median_intervals(DayHistograms.of_one(days, counts), confidence)
    return None if np.isnan(low[0]) else Interval(float(low[0]), float(high[0]))


@cache
def _rank(n: int, confidence: float, z: float) -> int:
    """Return the largest l for which P(Bin(n, 1/2) < l) is at most half of what may be missed."""
    # From ten standard deviations below the middle, under which there is no mass to speak of, to
    # just above z of them, since the binomial's tails are a little lighter than the normal's.
    first = max(0, int(n / 2 - 5 * math.sqrt(n)))
    k = np.arange(first, min(n, int(n / 2 - z * math.sqrt(n) / 2) + 3) + 1)
    log_mass = (
        math.lgamma(n + 1)
        - math.lgamma(first + 1)
        - math.lgamma(n - first + 1)
        - n * math.log(2)
        + np.concatenate([[0.0], np.cumsum(np.log((n - k[:-1]) / (k[:-1] + 1)))])
    )
    tail = np.cumsum(np.exp(log_mass))
    return first + int(np.searchsorted(tail, (1 - confidence) / 2, side="right"))
