"""Day histograms of many cells: how many durations of each whole number of days a cell holds.

A histogram is all that quantiles, bands and intervals need, and is far smaller than the durations:
work grows with the distinct days, not with the children.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from measures.statistics.interval import Floats, Ints


@dataclass(frozen=True, slots=True)
class DayHistograms:
    """One histogram per cell, laid end to end; make it with `of_cells` or `of_one`.

    `cell` int64[cells], ascending; `n` int64[cells], durations in each; `start` int64[cells + 1],
    where each cell's rows begin; `day` and `count` int64[rows]; `upto` int64[rows], durations in
    all rows up to and with this one, over all cells.
    """

    cell: Ints
    n: Ints
    start: Ints
    day: Ints
    count: Ints
    upto: Ints

    @classmethod
    def of_cells(cls, cell: ArrayLike, day: ArrayLike, count: ArrayLike) -> Self:
        """Lay out long rows (cell, day, count), sorted by cell and day, each pair once.

        Raises:
            ValueError: lengths differ, rows are out of order or doubled, or a number is negative.

        """
        cells, days, counts = (np.asarray(part, dtype=np.int64) for part in (cell, day, count))
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
        day = np.asarray(days, dtype=np.int64)
        if not day.size:
            return cls._laid_out(np.zeros(1, np.int64), np.zeros(2, np.int64), day, day)
        return cls.of_cells(np.zeros_like(day), day, counts)

    @classmethod
    def of_table(cls, table: Ints) -> Self:
        """Lay out int[cells, days] from day 0 on; cells without a duration are left out."""
        cell, day = np.nonzero(table)
        return cls.of_cells(cell, day, table[cell, day])

    @classmethod
    def _laid_out(cls, cell: Ints, start: Ints, day: Ints, count: Ints) -> Self:
        upto = np.cumsum(count)
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

    def without(self, at: Ints, part: Self, part_at: Ints) -> Self:
        """Take parts out: cell i becomes my cell at position at[i] less part's at part_at[i].

        Raises:
            ValueError: a part has a duration that its whole does not have.

        """
        (pair, row), (part_pair, part_row) = _rows(self, at), _rows(part, part_at)
        span = 1 + max((int(h.day.max()) for h in (self, part) if h.day.size), default=0)
        key, part_key = pair * span + self.day[row], part_pair * span + part.day[part_row]
        place = np.searchsorted(key, part_key)
        held = place < key.size
        held[held] = key[place[held]] == part_key[held]
        count = self.count[row]
        # No (pair, day) stands twice in a part, so plain indexing takes each away once.
        count[place[held]] -= part.count[part_row[held]]
        if part.count[part_row[~held]].any() or (count < 0).any():
            raise ValueError("a part has durations that its whole does not have")
        start = np.searchsorted(pair, np.arange(at.size + 1))
        return self._laid_out(np.arange(at.size), start, self.day[row], count)


def _rows(histograms: DayHistograms, at: Ints) -> tuple[Ints, Ints]:
    """Return for every row of the chosen cells which choice it belongs to, and its position."""
    length = np.diff(histograms.start)[at]
    pair = np.repeat(np.arange(at.size), length)
    ahead = np.cumsum(length) - length
    row = np.arange(pair.size) - ahead[pair] + histograms.start[:-1][at][pair]
    return pair, row
