"""How a rate or a median stands to a wider group's: similar, higher or lower, by its interval.

A part is compared with the rest of its whole. An agency shares with its comparator region only
those of its rows that lie in it, so these are what is taken out of the region.
"""

import numpy as np
import numpy.typing as npt

from measures.compute import Computed
from measures.measure import Duration, Rate
from measures.statistics import (
    difference_of_proportions,
    median_limits,
    square_and_add,
    verdicts,
)

Cells = npt.NDArray[np.int64]
Words = npt.NDArray[np.object_]


def compared(
    computed: Computed, measure: Rate | Duration, basis: str, cells: Cells
) -> dict[str, Words]:
    """Return `than_england`, `than_region`, `than_total` for the cells: "" if not compared."""
    found = {}
    for name, wider in computed.grid.wider.items():
        words = np.full(len(cells), "", np.object_)
        at = np.flatnonzero(wider[cells] >= 0)
        if isinstance(measure, Rate):
            low, high = _rates(computed, measure, cells[at], wider, name)
        else:
            low, high = _medians(computed, (measure.id, basis), cells[at], wider, name)
        words[at] = [verdict or "" for verdict in verdicts(low, high)]
        found[f"than_{name}"] = words
    return found


def _rates(
    computed: Computed, rate: Rate, cells: Cells, wider: Cells, name: str
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    common = computed.shared_counts if name == "region" else computed.counts
    n, base = computed.counts[rate.of], computed.counts[rate.among]
    rest = n[wider[cells]] - common[rate.of][cells]
    rest_base = base[wider[cells]] - common[rate.among][cells]
    return difference_of_proportions(n[cells], base[cells], rest, rest_base)


def _medians(
    computed: Computed, key: tuple[str, str], cells: Cells, wider: Cells, name: str
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the limits of the differences; NaN where either side has no duration."""
    whole = computed.histograms[key]
    common = computed.shared_histograms[key] if name == "region" else whole
    low, high = np.full(len(cells), np.nan), np.full(len(cells), np.nan)
    at = np.flatnonzero(np.isin(cells, whole.cell) & np.isin(wider[cells], whole.cell))
    mine, other = (np.searchsorted(whole.cell, these[at]) for these in (cells, wider[cells]))
    taken = np.searchsorted(common.cell, cells[at])
    taken[~np.isin(cells[at], common.cell)] = -1
    rest = median_limits(whole.without(other, common, taken))
    median, lower, upper = median_limits(whole)
    low[at], high[at] = square_and_add((median[mine], lower[mine], upper[mine]), rest)
    return low, high
