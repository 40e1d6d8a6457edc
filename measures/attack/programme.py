"""How far apart the quantities of a part can be: linear programmes (HiGHS)."""

from collections.abc import Iterator

import highspy
import numpy as np

from measures.attack.knowledge import Floats, Knowledge, Mask
from measures.attack.parts import Columns, Part
from measures.attack.subtraction import NEAR, Infeasible

IDLE = 3  # rounds that moved under a twentieth of what was left
DUAL, PRIMAL = 1, 4  # as HiGHS numbers the two ways of the simplex method
FITS = int(highspy.SolutionStatus.kSolutionStatusFeasible)
MANY = 100  # quantities: up to here moved as far as they go, warm from the last answer
FEW = 4  # fewer are asked for one by one
SMALL_PART = 60  # quantities: up to here solutions have to be whole numbers
LARGE_PART = 6_000  # quantities: from here an interior point is sooner found than a vertex
HAIR = 0.01  # by which an interior point may stop short of its goal


class Programme:
    """The linear programme of one part: how far apart the quantities `asked` for can be.

    Each of them is two columns, up to a point and beyond it, so that a solution can be rewarded for
    reaching the point and for nothing more: else one quantity takes all the room that many share.
    """

    def __init__(self, known: Knowledge, part: Part, asked: Columns, gap: int) -> None:
        """Set the programme up: what is fixed goes into the sums' sides."""
        at = part.quantities
        self.part, self.asked, self.gap = part, asked, gap
        self.seen_low, self.seen_high = (np.full(len(at), np.nan) for _ in range(2))
        self.low, self.high = known.least[at], known.most[at]
        self.differences = known.differences[at]
        self.small, self.large = len(at) <= SMALL_PART, len(at) > LARGE_PART
        for table in known.seen[:, at]:
            if not self.small or (np.abs(table - np.round(table)) < NEAR).all():
                self._note(table)
        fixed = known.least.copy()
        fixed[at] = 0
        beside = known.matrix[part.sums] @ fixed
        mine = known.matrix[part.sums][:, np.concatenate([at, at[asked]])].tocsr()
        self.lower = np.concatenate([self.low, np.zeros(len(asked))])
        self.upper = np.concatenate([self.high, np.zeros(len(asked))])
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.lower), len(part.sums)
        lp.col_cost_ = np.zeros(lp.num_col_)
        lp.col_lower_, lp.col_upper_ = self.lower, self.upper
        lp.row_lower_, lp.row_upper_ = known.low[part.sums] - beside, known.high[part.sums] - beside
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_ = mine.indptr, mine.indices
        lp.a_matrix_.value_ = mine.data
        self.highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self.highs.setOptionValue("output_flag", False)
        self.highs.setOptionValue("threads", 1)
        self.highs.setOptionValue("run_crossover", "off")
        self.highs.passModel(lp)

    def left(self) -> Columns:
        """Return those asked for that some solutions, which show many, do not show apart."""
        self._spread_many(self.gap)
        return self._left(self.gap)

    def ranges(self) -> Iterator[tuple[int, float, float]]:
        """Yield limits of the quantities asked for, where they are under the gap apart.

        A quantity that two solutions show so far apart is passed over: it is safe. Raises
        `Infeasible` where no counts fit all that is shown.
        """
        gap = self.gap
        self._spread_many(gap)
        self._by("simplex", DUAL)
        self._spread_few(gap)
        for column in self._left(gap).tolist():
            alone = np.array([column])
            if self._safe(alone, gap)[0]:
                continue
            low = self._end(alone, np.ones(1))[column]
            if self._safe(alone, gap)[0]:
                continue
            high = self._end(alone, -np.ones(1))[column]
            # Whole numbers: a limit between two is the one inside.
            low, high = np.ceil(low - NEAR), np.floor(high + NEAR)
            if high - low < gap:
                yield int(self.part.quantities[column]), float(low), float(high)

    def _safe(self, columns: Columns, gap: int) -> Mask:
        """Return what is seen far enough apart, and what differences may well be nought."""
        safe: Mask = self.seen_high[columns] - self.seen_low[columns] >= gap - NEAR
        return safe | (self.differences[columns] & (self.seen_low[columns] < 1 - NEAR))

    def _left(self, gap: int) -> Columns:
        """Return those asked for that are not yet seen apart."""
        return self.asked[~self._safe(self.asked, gap)]

    def _spread_many(self, gap: int) -> None:
        """Move all that is not yet seen apart by the gap and no more, while they are many."""
        draw = np.random.default_rng(0)
        self._by("ipm" if self.large else "simplex", DUAL)
        found, many = FEW, FEW if self.large else MANY
        while found >= FEW and len(left := self._left(gap)) > many:
            self._set(*self._aims(left, gap, draw))
            self.highs.clearSolver()  # many aims have little in common with the last
            self._solved(best=False)
            found = len(left) - len(self._left(gap))
        self._set(self.upper, np.zeros(len(self.upper)))
        self.highs.clearSolver()

    def _aims(self, left: Columns, gap: int, draw: np.random.Generator) -> tuple[Floats, Floats]:
        """Return the columns' upper limits and costs to move each of those left by the gap.

        It goes where there is room; where there is both ways, up or down at random.
        """
        low, high = self.low[left], self.high[left]
        far = gap + (HAIR if self.large else 0.0)
        above, below = self.seen_low[left] + far, self.seen_high[left] - far
        up = (below < low) | (~(above > high) & draw.choice([True, False], len(left)))
        point = np.where(up, np.fmin(above, high), np.fmax(below, low))
        weight = 10 ** draw.uniform(-1, 1, len(left))  # of two in each other's way one is dearer
        upper, costs = self.upper.copy(), np.zeros(len(self.upper))
        beyond = len(self.low) + np.searchsorted(self.asked, left)
        upper[left], upper[beyond] = point, high - point
        costs[left], costs[beyond] = np.where(up, -weight, 0), np.where(up, 0, weight)
        return upper, costs

    def _spread_few(self, gap: int) -> None:
        """Move what is left, some up and some down, until that stops helping."""
        draw, idle = np.random.default_rng(0), 0
        while idle < IDLE and len(left := self._left(gap)) >= FEW:
            signs = draw.choice([-1.0, 1.0], len(left))
            self._end(left, signs)
            still = ~self._safe(left, gap)
            if still.any():
                self._end(left[still], -signs[still])
            found = self._safe(left, gap).sum()
            idle = idle + 1 if found < len(left) / 20 else 0

    def _end(self, columns: Columns, costs: Floats) -> Floats:
        """Minimise a cost, and return the solution: where the next question begins."""
        places = columns.astype(np.int32)
        self.highs.changeColsCost(len(places), places, costs)
        solution = self._solved(best=True)
        self.highs.changeColsCost(len(places), places, np.zeros(len(places)))
        self._by("simplex", PRIMAL)
        return solution

    def _by(self, solver: str, strategy: int) -> None:
        self.highs.setOptionValue("solver", solver)
        self.highs.setOptionValue("simplex_strategy", strategy)

    def _set(self, upper: Floats, costs: Floats) -> None:
        every = np.arange(len(costs), dtype=np.int32)
        self.highs.changeColsBounds(len(every), every, self.lower, upper)
        self.highs.changeColsCost(len(every), every, costs)

    def _solved(self, *, best: bool) -> Floats:
        """Return a solution, and keep what it shows of every quantity: whole numbers inside it."""
        solution = self._run(best=best)
        if self.small and (np.abs(solution - np.round(solution)) > NEAR).any():
            self._of_kind(highspy.HighsVarType.kInteger)
            self._by("choose", DUAL)  # any other would pass over that numbers are whole
            solution = self._run(best=best)
            self._of_kind(highspy.HighsVarType.kContinuous)
            self._by("simplex", DUAL)
        self._note(solution)
        return solution

    def _note(self, table: Floats) -> None:
        """Keep what a table shows of every quantity: whole numbers inside it."""
        self.seen_low = np.fmin(self.seen_low, np.ceil(table - NEAR))
        self.seen_high = np.fmax(self.seen_high, np.floor(table + NEAR))

    def _run(self, *, best: bool) -> Floats:
        """Return a solution; where it need not be the `best` one, any that fits all sums."""
        self.highs.run()
        if not (self._is_best() or (self._fits() and not best)):
            self._by("simplex", DUAL)  # an interior point may be lost where a vertex is found
            self.highs.clearSolver()
            self.highs.run()
            if not self._is_best():
                raise Infeasible(int(self.part.quantities[0]))
        found = np.array(self.highs.getSolution().col_value)
        solution: Floats = found[: len(self.low)]
        solution[self.asked] += found[len(self.low) :]
        return solution

    def _is_best(self) -> bool:
        return bool(self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def _fits(self) -> bool:
        return bool(self.highs.getInfo().primal_solution_status == FITS)

    def _of_kind(self, kind: highspy.HighsVarType) -> None:
        for column in range(len(self.upper)):
            self.highs.changeColIntegrality(column, kind)
