"""Integer changes of a table, found by HiGHS: what else the children could be.

A change moves whole children between groups; rows say how far each published cell may move. Extra
columns can carry a cell beyond its bounds at a price: that is how the cheapest cells to hide are
found. Everything is relative to the truth, so no change at all is always a solution.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import highspy
import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

_WHOLE = 1e-6
_SECONDS = 10.0  # one programme takes milliseconds; one that takes this long proves nothing
_NODES = 20
_FEW = 600  # groups: with more, branching over what to hide takes seconds
_STATUS = highspy.HighsModelStatus


class Programme:
    """`rows` (cells x groups) times a change of the groups, each group staying at 0 or more.

    Solutions are whole or None: infeasible, unbounded, out of time and fractional alike, since a
    caller may only rely on a change that is there.
    """

    def __init__(self, rows: sparse.csr_array, truth: Ints) -> None:
        self.rows = rows
        self.cells, self.groups = rows.shape
        self.solved = 0
        self._low = -truth.astype(np.float64)
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("mip_max_nodes", _NODES)
        self._highs.setOptionValue("mip_rel_gap", 0.3)  # any change that is far enough will do
        identity = sparse.identity(self.cells, format="csc")
        matrix = sparse.csc_array(sparse.hstack([rows, -identity, identity]))
        lp, free = highspy.HighsLp(), np.zeros(2 * self.cells)
        lp.num_row_, lp.num_col_ = matrix.shape
        lp.col_cost_ = np.zeros(lp.num_col_)
        lp.col_lower_ = np.concatenate([self._low, free])
        lp.col_upper_ = np.concatenate([np.full(self.groups, highspy.kHighsInf), free])
        lp.row_lower_ = lp.row_upper_ = np.zeros(self.cells)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_, lp.a_matrix_.index_ = matrix.indptr, matrix.indices
        lp.a_matrix_.value_ = matrix.data.astype(np.float64)
        self._highs.passModel(lp)
        self._every_row = np.arange(self.cells, dtype=np.int32)
        self._every_group = np.arange(self.groups, dtype=np.int32)
        self._every_column = np.arange(lp.num_col_, dtype=np.int32)

    def bound(self, low: Floats, high: Floats) -> None:
        """Say how far each cell may move from the truth, down (0 or less) and up (0 or more)."""
        self._highs.changeRowsBounds(  # type: ignore[attr-defined]
            self.cells, self._every_row, low, high
        )

    def bound_one(self, cell: int, low: float, high: float) -> None:
        """Say how far one cell may, or must, move."""
        self._highs.changeRowBounds(cell, low, high)

    def hold(self, groups: npt.NDArray[np.bool_]) -> None:
        """Hold some groups at the truth, and let the others move."""
        self._highs.changeColsBounds(
            self.groups,
            self._every_group,
            np.where(groups, 0.0, self._low),
            np.where(groups, 0.0, highspy.kHighsInf),
        )

    def furthest(self, weights: Floats) -> Ints | None:
        """Return the change of the groups that moves the weighted sum of the cells up the most."""
        cost = np.zeros(self.groups + 2 * self.cells)
        cost[: self.groups] = -(self.rows.T @ weights)
        return self._whole(self._solve(cost), cost)

    def limit(self, weights: Floats) -> float:
        """Return how far the weighted sum moves at most if children could be divided; nan unsolved.

        No whole-number change goes further.
        """
        cost = np.zeros(self.groups + 2 * self.cells)
        cost[: self.groups] = -(self.rows.T @ weights)
        values = self._solve(cost)
        return np.nan if values is None else float(-cost @ values)

    def cheapest(self, prices: Floats, down: Floats, up: Floats) -> tuple[Floats, Ints | None]:
        """Return how far beyond its bounds each cell is carried at least cost, and the change.

        `prices` per child per cell; `down`, `up` say how far a cell may be carried. All nan where
        there is no solution.
        """
        carried = self._every_column[self.groups :]
        self._highs.changeColsBounds(
            2 * self.cells, carried, np.zeros(2 * self.cells), np.concatenate([up, down])
        )
        cost = np.concatenate([np.zeros(self.groups), prices, prices])
        values = self._solve(cost)
        if values is not None and self.groups <= _FEW and _rounded(values[: self.groups]) is None:
            whole = self._branched(cost)
            values = values if whole is None else whole
        none = np.zeros(2 * self.cells)
        self._highs.changeColsBounds(2 * self.cells, carried, none, none)
        if values is None:
            return np.full(self.cells, np.nan), None
        beyond = values[self.groups :]
        return beyond[: self.cells] + beyond[self.cells :], _rounded(values[: self.groups])

    def _solve(self, cost: Floats) -> Floats | None:
        self.solved += 1
        self._highs.changeColsCost(len(cost), self._every_column, cost)
        # its clock runs on from programme to programme
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + _SECONDS)
        self._highs.run()
        if self._highs.getModelStatus() not in (_STATUS.kOptimal, _STATUS.kSolutionLimit):
            return None
        return np.array(self._highs.getSolution().col_value)

    def _whole(self, values: Floats | None, cost: Floats) -> Ints | None:
        """Return the change; branch where the linear optimum is not whole."""
        if values is None:
            return None
        if (change := _rounded(values[: self.groups])) is not None:
            return change
        values = self._branched(cost)
        return None if values is None else _rounded(values[: self.groups])

    def _branched(self, cost: Floats) -> Floats | None:
        """Solve for whole children, within a few branches; None where that is not enough."""
        whole, divided = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        every = self._every_group
        self._highs.changeColsIntegrality(self.groups, every, np.array([whole] * self.groups))
        values = self._solve(cost)
        self._highs.changeColsIntegrality(self.groups, every, np.array([divided] * self.groups))
        return values


def _rounded(values: Floats) -> Ints | None:
    whole = np.rint(values)
    return whole.astype(np.int64) if np.abs(values - whole).max(initial=0) < _WHOLE else None
