"""What somebody knows of all quantities together: a model's sums as a matrix, and limits."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from measures.attack.model import Model, Name
from measures.attack.relations import REST
from measures.attack.revisions import ONLY_IN, SINCE
from measures.attack.sums import Floats, Sums

Mask = npt.NDArray[np.bool_]
FAR = 1e6  # no count of children is greater


@dataclass(frozen=True)
class Knowledge:
    """The limits of quantities (`least`, `most`), and the sums of them (rows of `matrix`).

    A sum comes to `low` at least and to `high` at most. `differences` are quantities that nobody
    prints. `seen` are tables known to us that fit all this, a row each: NaN where one is not known.
    """

    matrix: csr_matrix
    low: Floats
    high: Floats
    least: Floats
    most: Floats
    seen: Floats
    differences: Mask

    @classmethod
    def of(cls, model: Model) -> Self:
        """Return what anybody knows who reads the figures."""
        sums = Sums.of(model.sums, len(model.names))
        differences = np.array([_is_difference(name) for name in model.names], np.bool_)
        return cls.that(sums, np.array(model.least), np.array(model.most), differences)

    @classmethod
    def that(cls, sums: Sums, least: Floats, most: Floats, differences: Mask | None = None) -> Self:
        """Return what follows from sums and limits; no quantity is a difference if none is said."""
        return cls(
            matrix=sums.matrix,
            low=sums.low,
            high=sums.high,
            least=least.astype(float),
            most=np.minimum(most.astype(float), FAR),
            seen=np.empty((0, len(least))),
            differences=np.zeros(len(least), np.bool_) if differences is None else differences,
        )

    def within(self, least: Floats, most: Floats) -> Self:
        """Return the same for somebody who has narrower limits."""
        return replace(self, least=least, most=most)

    def knowing(self, truth: Floats, known: Mask) -> Self:
        """Return the same for somebody who knows the truth of some; what is true is seen by us."""
        least, most = np.where(known, truth, self.least), np.where(known, truth, self.most)
        return replace(self, least=least, most=most, seen=truth[np.newaxis])


def truth_of(model: Model, counts: Mapping[Name, int]) -> Floats:
    """Return the true counts by a model's quantities; NaN where none is given."""
    return np.array([counts.get(name, np.nan) for name in model.names], float)


def _is_difference(name: Name) -> bool:
    if name[2].endswith(REST):
        return ONLY_IN not in name[0]
    return SINCE in name[0] and name[6] != "not known"
