"""A share still waiting is a count with a yes and a no (rule 7): where it would tell of a few.

Where few were done by that day, or few waited longer, the share is a small count's. Where bands are
hidden on both sides of the day, how many lie on either is not known, and the share would say it.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from measures.catalogue import BANDS, BY_ID, WAITING_DAYS, band_name
from measures.measure import Duration

Mask = npt.NDArray[np.bool_]


def between_hidden_bands(figures: pd.DataFrame, hidden: Mapping[str, Mask], banded: Mask) -> Mask:
    """Return which shares still waiting stand between bands that are hidden in their cell.

    `banded` are the cells that have bands.
    """
    found = np.zeros(len(figures), np.bool_)
    shares = figures[figures["statistic"] == "still_waiting"]
    for (measure, basis, name), rows in shares.groupby(["measure", "basis", "band"]):
        day = next(day for day in WAITING_DAYS if f"{day} days" == name)
        cells = rows["cell"].to_numpy()
        of = BY_ID[str(measure)]
        assert isinstance(of, Duration)  # noqa: S101 - only durations have a curve
        sides = [np.zeros(len(rows), np.bool_), np.zeros(len(rows), np.bool_)]
        for low, high in BANDS:
            mask = hidden.get(of.band_flag(str(basis), band_name(low, high)))
            if mask is not None:
                sides[low > day] |= mask[cells] & banded[cells]
        found[figures.index.get_indexer(rows.index)] = sides[0] & sides[1]
    return found
