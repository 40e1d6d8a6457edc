"""Quantiles and bands of durations, exact, from their day histograms.

Quantiles are type 7 of Hyndman & Fan, "Sample quantiles in statistical packages", The American
Statistician 50 (1996) 361-365: linear between the order statistics around 1 + (n - 1) p, as
numpy's default and DuckDB's `quantile_cont` compute them.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from measures.statistics.histograms import DayHistograms, Rest
from measures.statistics.interval import Floats, Ints


def quantiles(histograms: DayHistograms | Rest, p: float) -> Floats:
    """Return the p-quantile of every cell, in days; NaN for an empty cell.

    Raises:
        ValueError: p is not between 0 and 1.

    """
    if not 0 <= p <= 1:
        raise ValueError(f"quantile: got p = {p}, allowed is 0 to 1")
    position = (histograms.n - 1) * p
    below = np.floor(position).astype(np.int64)
    lower = histograms.order_statistic(below + 1)
    upper = histograms.order_statistic(np.minimum(below + 2, histograms.n))
    found: Floats = lower + (upper - lower) * (position - below)
    return found


def quantile(days: ArrayLike, counts: ArrayLike, p: float) -> float | None:
    """Return the p-quantile of one histogram (ascending days, their counts), in days.

    None where nothing was counted.

    Raises:
        ValueError: p is not between 0 and 1, or the histogram is not one.

    """
    histogram = DayHistograms.of_one(days, counts)
    return float(quantiles(histogram, p)[0]) if histogram.n[0] else None


def band_counts_by_cell(histograms: DayHistograms, edges: Sequence[int]) -> Ints:
    """Count durations per cell and band, int64[cells, bands].

    `edges` are the last day of each band but the last, which is open: 5, 10 means up to 5, 6 to
    10, 11 and over.

    Raises:
        ValueError: the edges do not ascend.

    """
    last = np.asarray(edges, dtype=np.int64)
    if (np.diff(last) <= 0).any():
        raise ValueError(f"bands: edges must ascend, got {list(edges)}")
    width = last.size + 1
    cell = np.repeat(np.arange(histograms.n.size), np.diff(histograms.start))
    box = cell * width + np.searchsorted(last, histograms.day, side="left")
    size = histograms.n.size * width
    # bincount weighs in doubles: exact up to 2 ** 53 durations.
    counted = np.bincount(box, weights=histograms.count, minlength=size)
    return counted.astype(np.int64).reshape(-1, width)


def band_counts(days: ArrayLike, counts: ArrayLike, edges: Sequence[int]) -> Ints:
    """Count one histogram's durations per band, int64[bands]; edges as `band_counts_by_cell`."""
    counted: Ints = band_counts_by_cell(DayHistograms.of_one(days, counts), edges)[0]
    return counted


def bands(days: ArrayLike, counts: ArrayLike, edges: Sequence[int]) -> Floats | None:
    """Return the share of one histogram in each band, float64[bands], adding up to 1.

    None where nothing was counted. Edges as `band_counts_by_cell`.
    """
    counted = band_counts(days, counts, edges)
    total = counted.sum()
    return counted / total if total else None
