"""The truth as a table of a place: it shows what is open, so that less has to be searched for."""

from collections.abc import Mapping

import numpy as np

from measures.attack.place import Place
from measures.attack.sums import Floats
from measures.attack.waits import BASES, EDGES, Days, Waited, waited_until


def true_table(place: Place, waited: Waited) -> Floats:
    """Return the truth of a place's quantities as a single row; NaN of cells that it lacks."""
    table = np.full((len(place.cells), len(place.columns)), np.nan)
    for row, cell in zip(table, place.cells.tolist(), strict=True):
        if of := waited.get(place.unseen.names[cell]):
            row[:] = _columns(place, of)
    return table.reshape(1, -1)[:, place.quantities]


def _columns(place: Place, of: Mapping[str, tuple[Days, Days]]) -> Floats:
    """Return the truth of a cell, a value a column."""
    looked_at = place.unseen.daily.days
    upto, bands = list[Days](), list[Days]()
    for basis, days in zip(BASES, place.days, strict=True):
        n = np.array([max(of[basis][1], default=0)])
        upto.append(waited_until(looked_at[days], of[basis]))
        edges = waited_until(EDGES, of[basis])
        bands.append(np.diff(np.concatenate([[0], edges, n])))
    return np.concatenate([n, *upto, *bands]).astype(np.float64)
