"""The parts that hang together, and what the linear programmes of one have in common (HiGHS).

A solution of a part's programme is a table that could be behind the release as well. Two that lie
far enough apart in a quantity prove it safe, now and after more is hidden. The truth is one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from measures.disclosure.linked import CRUMB, Floats, Ints, Refused
from measures.disclosure.passing import Rows

DUAL = 1  # HiGHS's number of the dual simplex method
FITS = int(highspy.SolutionStatus.kSolutionStatusFeasible)


@dataclass(frozen=True)
class Part:
    """Quantities that hang together while the others are known, and their rows."""

    quantities: Ints
    rows: Ints


def parts(rows: Rows) -> Iterator[Part]:
    """Yield what hangs together by rows that are searched, in the order of its first quantity.

    Rows that the limits keep to by themselves say nothing, and are left out.
    """
    least, most = rows.known.least, rows.known.most
    open_ = np.flatnonzero(most > least)
    comes_to = rows.matrix.maximum(0) @ least + rows.matrix.minimum(0) @ most
    telling = (np.arange(len(rows.side)) < rows.sums) | (comes_to < rows.side - CRUMB)
    searched = np.flatnonzero(rows.searched & telling)
    kept = abs(rows.matrix[searched][:, open_])
    if not len(open_):
        return
    count, label = connected_components(kept.T @ kept, directed=False)
    rows_of = np.full(kept.shape[0], -1)
    full = np.flatnonzero(np.diff(kept.indptr))
    rows_of[full] = label[kept.indices[kept.indptr[full]]]
    for part in range(count):
        yield Part(open_[label == part], searched[rows_of == part])


class Programme:
    """One part's programme, in how far each quantity is from the truth.

    `matrix` has the part's rows over its own quantities, `whole` over all.
    """

    def __init__(self, rows: Rows, part: Part) -> None:
        """Work out how far each quantity may go, and what every row leaves it."""
        self.part, self.rows = part, rows
        at, truth = part.quantities, rows.linked.truth.astype(np.float64)
        self.whole = rows.matrix[part.rows]
        self.matrix = self.whole[:, at].tocsr()
        self.down = np.minimum(rows.known.least[at] - truth[at], 0)
        self.up = np.maximum(rows.known.most[at] - truth[at], 0)
        self.truth = truth[at]
        # The truth fits them all: what a row comes to with it lies within its sides.
        side = rows.side[part.rows] - self.whole @ truth
        self.low = np.minimum(side, 0)
        self.high = np.where(part.rows < rows.sums, 0, np.inf)

    def highs(self, columns: csr_matrix, low: Floats, high: Floats) -> highspy.Highs:
        """Return a solver of the part's rows over some columns, which lie from `low` to `high`."""
        highs = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (("output_flag", False), ("threads", 1), ("run_crossover", "off")):
            highs.setOptionValue(option, value)
        highs.setOptionValue("simplex_strategy", DUAL)
        highs.addVars(len(low), low, high)
        sides, size = (self.low, self.high), columns.shape[0]
        highs.addRows(size, *sides, columns.nnz, columns.indptr, columns.indices, columns.data)
        return highs

    def failed(self, highs: highspy.Highs) -> Refused:
        """Return what to raise where no counts are found at all."""
        name = self.rows.linked.names[self.part.quantities[0]]
        return Refused(f"the search around {name} failed: {highs.getModelStatus()}")


def is_best(highs: highspy.Highs) -> bool:
    """Return whether the solver has a solution than which there is no better."""
    return bool(highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def fits(highs: highspy.Highs) -> bool:
    """Return whether the solver has a solution that fits all rows."""
    return bool(highs.getInfo().primal_solution_status == FITS)
