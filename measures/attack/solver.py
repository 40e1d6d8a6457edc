"""The solver of the linear programmes (HiGHS), and of those in whole numbers where they are small.

None but this module knows how HiGHS wants to be asked.
"""

import highspy
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from measures.attack.subtraction import NEAR
from measures.attack.sums import Floats

DUAL, PRIMAL = 1, 4  # as HiGHS numbers the two ways of the simplex method
FITS = int(highspy.SolutionStatus.kSolutionStatusFeasible)


class Unsolved(Exception):
    """No solution was found, so nothing can be said to fit."""


class Solver:
    """Columns within limits, and rows of them that come to `low` at least and to `high` at most."""

    def __init__(self, rows: csr_matrix, low: Floats, high: Floats, upper: Floats) -> None:
        """Set it up: every column lies from nought to `upper`."""
        self.highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self.set(output_flag=False, threads=1, run_crossover="off", simplex_strategy=DUAL)
        self.highs.addVars(len(upper), np.zeros(len(upper)), upper)
        size = rows.shape[0]
        self.highs.addRows(size, low, high, rows.nnz, rows.indptr, rows.indices, rows.data)

    def set(self, **options: bool | int | str) -> None:
        """Set options, by HiGHS's names."""
        for option, value in options.items():
            self.highs.setOptionValue(option, value)

    def cost(self, columns: npt.NDArray[np.int64], costs: Floats) -> None:
        """Set what some columns cost: a solution costs as little as can be."""
        self.highs.changeColsCost(len(columns), columns.astype(np.int32), costs)

    def limit(self, column: int, upper: float) -> None:
        """Set the greatest that a column can be."""
        self.highs.changeColBounds(column, 0, upper)

    def best(self, *, whole: bool) -> Floats:
        """Return the best solution, in `whole` numbers or not, anew; raises `Unsolved`."""
        self._solve("simplex")
        if not self._is_best():
            raise Unsolved
        return self._in_whole_numbers() if whole else self._values()

    def next(self, *, whole: bool) -> Floats:
        """Return the best solution, from where the last question ended; raises `Unsolved`."""
        self.set(solver="simplex")
        self.highs.run()
        if not self._is_best():
            return self.best(whole=whole)
        self.set(simplex_strategy=PRIMAL)  # other costs leave a vertex one that fits
        return self._in_whole_numbers() if whole else self._values()

    def prices(self) -> tuple[Floats, Floats]:
        """Return what the columns' limits and the rows cost the last solution: 0 if they hold none.

        That of a column's lower limit is more than nought, that of its upper one less.
        """
        solution = self.highs.getSolution()
        return np.array(solution.col_dual), np.array(solution.row_dual)

    def some(self, *, inside: bool, whole: bool) -> Floats:
        """Return a solution that fits, the best or not; raises `Unsolved`.

        It is looked for by interior points (`inside`), else by vertices.
        """
        for solver in ("ipm", "simplex") if inside else ("simplex",):
            self._solve(solver)
            if self._is_best() or self._fits():
                return self._in_whole_numbers() if whole else self._values()
        raise Unsolved

    def _in_whole_numbers(self) -> Floats:
        if (np.abs(self._values() - np.round(self._values())) <= NEAR).all():
            return self._values()
        every = range(self.highs.getNumCol())
        for column in every:
            self.highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        self._solve("choose")  # any other would pass over that numbers are whole
        found, is_best = self._values(), self._is_best()
        for column in every:
            self.highs.changeColIntegrality(column, highspy.HighsVarType.kContinuous)
        if not is_best:
            raise Unsolved
        return found

    def _solve(self, solver: str) -> None:
        self.set(solver=solver, simplex_strategy=DUAL)
        self.highs.clearSolver()
        self.highs.run()

    def _values(self) -> Floats:
        return np.array(self.highs.getSolution().col_value)

    def _is_best(self) -> bool:
        return bool(self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def _fits(self) -> bool:
        return bool(self.highs.getInfo().primal_solution_status == FITS)
