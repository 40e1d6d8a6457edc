"""A distribution-free interval for a median, from order statistics by the binomial.

The number of n observations under the true median is Binomial(n, 1/2), whatever the distribution.
With l the largest rank for which P(Bin < l) is at most half of what may be missed, the l-th
smallest and the l-th largest observation enclose the median with at least the confidence asked.
Equal tails: Conover, "Practical Nonparametric Statistics" (1999) section 3.2; Thompson, Annals of
Mathematical Statistics 7 (1936) 122-128. Ties, as whole days have, only raise the coverage.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from measures.statistics.histograms import DayHistograms
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
    missed = (1 - confidence) / 2
    # Start where the normal approximation is sure to be low enough (the binomial's tails are the
    # lighter), then walk up by exact masses.
    start = size / 2 - normal_quantile(confidence) * np.sqrt(size) / 2 - 2
    k = np.maximum(start, 0).astype(np.int64)
    mass = _mass(size, k)
    tail = _tail(size, k, mass)
    rank = np.where(tail <= missed, k + 1, 0)
    rising = rank > 0
    while rising.any():
        mass = mass * (size - k) / (k + 1)
        k, tail = k + 1, tail + mass
        rising &= (tail <= missed) & (k < size)
        rank[rising] += 1
    ranks: Ints = rank[size_of]
    return ranks


def median_rank(n: int, confidence: float = 0.95) -> int | None:
    """Return the l of one n, None where there is none (n < 6 at 95%); raises as `median_ranks`."""
    return int(median_ranks([n], confidence)[0]) or None


def median_intervals(histograms: DayHistograms, confidence: float = 0.95) -> tuple[Floats, Floats]:
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


def _mass(n: Ints, k: Ints) -> Floats:
    """P(Bin(n, 1/2) = k)."""
    log = [
        math.lgamma(a + 1) - math.lgamma(b + 1) - math.lgamma(a - b + 1) - a * math.log(2)
        for a, b in zip(n.tolist(), k.tolist(), strict=True)
    ]
    return np.exp(np.array(log, dtype=np.float64))


def _tail(n: Ints, k: Ints, mass: Floats) -> Floats:
    """P(Bin(n, 1/2) <= k): from k down, each term a falling share of the one before."""
    total, term, down = mass.copy(), mass, k
    while (term > total * 1e-17).any():
        term = term * down / (n - down + 1)
        total += term
        down = np.maximum(down - 1, 0)
    return total
