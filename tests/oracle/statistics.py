"""Quantiles and intervals by their textbook formulas, on plain lists."""

import math
from fractions import Fraction
from functools import cache

Z = 1.959963984540054
Ends = tuple[float, float] | None


def quantile(ordered: list[int], p: Fraction) -> float | None:
    """Type 7: linear between the order statistics around (n - 1) p."""
    if not ordered:
        return None
    place = (len(ordered) - 1) * p
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return float(ordered[below] + (place - below) * (ordered[above] - ordered[below]))


@cache
def median_rank(n: int) -> int:
    """The largest l with P(Binomial(n, 1/2) < l) at most 2.5%, in whole numbers; 0 if none."""
    rank, below = 0, 0
    while rank < n and 40 * (below + math.comb(n, rank)) <= 2**n:
        below += math.comb(n, rank)
        rank += 1
    return rank


def median_interval(ordered: list[int]) -> Ends:
    rank = median_rank(len(ordered))
    return (float(ordered[rank - 1]), float(ordered[-rank])) if rank else None


def wilson(numerator: int, denominator: int) -> Ends:
    """Wilson's 95% interval, as shares."""
    if not denominator:
        return None
    n, share = denominator, numerator / denominator
    middle = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    reach = Z / (1 + Z**2 / n) * math.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    return middle - reach, middle + reach


def _poisson_at_most(events: int, mean: float) -> float:
    return math.fsum(
        math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(events + 1)
    )


def _mean_where(events: int, probability: float) -> float:
    """The mean for which at most so many events have that probability: by halving."""
    low, high = 1e-9, 10.0 * events + 100
    for _ in range(200):
        middle = (low + high) / 2
        if _poisson_at_most(events, middle) > probability:
            low = middle
        else:
            high = middle
    return low


@cache
def poisson_limits(events: int) -> tuple[float, float]:
    """The exact 95% limits of a count of at least 1."""
    return _mean_where(events - 1, 0.975), _mean_where(events, 0.025)


def standardised(
    events: list[int], people: list[int], standard: list[int]
) -> tuple[float, float, float] | None:
    """The directly standardised share with Dobson's interval; None where it is not published."""
    weighed = [(x, n, w) for x, n, w in zip(events, people, standard, strict=True) if w]
    total = sum(x for x, _, _ in weighed)
    if total < 10 or any(n == 0 for _, n, _ in weighed):
        return None
    everybody = sum(w for _, _, w in weighed)
    share = math.fsum(w / everybody * x / n for x, n, w in weighed)
    variance = math.fsum((w / everybody) ** 2 * x / n**2 for x, n, w in weighed)
    scale = math.sqrt(variance / total)
    low, high = poisson_limits(total)
    return share, max(0.0, share + scale * (low - total)), min(1.0, share + scale * (high - total))
