"""How a figure's row is laid out: the same columns for every statistic."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from measures.compute import Computed
from measures.measure import Measure

Cells = npt.NDArray[np.int64]
COMPARED = ("than_england", "than_region", "than_total")


def rows(measure: Measure, statistic: str, cells: Cells, **more: object) -> pd.DataFrame:
    """Return a row a cell; `more` gives the columns that differ from nothing.

    `base` is what n is a part of, and `fewest` the smallest number of children that a share tells
    of, without it n.
    """
    nothing: dict[str, object] = dict.fromkeys(("basis", "band", "base_flag", *COMPARED), "")
    nothing |= {"lower": np.nan, "upper": np.nan}
    row = {"cell": cells, "measure": measure.id, "statistic": statistic} | nothing | more
    row.setdefault("base", row.get("n"))
    row.setdefault("fewest", row.get("n"))
    return pd.DataFrame(row)


def counted(
    computed: Computed,
    measure: Measure,
    statistic: str,
    flag: str,
    cells: Cells,
    **more: str,
) -> pd.DataFrame:
    """Return the counts of a flag, a row a cell."""
    n = computed.counts[flag][cells]
    return rows(measure, statistic, cells, value=n.astype(float), flag=flag, n=n, **more)
