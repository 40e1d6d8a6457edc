"""How many are still waiting: Kaplan-Meier with delayed entry and censoring, from histograms.

Kaplan & Meier, JASA 53 (1958) 457-481; left truncation as Klein & Moeschberger, "Survival
Analysis" (2003) sections 4.2 and 4.6. Whole days need three conventions:

- `entry` is the first day of the wait on which finishing would have been seen. A wait that began
  in the period has entry 0 and can finish on day 0; one that began 30 days before the period has
  entry 30 and can finish on its day 30, the period's first. So at risk on day t means
  entry <= t <= exit (written entry < t elsewhere, with entry the last day that was not seen).
- On one day, finishing comes before censoring: who is censored on day t was at risk on it.
- A share is only given where it was seen: not past the last exit, nor past a day on which nobody
  was at risk or everybody at risk finished, while others who had waited longer came in later.
  There the plain product would go on, or stay at 0, for want of anybody watched.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from measures.statistics.interval import Z_95, Floats, Interval, Ints


@dataclass(frozen=True, slots=True)
class Curve:
    """Steps of the share still waiting, one per day on which somebody finished.

    `day`, `at_risk`, `finished` int64[steps]; `share` float64[steps], still waiting after that
    day; `greenwood` float64[steps], the sum of d / (n (n - d)) so far: the variance of the share
    is share ** 2 times it (infinite at share 0); `known_to`, the last day the curve can speak of,
    -1 if none.
    """

    day: Ints
    at_risk: Ints
    finished: Ints
    share: Floats
    greenwood: Floats
    known_to: int


def kaplan_meier(entry: ArrayLike, leave: ArrayLike, event: ArrayLike, count: ArrayLike) -> Curve:
    """Estimate from rows (entry day, exit day, 1 finished or 0 censored, how many), any order.

    Raises:
        ValueError: lengths differ, an entry is negative or after its exit, or a count is negative.

    """
    begin, end, done, many = (np.asarray(a, dtype=np.int64) for a in (entry, leave, event, count))
    if not begin.shape == end.shape == done.shape == many.shape or begin.ndim != 1:
        raise ValueError("waits: entry, exit, event and count must be flat and equally long")
    if ((begin < 0) | (begin > end) | (many < 0)).any():
        raise ValueError("waits: an entry must be from 0 to its exit, a count 0 or more")
    return kaplan_meier_of_margins((begin, many), (end, done, many))


def kaplan_meier_of_margins(
    entered: tuple[ArrayLike, ArrayLike], left: tuple[ArrayLike, ArrayLike, ArrayLike]
) -> Curve:
    """Estimate from (entry day, how many) and (exit day, 1 finished or 0 censored, how many).

    The two margins are all that the estimate needs, and far smaller than their crossing.

    Raises:
        ValueError: not as many left as entered.

    """
    begin, came = (np.asarray(a, dtype=np.int64) for a in entered)
    end, done, went = (np.asarray(a, dtype=np.int64) for a in left)
    if came.sum() != went.sum():
        raise ValueError("waits: as many must leave as enter")
    begin, came = begin[came > 0], came[came > 0]
    end, done, went = (a[went > 0] for a in (end, done, went))
    day, step = np.unique(end[done == 1], return_inverse=True)
    finished = np.bincount(step, weights=went[done == 1], minlength=day.size).astype(np.int64)
    at_risk = _upto(begin, came, day) - _upto(end, went, day - 1)
    with np.errstate(divide="ignore"):
        greenwood = np.cumsum(finished / (at_risk * (at_risk - finished)))
    share = np.cumprod(1 - finished / at_risk)
    known_to = _known_to((begin, came), (end, went), day[share == 0])
    return Curve(day, at_risk, finished, share, greenwood, known_to)


def still_waiting(curve: Curve, day: int) -> float | None:
    """Return the share whose wait is longer than `day` days; None where it was not seen."""
    step = _step(curve, day)
    if step is None:
        return None
    return float(curve.share[step]) if step >= 0 else 1.0


def still_waiting_interval(curve: Curve, day: int, z: float = Z_95) -> Interval | None:
    """Return the log-log interval of the share still waiting, from Greenwood's variance.

    Kalbfleisch & Prentice (1980). None where the share was not seen, and at 0 and 1, where the
    variance says nothing.
    """
    share, step = still_waiting(curve, day), _step(curve, day)
    if share is None or step is None or not 0 < share < 1:
        return None
    reach = z * math.sqrt(curve.greenwood[step]) / abs(math.log(share))
    return Interval(share ** math.exp(reach), share ** math.exp(-reach))


def median_wait(curve: Curve) -> int | None:
    """Return the first day after which at most half still wait; None where it was not reached."""
    # A product of fractions that is a half on paper may end a few bits above it.
    reached = curve.day[(curve.share <= 0.5 + 1e-12) & (curve.day <= curve.known_to)]
    return int(reached[0]) if reached.size else None


def _upto(days: Ints, many: Ints, limits: Ints) -> Ints:
    """Count those whose day is at most each limit."""
    order = np.argsort(days, kind="stable")
    running = np.concatenate([[0], np.cumsum(many[order])])
    counted: Ints = running[np.searchsorted(days[order], limits, side="right")]
    return counted


def _known_to(entered: tuple[Ints, Ints], left: tuple[Ints, Ints], emptied: Ints) -> int:
    (begin, came), (end, went) = entered, left
    if not begin.size or begin.min() > 0:
        return -1
    # Nobody is watched on the day after one by which all who had come had left, unless others
    # come on that very day.
    last = np.unique(end)
    left_by = _upto(end, went, last)
    gap = (_upto(begin, came, last) == left_by) & (_upto(begin, came, last + 1) == left_by)
    known = int(last[gap][0])
    if emptied.size and begin.max() > emptied[0]:
        known = min(known, int(emptied[0]) - 1)
    return known


def _step(curve: Curve, day: int) -> int | None:
    """Return the last step on or before a day, -1 before the first, None where not seen."""
    # When the last person watched has finished, and nobody came later, nobody waits ever after.
    over = curve.share.size and curve.share[-1] == 0 and curve.day[-1] == curve.known_to
    if day > curve.known_to and not over:
        return None
    return int(np.searchsorted(curve.day, day, side="right")) - 1
