"""Sums of quantities as a matrix, and what each comes to at least and at most."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, identity, kron, vstack

from measures.attack.model import Sum

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sums:
    """Rows of weights, a column a quantity; each comes to `low` at least and `high` at most."""

    matrix: csr_matrix
    low: Floats
    high: Floats

    @classmethod
    def of(cls, sums: Sequence[Sum], size: int) -> Self:
        """Return some sums of so many quantities."""
        lengths = [len(indices) for indices, *_ in sums]
        indices = np.concatenate([indices for indices, *_ in sums] or [[]]).astype(np.int64)
        weights = np.concatenate([weights for _, weights, *_ in sums] or [[]])
        rows = np.repeat(np.arange(len(sums)), lengths)
        return cls(
            csr_matrix((weights, (rows, indices)), (len(sums), size)),
            np.array([low for *_, low, _ in sums], float),
            np.array([high for *_, high in sums], float),
        )

    @classmethod
    def together(cls, each: Sequence["Sums"]) -> Self:
        """Return sums of the same quantities, one after the other."""
        return cls(
            vstack([one.matrix for one in each], format="csr"),
            np.concatenate([one.low for one in each]),
            np.concatenate([one.high for one in each]),
        )

    def of_each(self, cells: int) -> "Sums":
        """Return the same sums of the columns of so many cells, which are numbered cell by cell."""
        matrix = kron(identity(cells), self.matrix, format="csr")
        return Sums(matrix, np.tile(self.low, cells), np.tile(self.high, cells))

    def in_each(self, columns: int) -> "Sums":
        """Return the same sums of cells in each of so many columns, numbered cell by cell."""
        matrix = kron(self.matrix, identity(columns), format="csr")
        return Sums(matrix, np.repeat(self.low, columns), np.repeat(self.high, columns))

    def only(self, quantities: npt.NDArray[np.int64]) -> "Sums":
        """Return those that speak of some quantities alone."""
        left = np.ones(self.matrix.shape[1], np.bool_)
        left[quantities] = False
        rows = np.flatnonzero(abs(self.matrix) @ left.astype(np.float64) == 0)
        return Sums(self.matrix[rows][:, quantities], self.low[rows], self.high[rows])
