"""What a count can be that is printed as it is."""

import numpy as np

from measures.disclosure.linked import Ints
from measures.statistics import round_half_away_each


def rounded(truth: Ints, unit: Ints, threshold: int) -> tuple[Ints, Ints]:
    """Return the least and greatest count that would be shown as each of these is."""
    shown = truth.copy()
    for to in np.unique(unit):
        shown[unit == to] = round_half_away_each(truth[unit == to], int(to))
    low = np.maximum(shown - unit // 2, threshold + 1)
    return np.where(truth == 0, 0, low), np.where(truth == 0, 0, shown + (unit - 1) // 2)
