"""Exact limits for a count, as if it were Poisson.

Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936) 437-442: the lower
limit is the mean under which as many events or more are seen with probability alpha / 2, the upper
the mean under which as many or fewer are. They are chi-square quantiles; bisection on the Poisson
tails finds them without a statistics library, at any count.
"""

import math
from collections.abc import Callable

from measures.statistics.interval import Interval, normal_quantile


def poisson_limits(events: int, confidence: float = 0.95) -> Interval:
    """Return the exact limits for the mean of a Poisson count, in events; the lower of 0 is 0.

    Raises:
        ValueError: events is negative, or the confidence is not strictly between 0 and 1.

    """
    if events < 0:
        raise ValueError(f"events: got {events}, allowed is 0 or more")
    missed = (1 - confidence) / 2
    # Both limits lie well inside this many standard errors and a constant for the small counts.
    reach = (normal_quantile(confidence) + 2) * (math.sqrt(events) + 2) + 10
    low = 0.0
    if events:
        low = _crossing(
            lambda mean: _or_more(events, mean) - missed, max(0.0, events - reach), events
        )
    high = _crossing(lambda mean: missed - _or_fewer(events, mean), events, events + reach)
    return Interval(low, high)


def _crossing(rising: Callable[[float], float], below: float, above: float) -> float:
    """Return where a rising function crosses 0 between two points, to the last bit."""
    while below < (middle := (below + above) / 2) < above:
        if rising(middle) < 0:
            below = middle
        else:
            above = middle
    return middle


def _mass(events: int, mean: float) -> float:
    """P(Poisson = events), for a mean over 0."""
    return math.exp(events * math.log(mean) - mean - math.lgamma(events + 1))


def _or_fewer(events: int, mean: float) -> float:
    """P(Poisson <= events), for a mean at or above: terms fall from events down."""
    if mean <= 0:
        return 1.0
    term = total = _mass(events, mean)
    for k in range(events, 0, -1):
        term *= k / mean
        total += term
        if term < total * 1e-17:
            break
    return total


def _or_more(events: int, mean: float) -> float:
    """P(Poisson >= events), for a mean at or below: terms fall from events up."""
    term = total = _mass(events, mean)
    k = events
    while term > total * 1e-17:
        k += 1
        term *= mean / k
        total += term
    return total
