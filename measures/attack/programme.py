"""How far apart the quantities of a part can be: by solutions that show many, then one by one."""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_matrix, hstack

from measures.attack.ends import FromLast, FromTable
from measures.attack.knowledge import Knowledge, Mask
from measures.attack.parts import Columns, Part
from measures.attack.solver import Solver, Unsolved
from measures.attack.subtraction import NEAR, Infeasible
from measures.attack.sums import Floats

FEW = 8  # quantities: moving as many at once takes longer than moving each alone
SMALL_PART = 60  # quantities: up to here solutions have to be whole numbers
LARGE_PART = 6_000  # quantities: from here an interior point is sooner found than a vertex
HAIR = 0.01  # by which an interior point may stop short of its goal


class Programme:
    """The linear programme of one part: how far apart the quantities `asked` for can be."""

    def __init__(self, known: Knowledge, part: Part, asked: Columns, gap: int) -> None:
        """Take what is fixed into the sums' sides, and note what is seen of the part already."""
        at = part.quantities
        self.part, self.asked, self.gap = part, asked, gap
        self.differences, self.low, self.high = (
            known.differences[at],
            known.least[at],
            known.most[at],
        )
        self.small, self.large = len(at) <= SMALL_PART, len(at) > LARGE_PART
        fixed = known.least.copy()
        fixed[at] = 0
        beside = known.matrix[part.sums] @ fixed
        self.matrix: csr_matrix = known.matrix[part.sums][:, at].tocsr()
        self.sides = known.low[part.sums] - beside, known.high[part.sums] - beside
        self.seen_low, self.seen_high = (np.full(len(at), np.nan) for _ in range(2))
        self.tables = 0
        self.given: Floats | None = None
        for table in known.seen[:, at]:
            in_whole_numbers = (np.abs(table - np.round(table)) < NEAR).all()
            if in_whole_numbers or not self.small:
                self._note(table)
            if in_whole_numbers and self.given is None and self._fits(table):
                self.given = table

    def left(self) -> Columns:
        """Return those asked for that no two solutions show to be far apart, of some that do many.

        Raises `Infeasible` where no counts fit all that is shown.
        """
        draw, before = np.random.default_rng(0), np.inf
        while len(left := self._unseen(self.asked)) and FEW <= len(left) <= before - FEW:
            # One table shows nothing to be apart from another.
            before = len(left) if self.tables else np.inf
            self._spread(left, draw)
        return left

    def ranges(self) -> Iterator[tuple[int, float, float]]:
        """Yield the limits of those asked for that are under the gap apart.

        Raises `Infeasible` where no counts fit all that is shown.
        """
        alone: FromTable | FromLast | None = None
        for column in self.left().tolist():
            ends = []
            for sign in (-1, 1):
                if len(self._unseen(np.array([column]))):
                    alone = alone or self._alone()
                    ends.append(self._end(alone, column, sign))
            if len(self._unseen(np.array([column]))):
                # Whole numbers: a limit between two is the one inside.
                low, high = np.ceil(ends[0] - NEAR), np.floor(ends[1] + NEAR)
                yield int(self.part.quantities[column]), float(low), float(high)

    def _unseen(self, columns: Columns) -> Columns:
        """Return those not seen far enough apart; a difference is safe where it may be nought."""
        safe: Mask = self.seen_high[columns] - self.seen_low[columns] >= self.gap - NEAR
        safe |= self.differences[columns] & (self.seen_low[columns] < 1 - NEAR)
        return columns[~safe]

    def _fits(self, table: Floats) -> bool:
        least, most = self.sides
        inside = (table >= self.low - NEAR) & (table <= self.high + NEAR)
        comes_to = self.matrix @ table
        fits = (comes_to >= least - NEAR) & (comes_to <= most + NEAR)
        return bool(inside.all() and fits.all())

    def _note(self, table: Floats) -> None:
        """Keep what a table shows of every quantity: whole numbers inside it."""
        self.seen_low = np.fmin(self.seen_low, np.ceil(table - NEAR))
        self.seen_high = np.fmax(self.seen_high, np.floor(table + NEAR))
        self.tables += not np.isnan(table).all()

    def _spread(self, left: Columns, draw: np.random.Generator) -> None:
        """Move all that is left at once, each by the gap and no more.

        It goes where there is room; where there is both ways, up or down at random. Each is two
        columns, up to its goal and beyond it, and rewarded for the goal alone: else one quantity
        takes all the room that many share.
        """
        low, high = self.low[left], self.high[left]
        far = self.gap + (HAIR if self.large else 0.0)
        above, below = self.seen_low[left] + far, self.seen_high[left] - far
        up = (below < low) | (~(above > high) & draw.choice([True, False], len(left)))
        goal = np.where(up, np.fmin(above, high), np.fmax(below, low))
        weight = 10 ** draw.uniform(-1, 1, len(left))  # of two in each other's way one is dearer
        room = self.high - self.low
        room[left] = goal - low
        size, lowest = len(room), self.matrix @ self.low
        least, most = (side - lowest for side in self.sides)
        columns = hstack([self.matrix, self.matrix[:, left]], format="csr")
        solver = Solver(columns, least, most, np.concatenate([room, high - goal]))
        solver.cost(left, np.where(up, -weight, 0))
        solver.cost(size + np.arange(len(left)), np.where(up, 0, weight))
        try:
            found = solver.some(inside=self.large, whole=self.small)
        except Unsolved:
            raise Infeasible(int(self.part.quantities[0])) from None
        table: Floats = self.low + found[:size]
        table[left] += found[size:]
        self._note(table)

    def _alone(self) -> FromTable | FromLast:
        if self.given is None:
            return FromLast(self.matrix, self.sides, self.low, self.high)
        return FromTable(self.matrix, self.sides, self.low, self.high, self.given, self.gap)

    def _end(self, alone: FromTable | FromLast, column: int, sign: int) -> float:
        """Return the least (-1) or greatest (1) that one quantity can be, if it is near enough."""
        try:
            table = alone.moved(column, sign, whole=self.small)
        except Unsolved:
            raise Infeasible(int(self.part.quantities[column])) from None
        self._note(table)
        return float(table[column])
