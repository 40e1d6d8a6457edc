"""The search for other counts that would be published alike: linear programmes (HiGHS).

A solution of a part's programme is a table that could be behind the release as well. Two that lie
far enough apart in a quantity prove it safe, now and after more is hidden. The truth is one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse.csgraph import connected_components

from measures.disclosure.linked import CRUMB, Floats, Ints, Refused
from measures.disclosure.passing import LEAST, MOST, End, Rows

DUAL, PRIMAL = 1, 4  # HiGHS's numbers of the two simplex methods
INSIDE, ANEW, WARM = ("ipm", DUAL), ("simplex", DUAL), ("simplex", PRIMAL)
FITS = int(highspy.SolutionStatus.kSolutionStatusFeasible)
MANY = 100  # quantities: a question of more is begun anew, one of fewer from the last answer
LARGE = 15_000  # quantities: from here an interior point is sooner found than a vertex


@dataclass(frozen=True)
class Part:
    """Quantities that hang together while the others are known, and their rows."""

    quantities: Ints
    rows: Ints


def parts(rows: Rows) -> Iterator[Part]:
    """Yield what hangs together, in the order of the first quantity of each."""
    loose = np.flatnonzero(rows.known.most > rows.known.least)
    kept = abs(rows.matrix[:, loose])
    if not len(loose):
        return
    count, label = connected_components(kept.T @ kept, directed=False)
    rows_of = np.full(kept.shape[0], -1)
    full = np.flatnonzero(np.diff(kept.indptr))
    rows_of[full] = label[kept.indices[kept.indptr[full]]]
    for part in range(count):
        yield Part(loose[label == part], np.flatnonzero(rows_of == part))


class Programme:
    """One part's programme, warm from one question to the next."""

    def __init__(self, rows: Rows, part: Part) -> None:
        """Set it up: what is known for certain goes into the rows' sides."""
        self.part, self.rows = part, rows
        least, most = rows.known.least, rows.known.most
        self.matrix = rows.matrix[part.rows]
        certain = least.copy()
        certain[part.quantities] = 0
        beside = self.matrix @ certain
        mine = self.matrix[:, part.quantities].tocsr()
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(part.quantities), len(part.rows)
        lp.col_cost_ = np.zeros(lp.num_col_)
        lp.col_lower_, lp.col_upper_ = least[part.quantities], most[part.quantities]
        lp.row_lower_ = rows.side[part.rows] - beside
        lp.row_upper_ = np.where(part.rows < rows.sums, -beside, np.inf)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_ = mine.indptr, mine.indices
        lp.a_matrix_.value_ = mine.data
        self.highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self.highs.setOptionValue("output_flag", False)
        self.highs.setOptionValue("threads", 1)
        self.highs.setOptionValue("run_crossover", "off")
        self.highs.passModel(lp)
        self.fresh = True

    def least(self, places: Ints, costs: Floats) -> Floats:
        """Minimise the sum of some of the part's quantities, by place, times costs.

        Raises `Refused` where no counts fit at all.
        """
        at = places.astype(np.int32)
        self.highs.changeColsCost(len(at), at, costs)
        solution = self._solved(len(at))
        self.highs.changeColsCost(len(at), at, np.zeros(len(at)))
        self.row_pull = np.array(solution.row_dual)
        self.pull = -(self.matrix.T @ self.row_pull)
        self.pull[self.part.quantities[at]] += costs
        return np.array(solution.col_value)

    def _solved(self, many: int) -> highspy.HighsSolution:
        """Solve it the way that is soonest for so many quantities; else by a vertex, anew."""
        if many > 1 and len(self.part.quantities) > LARGE:
            ways = [INSIDE, ANEW]
        else:
            ways = [ANEW] if self.fresh or many > MANY else [WARM, ANEW]
        for way in ways:
            solver, strategy = way
            self.highs.setOptionValue("solver", solver)
            self.highs.setOptionValue("simplex_strategy", strategy)
            if way != WARM:
                self.highs.clearSolver()
            self.highs.run()
            self.fresh = way == INSIDE  # which leaves no vertex to begin from
            # Of many at once any solution shows something, also one that might not be the best.
            if self._is_best() or (way == INSIDE and self._fits()):
                return self.highs.getSolution()
        name = self.rows.linked.names[self.part.quantities[0]]
        raise Refused(f"the search around {name} failed: {self.highs.getModelStatus()}")

    def _is_best(self) -> bool:
        return bool(self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def _fits(self) -> bool:
        return bool(self.highs.getInfo().primal_solution_status == FITS)

    def pins(self) -> tuple[list[End], Ints]:
        """Return the limits of quantities and the shares that hold the last answer where it is."""
        held = np.flatnonzero(np.abs(self.pull) > CRUMB)
        ends = [(at, LEAST if self.pull[at] > 0 else MOST) for at in held.tolist()]
        return ends, self.rows.shares(self.part.rows[np.abs(self.row_pull) > CRUMB])
