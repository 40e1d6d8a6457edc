"""Every figure of a round, exact: one row a figure, before disclosure control has seen it.

A row knows the counts that it rests on (`flag`, `base_flag`, and how many: `n`, `base`), so that
`disclosure` can judge it without asking how it was made.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from measures.catalogue import BASES, MEASURES
from measures.compute import Computed
from measures.figures.counts import agreements
from measures.figures.days import durations, waits
from measures.figures.rows import counted
from measures.figures.shares import percents, standardised
from measures.measure import Agreements, Count, Duration, Measure, Rate

COUNTED = ("count", "numerator", "denominator", "n", "band", "waiting_at_end")
FIGURE = ["measure", "basis", "statistic", "band"]
"""The columns that say which figure of a cell it is."""


def exact(computed: Computed) -> pd.DataFrame:
    """Return every figure of a round, exact.

    Columns: `cell` (its number in the grid), `measure`, `basis`, `statistic`, `band`, `value`
    (NaN where it cannot be computed), `lower`, `upper`, `status` (`ok`; `x` where no agency's
    return covers it; `z` where nothing was counted that it could be made of), `flag` and
    `base_flag` (the counts it rests on), `n` and `base` (their sizes). Shares are in percent.
    """
    parts = [part for measure in MEASURES for part in _parts(computed, measure)]
    figures = pd.concat(parts, ignore_index=True)
    missing = _missing(computed)
    pre_order = figures["measure"].isin([m.id for m in MEASURES if m.pre_order])
    gone = np.where(pre_order, missing[True][figures["cell"]], missing[False][figures["cell"]])
    figures["status"] = np.select([gone, figures["value"].isna()], ["x", "z"], "ok")
    return figures


def _missing(computed: Computed) -> dict[bool, npt.NDArray[np.bool_]]:
    """Return, for measures of all children and of those before the order, cells without returns."""
    cells = computed.grid.cells
    places = list(zip(cells["geographic_level"], cells["geography"], strict=True))
    resting = {
        pre: {place: computed.coverage.resting_on(*place, pre_order=pre) for place in set(places)}
        for pre in (False, True)
    }
    found = {pre: np.array([resting[pre][place] == 0 for place in places]) for pre in (False, True)}
    found[False] |= found[True] & (cells["stage"] == "Pre-order").to_numpy()
    return found


def _parts(computed: Computed, measure: Measure) -> Iterator[pd.DataFrame]:
    cells = np.flatnonzero(~computed.grid.is_staged)
    match measure:
        case Count():
            cells = np.arange(len(computed.grid.cells)) if measure.staged else cells
            yield counted(computed, measure, "count", measure.of, cells)
        case Agreements():
            yield from agreements(computed, measure)
        case Rate():
            yield counted(computed, measure, "numerator", measure.of, cells)
            yield counted(computed, measure, "denominator", measure.among, cells)
            yield percents(computed, measure, cells)
            if measure.standardised:
                yield standardised(computed, measure)
        case Duration():
            for basis in BASES:
                yield from durations(computed, measure, basis, cells)
                if measure.waiting:
                    yield from waits(computed, measure, basis, cells)
