"""The parts that subtraction leaves open, and linear programmes over one (HiGHS)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt
from scipy.sparse import diags_array
from scipy.sparse.csgraph import connected_components

from measures.attack.model import Model
from measures.attack.subtraction import NEAR, Floats, Infeasible, matrix_of

Columns = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
IDLE = 3  # rounds that moved under a twentieth of what was left
REST = " rest"  # how the name of a difference ends
DUAL, PRIMAL = 1, 4  # as HiGHS numbers the two ways of the simplex method
MANY = 100  # quantities
FEW = 4  # that many are asked for one by one
SMALL_PART = 60  # quantities: up to here whole numbers are asked for exactly


@dataclass(frozen=True)
class Part:
    """Quantities that hang together by sums, and those sums' numbers."""

    quantities: list[int]
    sums: list[int]


def parts(model: Model, least: Floats, most: Floats, idle: Columns) -> Iterator[Part]:
    """Yield the quantities that are still open, as those that share a sum with one another.

    The sums of `idle` quantities are left out, and those that the limits keep to by themselves.
    """
    matrix, low, high = matrix_of(model)
    is_open = most - least > NEAR
    is_open[idle] = False
    up, down = matrix.maximum(0), matrix.minimum(0)
    used = (up @ least + down @ most < low - NEAR) | (up @ most + down @ least > high + NEAR)
    used[matrix[:, idle].nonzero()[0]] = False
    kept = diags_array(used.astype(float)) @ matrix[:, is_open]
    kept.eliminate_zeros()
    numbers = np.flatnonzero(is_open)
    if not len(numbers):
        return
    count, label = connected_components(kept.T @ kept, directed=False)
    order = np.argsort(label, kind="stable")
    members = np.split(numbers[order], np.cumsum(np.bincount(label, minlength=count))[:-1])
    where = np.full(len(model.names), -1)
    where[numbers] = label
    sums: list[list[int]] = [[] for _ in range(count)]
    for row in range(kept.shape[0]):
        columns = kept.indices[kept.indptr[row] : kept.indptr[row + 1]]
        if len(columns):
            sums[label[columns[0]]].append(row)
    yield from (Part(m.tolist(), s) for m, s in zip(members, sums, strict=True))


class Programme:
    """The linear programme of one part, warm from one question to the next."""

    def __init__(
        self, model: Model, part: Part, limits: tuple[Floats, Floats], seen: Floats
    ) -> None:
        """Set the programme up: what is fixed goes into the sums' sides.

        `seen` are quantities of one solution that is known already, NaN where it is not.
        """
        least, most = limits
        self.seen_low, self.seen_high = seen[part.quantities].copy(), seen[part.quantities].copy()
        self.part, self.column = part, {at: k for k, at in enumerate(part.quantities)}
        self.low, self.high = least[part.quantities], most[part.quantities]
        starts, indices, values, sides = [0], [], [], []
        for number in part.sums:
            names, weights, low, high = model.sums[number]
            fixed = 0.0
            for at, weight in zip(names, weights, strict=True):
                if at in self.column:
                    indices.append(self.column[at])
                    values.append(weight)
                else:
                    fixed += weight * least[at]
            starts.append(len(indices))
            sides.append((low - fixed, high - fixed))
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(part.quantities), len(part.sums)
        lp.col_cost_ = np.zeros(lp.num_col_)
        lp.col_lower_, lp.col_upper_ = self.low, self.high
        lp.row_lower_ = np.array([low for low, _ in sides])
        lp.row_upper_ = np.array([high for _, high in sides])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(starts)
        lp.a_matrix_.index_ = np.array(indices)
        lp.a_matrix_.value_ = np.array(values)
        self.highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self.highs.setOptionValue("output_flag", False)
        self.highs.setOptionValue("threads", 1)
        self.highs.passModel(lp)
        self.differences = np.array([model.names[at][2].endswith(REST) for at in part.quantities])
        self.whole = len(part.quantities) <= SMALL_PART
        if self.whole:
            kinds = [highspy.HighsVarType.kInteger] * lp.num_col_
            for column, kind in enumerate(kinds):
                self.highs.changeColIntegrality(column, kind)

    def ranges(self, asked: Sequence[int], gap: int) -> Iterator[tuple[int, float, float]]:
        """Yield limits of the quantities asked for, where they are under `gap` apart.

        A quantity that two solutions show at least `gap` apart is passed over: it is safe.
        """
        columns = np.array(sorted(self.column[at] for at in asked))
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
                yield self.part.quantities[column], float(low), float(high)

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
        anew = len(places) > MANY
        self.highs.setOptionValue("simplex_strategy", DUAL if anew else PRIMAL)
        if anew:
            self.highs.clearSolver()
        self.highs.run()
        status = self.highs.getModelStatus()
        self.highs.changeColsCost(len(places), places, np.zeros(len(places)))
        if status != highspy.HighsModelStatus.kOptimal:
            raise Infeasible(self.part.quantities[0])
        solution = np.array(self.highs.getSolution().col_value)
        np.fmin(self.seen_low, solution, out=self.seen_low)
        np.fmax(self.seen_high, solution, out=self.seen_high)
        return solution
