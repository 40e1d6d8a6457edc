"""How many are still waiting: Kaplan-Meier with delayed entry and censoring, from histograms.

Kaplan & Meier, JASA 53 (1958) 457-481; left truncation as Klein & Moeschberger, "Survival
Analysis" (2003) sections 4.2 and 4.6. Whole days need three conventions:

- `entry` is the first day of the wait on which finishing would have been seen. A wait that began
  in the period has entry 0 and can finish on day 0; one that began 30 days before the period has
  entry 30 and can finish on its day 30, the period's first. So at risk on day t means
  entry <= t <= exit (written entry < t elsewhere, with entry the last day that was not seen).
- On one day, finishing comes before censoring: who is censored on day t was at risk on it.
- A share is only given where it was seen: not past the last exit, nor past a day on which nobody
  was at risk or everybody at risk finished, while others who had waited longer came in later.
  There the plain product would go on, or stay at 0, for want of anybody watched.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from measures.statistics.interval import Z_95, Floats, Ints, Short


@dataclass(frozen=True, slots=True)
class Curves:
    """The share still waiting in many cells at once, over all days on which anything happened.

    `cell` int64[cells], ascending; `day` int64[days], ascending; `at_risk` and `finished`
    int64[cells, days]; `share` float64[cells, days], still waiting after that day; `greenwood`
    float64[cells, days], the sum of d / (n (n - d)) so far: the variance of the share is
    share ** 2 times it (infinite at share 0); `known_to` int64[cells], the last day that a curve
    can speak of, -1 if none.
    """

    cell: Ints
    day: Ints
    at_risk: Ints
    finished: Ints
    share: Floats
    greenwood: Floats
    known_to: Ints

    def still_waiting(self, day: int) -> Floats:
        """Return the share whose wait is longer than `day` days; NaN where it was not seen."""
        return np.where(self._seen(day), self._at(self.share, day, 1.0), np.nan)

    def still_waiting_interval(self, day: int, z: float = Z_95) -> tuple[Floats, Floats]:
        """Return the ends of the log-log interval of that share, from Greenwood's variance.

        Kalbfleisch & Prentice (1980). NaN where the share was not seen, and at 0 and 1, where the
        variance says nothing.
        """
        share = self.still_waiting(day)
        within = (share > 0) & (share < 1)
        inner = np.where(within, share, np.nan)
        variance = np.where(within, self._at(self.greenwood, day, 0.0), np.nan)
        reach = z * np.sqrt(variance) / np.abs(np.log(inner))
        low, high = inner ** np.exp(reach), inner ** np.exp(-reach)
        return low, high

    def sides(self, day: int) -> tuple[Ints, Ints]:
        """Return how many were seen to finish by `day`, and how many were at risk after it."""
        later = int(np.searchsorted(self.day, day, side="right"))
        after = self.at_risk[:, later:].max(axis=1, initial=0)
        return self.finished[:, :later].sum(axis=1), after

    def median(self) -> Floats:
        """Return the first day after which at most half still wait; NaN where it was not seen."""
        # A product of fractions that is a half on paper may end a few bits above it.
        halved = (self.share <= 0.5 + 1e-12) & (self.day <= self.known_to[:, None])
        if not self.day.size:
            return np.full(self.cell.size, np.nan)
        return np.where(halved.any(axis=1), self.day[halved.argmax(axis=1)], np.nan)

    def _at(self, values: Floats, day: int, before: float) -> Floats:
        place = int(np.searchsorted(self.day, day, side="right")) - 1
        return values[:, place] if place >= 0 else np.full(self.cell.size, before)

    def _seen(self, day: int) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        if not self.day.size:
            return np.zeros(self.cell.size, np.bool_)
        # When the last one watched has finished, and nobody came later, nobody waits ever after.
        ends = self.finished.shape[1] - 1 - (self.finished[:, ::-1] > 0).argmax(axis=1)
        over = (self.share[:, -1] == 0) & (self.day[ends] == self.known_to)
        seen: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = (day <= self.known_to) | over
        return seen


def kaplan_meier(
    entered: tuple[ArrayLike, ArrayLike, ArrayLike],
    left: tuple[ArrayLike, ArrayLike, ArrayLike, ArrayLike],
) -> Curves:
    """Estimate every cell's curve from its margins, rows in any order.

    `entered` is (cell, entry day, how many), `left` is (cell, exit day, 1 finished or 0 censored,
    how many). The two margins are all that the estimate needs, far smaller than their crossing.

    Raises:
        ValueError: a number is negative, or more have left a cell by some day than have entered.

    """
    in_cell, begin, came = (np.asarray(a, dtype=np.int64) for a in entered)
    out_cell, end, done, went = (np.asarray(a, dtype=np.int64) for a in left)
    if any((part < 0).any() for part in (begin, came, end, went)):
        raise ValueError("waits: neither a day nor a count can be negative")
    cell = np.unique(in_cell)
    day = np.unique(np.concatenate([begin, end]))
    entries = _table(cell, day, in_cell, begin, came)
    exits = _table(cell, day, out_cell, end, went)
    finished = _table(cell, day, out_cell[done == 1], end[done == 1], went[done == 1])
    return _estimated(cell, day, entries, exits, finished)


def kaplan_meier_of_tables(entered: Short, censored: Short, finished: Short) -> Curves:
    """Estimate the curve of every cell that has waits, from int32[cells, days]: day 0, 1 and so on.

    Raises:
        ValueError: as `kaplan_meier`.

    """
    exits = censored + finished
    cell, day = np.flatnonzero(exits.any(axis=1)), np.flatnonzero((entered + exits).any(axis=0))
    some = np.ix_(cell, day)
    margins = (table[some].astype(np.int64) for table in (entered, exits, finished))
    return _estimated(cell, day, *margins)


def _estimated(cell: Ints, day: Ints, entries: Ints, exits: Ints, finished: Ints) -> Curves:
    came_by, left_by = entries.cumsum(axis=1), exits.cumsum(axis=1)
    if (came_by < left_by).any() or (came_by[:, -1:] != left_by[:, -1:]).any():
        raise ValueError("waits: each who enters must leave, on that day or later")
    at_risk = came_by - left_by + exits
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(finished > 0, 1 - finished / at_risk, 1.0).cumprod(axis=1)
        added = np.where(finished > 0, finished / (at_risk * (at_risk - finished)), 0.0)
    known_to = _known_to(day, came_by, left_by, exits, finished == at_risk)
    return Curves(cell, day, at_risk, finished, share, added.cumsum(axis=1), known_to)


def _table(cell: Ints, day: Ints, cells: Ints, days: Ints, counts: Ints) -> Ints:
    found = np.zeros((cell.size, day.size), np.int64)
    if not np.isin(cells, cell).all():
        raise ValueError("waits: someone leaves a cell that nobody entered")
    np.add.at(found, (np.searchsorted(cell, cells), np.searchsorted(day, days)), counts)
    return found


def _known_to(
    day: Ints,
    came_by: Ints,
    left_by: Ints,
    exits: Ints,
    all_finished: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
) -> Ints:
    if not day.size:
        return np.zeros(came_by.shape[0], np.int64)
    # Nobody is watched on the day after one by which all who had come had left, unless others
    # come on that very day.
    following = np.diff(day, append=day[-1] + 2) == 1
    came_next = np.where(following, np.roll(came_by, -1, axis=1), came_by)
    gap = (exits > 0) & (came_by == left_by) & (came_next == left_by)
    known = day[gap.argmax(axis=1)]
    emptied = (exits > 0) & all_finished & (came_by < came_by[:, -1:])
    first = day[emptied.argmax(axis=1)] - 1
    known = np.where(emptied.any(axis=1), np.minimum(known, first), known)
    watched_at_once = came_by[:, 0] > 0 if day[0] == 0 else np.zeros(len(known), np.bool_)
    return np.where(watched_at_once, known, -1).astype(np.int64)
