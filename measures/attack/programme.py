"""The parts that subtraction leaves open, and linear programmes over one (HiGHS)."""

from collections.abc import Iterator
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import connected_components

from measures.attack.knowledge import Floats, Knowledge, Mask
from measures.attack.subtraction import NEAR, Infeasible

Columns = npt.NDArray[np.int64]
IDLE = 3  # rounds that moved under a twentieth of what was left
DUAL, PRIMAL = 1, 4  # as HiGHS numbers the two ways of the simplex method
MANY = 100  # quantities
FEW = 4  # that many are asked for one by one
SMALL_PART = 60  # quantities: up to here solutions have to be whole numbers


@dataclass(frozen=True)
class Part:
    """Quantities that hang together by sums, and those sums' numbers."""

    quantities: Columns
    sums: Columns


def parts(known: Knowledge, idle: Columns) -> Iterator[Part]:
    """Yield the quantities that are still open, as those that share a sum with one another.

    The sums of `idle` quantities are left out, and those that the limits keep to by themselves.
    """
    least, most = known.least, known.most
    is_open = most - least > NEAR
    is_open[idle] = False
    up, down = known.matrix.maximum(0), known.matrix.minimum(0)
    used = up @ least + down @ most < known.low - NEAR
    used |= up @ most + down @ least > known.high + NEAR
    used[known.matrix[:, idle].nonzero()[0]] = False
    numbers, rows = np.flatnonzero(is_open), np.flatnonzero(used)
    kept = known.matrix[rows][:, numbers]
    rows, kept = rows[np.diff(kept.indptr) > 0], kept[np.diff(kept.indptr) > 0]
    if not len(numbers):
        return
    count, labels = connected_components(kept.T @ kept, directed=False)
    label: Columns = labels.astype(np.int64)
    row_label = label[kept.indices[kept.indptr[:-1]]]
    sides = _grouped(numbers, label, count), _grouped(rows, row_label, count)
    yield from (Part(*both) for both in zip(*sides, strict=True))


def _grouped(numbers: Columns, label: Columns, count: int) -> list[Columns]:
    """Return numbers by their label, of which there are `count`."""
    order = np.argsort(label, kind="stable")
    return np.split(numbers[order], np.cumsum(np.bincount(label, minlength=count))[:-1])


class Programme:
    """The linear programme of one part, warm from one question to the next."""

    def __init__(self, known: Knowledge, part: Part) -> None:
        """Set the programme up: what is fixed goes into the sums' sides."""
        at = part.quantities
        self.part = part
        self.seen_low, self.seen_high = known.seen[at].copy(), known.seen[at].copy()
        self.low, self.high = known.least[at], known.most[at]
        self.differences = known.differences[at]
        fixed = known.least.copy()
        fixed[at] = 0
        beside = known.matrix[part.sums] @ fixed
        mine = known.matrix[part.sums][:, at].tocsr()
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(at), len(part.sums)
        lp.col_cost_ = np.zeros(lp.num_col_)
        lp.col_lower_, lp.col_upper_ = self.low, self.high
        lp.row_lower_, lp.row_upper_ = known.low[part.sums] - beside, known.high[part.sums] - beside
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_ = mine.indptr, mine.indices
        lp.a_matrix_.value_ = mine.data
        self.highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self.highs.setOptionValue("output_flag", False)
        self.highs.setOptionValue("threads", 1)
        self.highs.passModel(lp)
        self.fresh = True
        self.few = len(at) <= SMALL_PART

    def ranges(self, columns: Columns, gap: int) -> Iterator[tuple[int, float, float]]:
        """Yield limits of the quantities asked for, where they are under `gap` apart.

        A quantity that two solutions show at least `gap` apart is passed over: it is safe.
        """
        self._spread(columns, gap)
        for column in columns[~self._safe(columns, gap)].tolist():
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

    def _spread(self, columns: Columns, gap: int) -> None:
        """Move all that is not yet seen apart, some up and some down, until that stops helping."""
        draw = np.random.default_rng(0)
        idle = 0
        while idle < IDLE and len(left := columns[~self._safe(columns, gap)]) >= FEW:
            signs = draw.choice([-1.0, 1.0], len(left))
            self._end(left, signs)
            still = ~self._safe(left, gap)
            if still.any():
                self._end(left[still], -signs[still])
            found = self._safe(left, gap).sum()
            idle = idle + 1 if found < len(left) / 20 else 0

    def _end(self, columns: Columns, costs: Floats) -> Floats:
        """Minimise a cost; keep what the solution shows of every quantity, and return it."""
        places = columns.astype(np.int32)
        self.highs.changeColsCost(len(places), places, costs)
        # A question of few resembles the last, and begins from its answer; one of many does not.
        anew = self.fresh or len(places) > MANY
        self.fresh = False
        self.highs.setOptionValue("simplex_strategy", DUAL if anew else PRIMAL)
        if anew:
            self.highs.clearSolver()
        solution = self._solved()
        if self.few and (np.abs(solution - np.round(solution)) > NEAR).any():
            self._of_kind(highspy.HighsVarType.kInteger)
            solution = self._solved()
            self._of_kind(highspy.HighsVarType.kContinuous)
        self.highs.changeColsCost(len(places), places, np.zeros(len(places)))
        np.fmin(self.seen_low, solution, out=self.seen_low)
        np.fmax(self.seen_high, solution, out=self.seen_high)
        return solution

    def _solved(self) -> Floats:
        self.highs.run()
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise Infeasible(int(self.part.quantities[0]))
        return np.array(self.highs.getSolution().col_value)

    def _of_kind(self, kind: highspy.HighsVarType) -> None:
        for column in range(len(self.part.quantities)):
            self.highs.changeColIntegrality(column, kind)
