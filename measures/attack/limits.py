"""Limits of many cells' columns, passed along until they settle, and what moved each last.

Cells add up along lines, the same way in every column; within every cell columns add up, and some
are no less than others.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
import numpy.typing as npt

from measures.attack.subtraction import Infeasible

Ints = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]
LEAST, MOST = 0, 1
Entry = tuple[int, int, int]
"""Whether the lower limit (LEAST) or the upper one is meant, of which cell and column."""
GROWING = 1  # why a limit is what it is: then come orders, sums and lines; below 0, other reasons
ROUNDS = 60  # limits that still move by then are true all the same


@dataclass(frozen=True)
class Columns:
    """How columns hang together, the same way in every cell.

    Each of `growing` are columns that are no less than the one before. Each of `orders` has, for
    lower limits and for upper ones, columns and others that they are no less than. Each of `sums`
    has wholes and two parts of each, one column or as many as there are sums.
    """

    growing: Sequence[Places]
    orders: Sequence[tuple[tuple[Places, Places], tuple[Places, Places]]]
    sums: Sequence[tuple[Places, Places, Places]]


class Limits:
    """Lower and upper limits by cell and column (`ends`), and what moved each last (`why`).

    `lines` have the numbers of a cell and of those that it is the sum of.
    """

    def __init__(self, size: tuple[int, int], columns: Columns, lines: Sequence[Places]) -> None:
        """Begin with all that is not less than nought, up to what is no count of children."""
        self.ends = np.zeros((2, *size), np.int32)
        self.ends[MOST] = 10**6
        self.columns, self.lines = columns, lines
        self.first_sum = GROWING + 1 + len(columns.orders)
        self.first_line = self.first_sum + len(columns.sums)
        self.why = np.zeros(self.ends.shape, np.int32)
        self.moved = np.ones(size[0], np.bool_)
        self.lines_of: list[list[int]] = [[] for _ in range(size[0])]
        for number, line in enumerate(lines):
            for cell in line.tolist():
                self.lines_of[cell].append(number)

    def settle(self, beside: Callable[[], None]) -> None:
        """Pass limits along until they settle; before each round, do what is to be done `beside`.

        Raises `Infeasible` with the number of a cell whose columns have no values left.
        """
        for _ in range(ROUNDS):
            beside()
            cells = np.flatnonzero(self.moved)
            if not len(cells):
                return
            self.moved[:] = False
            self._within(cells)
            for number in sorted({line for at in cells.tolist() for line in self.lines_of[at]}):
                self._along(number)
            if (crossed := (self.ends[LEAST] > self.ends[MOST]).any(axis=1)).any():
                raise Infeasible(int(np.flatnonzero(crossed)[0]))

    def narrow(self, side: int, cells: Places, columns: Places, to: Ints, why: int) -> None:
        """Narrow the limits of some columns, none twice; `to` has a row a cell."""
        self._narrow(side, cells, columns, self.ends[side][cells[:, np.newaxis], columns], to, why)

    def _narrow(  # noqa: PLR0913, PLR0917 - as `narrow`, for who has the limits already
        self, side: int, cells: Places, columns: Places, now: Ints, to: Ints, why: int
    ) -> None:
        better = to < now if side == MOST else to > now
        rows = np.flatnonzero(better.any(axis=1))
        if not len(rows):
            return
        cells, better = cells[rows], better[rows]
        at = cells[:, np.newaxis], columns
        self.ends[side][at] = np.where(better, to[rows], now[rows])
        self.moved[cells] = True
        self.why[side][at] = np.where(better, why, self.why[side][at])

    def narrow_each(self, side: int, cells: Places, columns: Places, to: Ints, why: int) -> None:
        """Narrow the limits of a column of a cell each; `to` has one for each, in turn."""
        now = self.ends[side][cells, columns]
        better = np.flatnonzero(to < now if side == MOST else to > now)
        # The narrowest last: of one that comes twice, what is written last stays.
        better = better[np.argsort(-to[better] if side == MOST else to[better], kind="stable")]
        self.ends[side][cells[better], columns[better]] = to[better]
        self.moved[cells[better]] = True
        self.why[side][cells[better], columns[better]] = why

    def _within(self, cells: Places) -> None:
        """Pass limits along within some cells."""
        for columns in self.columns.growing:
            least, most = (self.ends[side][np.ix_(cells, columns)] for side in (LEAST, MOST))
            upward = np.maximum.accumulate(least, axis=1)
            downward = np.minimum.accumulate(most[:, ::-1], axis=1)[:, ::-1]
            self.narrow(LEAST, cells, columns, upward, GROWING)
            self.narrow(MOST, cells, columns, downward, GROWING)
        for number, ((more, than), (of_more, fewer)) in enumerate(self.columns.orders, GROWING + 1):
            self.narrow(LEAST, cells, more, self.ends[LEAST][np.ix_(cells, than)], number)
            self.narrow(MOST, cells, fewer, self.ends[MOST][np.ix_(cells, of_more)], number)
        for number, members in enumerate(self.columns.sums, self.first_sum):
            each = [np.ix_(cells, columns) for columns in members]
            ends = added(*([end[at] for at in each] for end in self.ends))
            for side, of_side in enumerate(ends):
                for columns, to in zip(members, of_side, strict=True):
                    self.narrow(side, cells, *_narrowest(side, columns, to), number)

    def _along(self, number: int) -> None:
        """Pass limits along a line."""
        members, everything = self.lines[number], np.arange(self.ends.shape[2])
        now = self.ends[:, members]
        for side, to in enumerate(added(*now)):
            why = self.first_line + number
            self._narrow(side, members, everything, now[side], np.stack(to), why)


def _narrowest(side: int, columns: Places, to: Ints) -> tuple[Places, Ints]:
    """Return columns without repeats, and the narrowest limits of each."""
    columns = np.broadcast_to(columns, to.shape[1])
    order = np.argsort(columns, kind="stable")
    starts = np.flatnonzero(np.diff(columns[order], prepend=-1))
    if len(starts) == len(columns):
        return columns, to
    reduced = (np.minimum if side == MOST else np.maximum).reduceat(to[:, order], starts, axis=1)
    return columns[order][starts], reduced


def added(least: Sequence[Ints], most: Sequence[Ints]) -> tuple[list[Ints], list[Ints]]:
    """Return the limits that a whole and its parts, which add up to it, give each other."""
    low, high = reduce(np.add, least[1:]), reduce(np.add, most[1:])
    return (
        [low, *(least[0] - (high - one) for one in most[1:])],
        [high, *(most[0] - (low - one) for one in least[1:])],
    )
