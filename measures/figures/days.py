"""Durations: quantiles with an interval, bands, and the waiting curve."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from measures.catalogue import BAND_NAMES, WAITING_DAYS
from measures.compute import Computed
from measures.figures.compared import compared
from measures.figures.rows import Cells, counted, rows
from measures.measure import Duration
from measures.statistics import (
    median_intervals,
    quantiles,
)

QUARTILES = {"median": 0.5, "lower_quartile": 0.25, "upper_quartile": 0.75}
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def _spread(values: Floats, at: Cells, cells: Cells, size: int) -> Floats:
    """Return values known for the cells `at` for all of `cells`, NaN for the others."""
    whole = np.full(size, np.nan)
    whole[at] = values
    return whole[cells]


def _fewest(done: Ints, longer: Ints) -> Floats:
    """Return the smaller of two counts that is not nought."""
    return np.where(done == 0, longer, np.where(longer == 0, done, np.minimum(done, longer))) * 1.0


def durations(
    computed: Computed, measure: Duration, basis: str, cells: Cells
) -> Iterator[pd.DataFrame]:
    """Yield n, the quartiles with the interval of the median, and the bands of a duration."""
    yield counted(computed, measure, "n", measure.id, cells, basis=basis)
    histograms, size = computed.histograms[measure.id, basis], len(computed.grid.cells)
    n = computed.counts[measure.id][cells]
    ends = median_intervals(histograms)
    for statistic, p in QUARTILES.items():
        value = _spread(quantiles(histograms, p), histograms.cell, cells, size)
        shares = {"value": value, "flag": measure.id, "n": n, "basis": basis}
        if statistic == "median":
            lower, upper = (_spread(end, histograms.cell, cells, size) for end in ends)
            shares |= {"lower": lower, "upper": upper}
            shares |= compared(computed, measure, basis, cells)
        yield rows(measure, statistic, cells, **shares)
    banded = np.flatnonzero(computed.grid.is_banded)
    for band in BAND_NAMES:
        flag = measure.band_flag(basis, band)
        yield counted(computed, measure, "band", flag, banded, basis=basis, band=band)


def waits(
    computed: Computed, measure: Duration, basis: str, cells: Cells
) -> Iterator[pd.DataFrame]:
    """Yield the share still waiting after some days, its median, and who waits at the end."""
    curves = computed.waits[measure.id, basis]
    flags = {
        "flag": measure.id,
        "base_flag": measure.waiting_flag,
        "basis": basis,
        "n": computed.counts[measure.id][cells],
        "base": computed.counts[measure.waiting_flag][cells],
    }
    size = len(computed.grid.cells)
    for day in WAITING_DAYS:
        low, high = curves.still_waiting_interval(day)
        shares = {"value": curves.still_waiting(day), "lower": low, "upper": high}
        percents = {
            name: _spread(100 * share, curves.cell, cells, size) for name, share in shares.items()
        }
        fewest = _spread(_fewest(*curves.sides(day)), curves.cell, cells, size)
        percents["fewest"] = np.nan_to_num(fewest).astype(np.int64)
        yield rows(measure, "still_waiting", cells, band=f"{day} days", **percents, **flags)
    value = _spread(curves.median(), curves.cell, cells, size)
    yield rows(measure, "waiting_median", cells, value=value, **flags)
    yield counted(computed, measure, "waiting_at_end", measure.waiting_flag, cells, basis=basis)
