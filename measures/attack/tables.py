"""Tables that somebody else says are behind the figures: believed as far as they fit."""

import numpy as np

from measures.attack.knowledge import Knowledge, Mask
from measures.attack.subtraction import NEAR
from measures.attack.sums import Floats


def fitting(known: Knowledge, tables: Floats) -> Floats:
    """Return those of some tables, a row each, that fit all that is known, with what follows.

    A table may leave out what nobody prints (NaN). Where what is left out does not follow from the
    rest, or a sum or a limit is not kept to, the table shows nothing and is not returned. What is
    `known` best has settled limits, so that more follows.
    """
    only = np.where(known.least == known.most, known.least, np.nan)
    filled = _filled(known, np.where(np.isnan(tables), only, tables))
    comes_to = np.nan_to_num(filled) @ known.matrix.T
    fits = ~np.isnan(filled).any(axis=1)
    fits &= ((filled >= known.least - NEAR) & (filled <= known.most + NEAR)).all(axis=1)
    fits &= ((comes_to >= known.low - NEAR) & (comes_to <= known.high + NEAR)).all(axis=1)
    return filled[fits]


def _filled(known: Knowledge, tables: Floats) -> Floats:
    """Return tables with what follows where it is the only one of a sum that is left out."""
    filled = tables.copy()
    sums = known.matrix[known.low == known.high]
    come_to = known.low[known.low == known.high]
    unknown: Mask = np.asarray(np.isnan(filled).any(axis=0))
    filled[:, unknown] = np.nan
    while unknown.any():
        lacking = (abs(sums) > 0) @ unknown.astype(np.int64)
        one = sums[lacking == 1]
        rows, columns = one[:, unknown].nonzero()
        if not len(rows):
            break
        columns, first = np.unique(np.flatnonzero(unknown)[columns], return_index=True)
        rows = rows[first]
        weights = np.asarray(one[rows, columns]).ravel()
        rest = come_to[lacking == 1][rows] - np.nan_to_num(filled) @ one[rows].T
        filled[:, columns] = rest / weights
        unknown[columns] = False
    return filled
