"""What the days that are shown of a measure say of how many wait up to each day, and of n."""

import numpy as np
import numpy.typing as npt

from measures.attack.daily import Daily, N
from measures.attack.limits import LEAST, MOST, Ints, Limits, Places
from measures.attack.ranks import FIRST, LAST, ranked
from measures.attack.subtraction import Infeasible

CELL, BASIS, DAY, WHICH = range(4)
RANK = -1  # why a limit is what it is: by the cell's own days
WIDEST = 40  # numbers that n may be: of one more open little follows
Statement = tuple[int, Places, Ints, npt.NDArray[np.bool_]]
"""Which limit of which column each day gives, by what n may be, and of which days it holds."""


class Ranking:
    """All days shown of cells whose n is known nearly: what each says, of every n there may be."""

    def __init__(self, daily: Daily, told: Places, limits: Limits) -> None:
        """Take them: a row each of the columns CELL, BASIS, DAY and WHICH."""
        cell, basis, day, which = told.T
        least, most = limits.ends[:, cell, N].astype(np.int64)
        near = most - least < WIDEST
        self.cell, self.least = cell[near], least[near]
        wide = int((most - least)[near].max(initial=0)) + 1
        self.n = self.least[:, np.newaxis] + np.arange(wide)
        self.says = list(self._says(daily, basis[near], day[near], which[near]))

    def _says(self, daily: Daily, basis: Places, day: Places, which: Places) -> list[Statement]:
        """Return what each day says of those who wait up to it or longer, and of the others."""
        upto, shorter = np.zeros((2, *self.n.shape), np.int64)
        for kind in range(FIRST, LAST + 1):
            here = which == kind
            upto[here], shorter[here] = ranked(kind, self.n[here])
        last = len(daily.days) - 1
        # The first day looked at that is no earlier, and the last that is before.
        by_then, before = daily.place(day), daily.place(day) - 1
        known, earlier = by_then <= last, before >= 0
        by_then, before = np.minimum(by_then, last), np.maximum(before, 0)
        longer = 2 * len(daily.days)
        first = daily.upto(0)[0] + basis * len(daily.days)
        return [
            (LEAST, first + by_then, upto, known),
            (MOST, first + by_then + longer, self.n - upto, known),
            (MOST, first + before, shorter, earlier),
            (LEAST, first + before + longer, self.n - shorter, earlier),
        ]

    def apply(self, limits: Limits) -> None:
        """Narrow limits by what the days say of every n that fits what is known."""
        least, most = (end[:, np.newaxis] for end in limits.ends[:, self.cell, N])
        fits = (self.n >= least) & (self.n <= most)
        for side, columns, values, told in self.says:
            end = limits.ends[1 - side, self.cell, columns][:, np.newaxis]
            fits &= ((values <= end) if side == LEAST else (values >= end)) | ~told[:, np.newaxis]
        if (nothing := ~fits.any(axis=1)).any():
            raise Infeasible(int(self.cell[nothing][0]))
        for side, columns, values, told in self.says:  # from which n follows
            if side == LEAST:
                to = np.where(fits, values, values.max(initial=0)).min(axis=1)
            else:
                to = np.where(fits, values, -1).max(axis=1)
            limits.narrow_each(side, self.cell[told], columns[told], to[told], RANK)
