"""Whether an agency is similar to, higher or lower than a comparator it is part of.

A part is compared with the rest, the whole less the part: the two are then independent, and the
answer is that of part against whole, since part less whole is part less rest, scaled by the share
of the rest. The words follow from a 95% interval of the difference: higher or lower where it
leaves 0 out, similar where it does not, which is not proof of sameness.

Both intervals are made by squaring and adding how far each side's own limits lie from its figure:
method 10 of Newcombe, Statistics in Medicine 17 (1998) 873-890, for proportions with Wilson's
limits; the same for medians with their distribution-free limits (Zou & Donner, Statistics in
Medicine 27 (2008) 1693-1702). Where the rest is large this is "the agency's interval leaves out the
rest's figure"; where it is small, its own uncertainty counts, which that rule would forget. Whether
two intervals overlap is asked by nobody here: it finds a difference far too seldom.
"""

import math
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from measures.statistics.histograms import DayHistograms, Rest
from measures.statistics.interval import Z_95, Floats
from measures.statistics.median import median_intervals
from measures.statistics.proportions import wilson_limits
from measures.statistics.quantiles import quantiles

Histogram = tuple[ArrayLike, ArrayLike]
"""Ascending days, and their counts."""


class Verdict(StrEnum):
    """How a figure stands to its comparator; no judgement which is better."""

    SIMILAR = "similar"
    HIGHER = "higher"
    LOWER = "lower"


def square_and_add(
    figure: tuple[Floats, Floats, Floats], other: tuple[Floats, Floats, Floats]
) -> tuple[Floats, Floats]:
    """Return the limits of a difference of two (value, low, high); NaN where a side has none."""
    (a, a_low, a_high), (b, b_low, b_high) = figure, other
    low = a - b - np.hypot(a - a_low, b_high - b)
    high = a - b + np.hypot(a_high - a, b - b_low)
    return low, high


def difference_of_proportions(
    numerator: ArrayLike, denominator: ArrayLike, other: ArrayLike, of: ArrayLike, z: float = Z_95
) -> tuple[Floats, Floats]:
    """Return Newcombe's limits of numerator / denominator less other / of, as shares.

    NaN where a denominator is 0.

    Raises:
        ValueError: a numerator is negative or more than its denominator.

    """
    sides = []
    for top, bottom in ((numerator, denominator), (other, of)):
        n = np.asarray(bottom, dtype=np.float64)
        share = np.asarray(top, dtype=np.float64) / np.where(n > 0, n, np.nan)
        sides.append((share, *wilson_limits(top, bottom, z)))
    return square_and_add(*sides)


def difference_of_medians(
    one: DayHistograms | Rest, other: DayHistograms | Rest, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Return the limits, in days, of median less median, cell by cell; NaN where n < 6 (at 95%)."""
    return square_and_add(median_limits(one, confidence), median_limits(other, confidence))


def median_limits(
    histograms: DayHistograms | Rest, confidence: float = 0.95
) -> tuple[Floats, Floats, Floats]:
    """Return each cell's median and the ends of its interval, in days; NaN where it has none."""
    return quantiles(histograms, 0.5), *median_intervals(histograms, confidence)


def verdicts(low: Floats, high: Floats) -> list[Verdict | None]:
    """Put limits of differences into words, None where they are NaN."""
    return [
        None
        if math.isnan(a) or math.isnan(b)
        else Verdict.HIGHER
        if a > 0
        else Verdict.LOWER
        if b < 0
        else Verdict.SIMILAR
        for a, b in zip(np.atleast_1d(low).tolist(), np.atleast_1d(high).tolist(), strict=True)
    ]


def compare_proportions(
    num: int, den: int, whole_num: int, whole_den: int, *, part: bool = True
) -> Verdict | None:
    """Compare num / den with a whole it is part of, or (part=False) with others altogether.

    None where either side has nobody. Where only some of an agency lies in a region, take those
    out of the region first and pass part=False.

    Raises:
        ValueError: a numerator exceeds its denominator, or the part its whole.

    """
    if part:
        whole_num, whole_den = whole_num - num, whole_den - den
    return verdicts(*difference_of_proportions(num, den, whole_num, whole_den))[0]


def compare_medians(one: Histogram, whole: Histogram, *, part: bool = True) -> Verdict | None:
    """Compare the median of a histogram with that of a whole it is part of, or of others.

    None where either side has fewer than 6 durations. `part` as in `compare_proportions`.

    Raises:
        ValueError: the part has more durations than the whole.

    """
    mine, other = DayHistograms.of_one(*one), DayHistograms.of_one(*whole)
    first = np.zeros(1, dtype=np.int64)
    rest = other.without(first, mine, first) if part else other
    return verdicts(*difference_of_medians(mine, rest))[0]
