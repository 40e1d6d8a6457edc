"""Day histograms of many cells: how many durations of each whole number of days a cell holds.

A histogram is all that quantiles, bands and intervals need, and is far smaller than the durations:
work grows with the distinct days, not with the children.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from measures.statistics.interval import Floats, Ints, Short


@dataclass(frozen=True, slots=True)
class DayHistograms:
    """One histogram per cell, laid end to end; make it with `of_cells` or `of_one`.

    `cell` int64[cells], ascending; `n` int64[cells], durations in each; `start` int64[cells + 1],
    where each cell's rows begin; `day` and `count` int32[rows]; `upto` int64[rows], durations in
    all rows up to and with this one, over all cells.
    """

    cell: Ints
    n: Ints
    start: Ints
    day: Short
    count: Short
    upto: Ints

    @classmethod
    def of_cells(cls, cell: ArrayLike, day: ArrayLike, count: ArrayLike) -> Self:
        """Lay out long rows (cell, day, count), sorted by cell and day, each pair once.

        Raises:
            ValueError: lengths differ, rows are out of order or doubled, or a number is negative.

        """
        cells = np.asarray(cell, dtype=np.int64)
        days, counts = (np.asarray(part, dtype=np.int32) for part in (day, count))
        if not cells.shape == days.shape == counts.shape or cells.ndim != 1:
            raise ValueError("histogram rows: cell, day and count must be flat and equally long")
        step = np.diff(cells)
        if (step < 0).any() or ((step == 0) & (np.diff(days) <= 0)).any():
            raise ValueError("histogram rows: must be sorted by cell, then day, each pair once")
        if (days < 0).any() or (counts < 0).any():
            raise ValueError("histogram rows: neither a day nor a count can be negative")
        first = np.flatnonzero(np.concatenate([[True], step > 0])) if cells.size else step
        return cls._laid_out(cells[first], np.append(first, cells.size), days, counts)

    @classmethod
    def of_one(cls, days: ArrayLike, counts: ArrayLike) -> Self:
        """Lay out one cell, which may be empty, from ascending days and their counts."""
        day = np.asarray(days, dtype=np.int32)
        if not day.size:
            return cls._laid_out(np.zeros(1, np.int64), np.zeros(2, np.int64), day, day)
        return cls.of_cells(np.zeros_like(day), day, counts)

    @classmethod
    def of_table(cls, table: Short) -> Self:
        """Lay out int[cells, days] from day 0 on; cells without a duration are left out."""
        cell, day = np.nonzero(table)
        return cls.of_cells(cell, day, table[cell, day])

    @classmethod
    def _laid_out(cls, cell: Ints, start: Ints, day: Short, count: Short) -> Self:
        upto = np.cumsum(count, dtype=np.int64)
        n = np.diff(np.concatenate([[0], upto])[start])
        return cls(cell, n, start.astype(np.int64), day, count, upto)

    def order_statistic(self, rank: Ints) -> Floats:
        """Return each cell's duration at its 1-based rank, in days; NaN where there is none."""
        there = (rank >= 1) & (rank <= self.n)
        found = np.full(self.n.size, np.nan)
        before = np.concatenate([[0], self.upto])[self.start[:-1]]
        row = np.searchsorted(self.upto, (before + rank)[there], side="left")
        found[there] = self.day[row]
        return found

    def without(self, at: Ints, part: Self, part_at: Ints) -> "Rest":
        """Take parts out: cell i is my cell at position at[i] less part's at part_at[i].

        Nothing is taken out where part_at[i] is -1. What is taken out must be there.

        Raises:
            ValueError: a part has more durations than its whole.

        """
        some = part_at >= 0
        n = self.n[at]
        n[some] -= part.n[part_at[some]]
        if (n < 0).any():
            raise ValueError("a part has durations that its whole does not have")
        return Rest(self, at, part, part_at, n)


@dataclass(frozen=True, slots=True)
class Rest:
    """Cells less a part of each, never laid out: order statistics are looked for by halving.

    See `DayHistograms.without`; `n` int64[cells], the durations left in each.
    """

    whole: DayHistograms
    at: Ints
    part: DayHistograms
    part_at: Ints
    n: Ints

    def order_statistic(self, rank: Ints) -> Floats:
        """Return each cell's duration at its 1-based rank, in days; NaN where there is none."""
        there = (rank >= 1) & (rank <= self.n)
        low, high = self.whole.start[self.at], self.whole.start[self.at + 1] - 1
        before = self.whole.upto[low] - self.whole.count[low]
        taken = self._taken()
        while (low < high).any():
            middle = (low + high) // 2
            upto = self.whole.upto[middle] - before - taken(self.whole.day[middle])
            enough = upto >= rank
            low, high = np.where(enough, low, middle + 1), np.where(enough, middle, high)
        return np.where(there, self.whole.day[np.minimum(low, high)], np.nan)

    def _taken(self) -> Callable[[Short], Ints]:
        """Return how many are taken out of each cell up to a day each."""
        part, some = self.part, self.part_at >= 0
        span = 1 + max(int(h.day.max(initial=0)) for h in (self.whole, part))
        key = np.repeat(np.arange(part.n.size), np.diff(part.start)) * span + part.day
        upto = np.concatenate([[0], part.upto])
        before = upto[part.start[np.maximum(self.part_at, 0)]]

        def taken(day: Short) -> Ints:
            found = upto[np.searchsorted(key, self.part_at * span + day, side="right")]
            return np.where(some, found - before, 0)

        return taken
