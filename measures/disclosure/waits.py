"""A share still waiting is a count with a yes and a no (rule 7): where it would tell of a few.

Where few were done by that day, or few waited longer, the share is a small count's. Where bands are
hidden on both sides of the day, how many lie on either is not known, and the share would say it: so
would the shares of all groups together.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from measures.catalogue import BANDS, BY_ID, WAITING_DAYS, band_name
from measures.grid import Grid
from measures.measure import Duration

Mask = npt.NDArray[np.bool_]


def between_hidden_bands(figures: pd.DataFrame, hidden: Mapping[str, Mask], grid: Grid) -> Mask:
    """Return which shares still waiting stand between bands that are hidden in their cell.

    Of a group without bands: in the cell of everybody of its place.
    """
    beside = np.where(grid.is_banded, np.arange(len(grid.cells)), grid.wider["total"])
    found = np.zeros(len(figures), np.bool_)
    shares = figures[figures["statistic"] == "still_waiting"]
    for (measure, basis, name), rows in shares.groupby(["measure", "basis", "band"]):
        day = next(day for day in WAITING_DAYS if f"{day} days" == name)
        cells = beside[rows["cell"].to_numpy()]
        of = BY_ID[str(measure)]
        assert isinstance(of, Duration)  # noqa: S101 - only durations have a curve
        sides = [np.zeros(len(rows), np.bool_), np.zeros(len(rows), np.bool_)]
        for low, high in BANDS:
            mask = hidden.get(of.band_flag(str(basis), band_name(low, high)))
            if mask is not None:
                sides[low > day] |= mask[cells]
        found[figures.index.get_indexer(rows.index)] = sides[0] & sides[1]
    return found
