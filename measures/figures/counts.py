"""Counts that are more than one flag: supported contact agreements by type."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from measures.breakdowns import NAMES, TOTAL
from measures.compute import Computed
from measures.figures.rows import rows
from measures.measure import Agreements


def agreements(computed: Computed, measure: Agreements) -> Iterator[pd.DataFrame]:
    """Yield C0 by type, for England and the agencies."""
    cells = computed.grid.cells
    whole = (cells[list(NAMES)] == TOTAL).all(axis=1) & (cells["geographic_level"] != "Region")
    for kind in measure.types:
        numbers = np.flatnonzero(whole)
        given = computed.agreements[kind][numbers]
        n = np.nan_to_num(given).astype(np.int64)
        yield rows(measure, "count", numbers, value=given, flag=kind, n=n, band=kind)
