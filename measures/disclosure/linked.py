"""Counts that share children, and how they add up: what is protected together.

A quantity is one count of one cell. Some are printed in the release; others nobody prints, and
anybody can work out (what a part leaves of its whole) or has to reckon with (children of no known
region).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Name = tuple[str, int]
"""A flag and the number of a cell: whose count it is."""
NOBODY = -1  # the agency of a count of England or a region


class Refused(Exception):
    """A release that cannot be made safe; the message names a cell of it."""


@dataclass(frozen=True)
class Linked:
    """Quantities, and the sums between them.

    `truth`, `unit` (what a shown one is rounded to), `agency` (a number, or NOBODY), `cost` (of
    hiding it), `printed` and `left` (what a part leaves of its whole) have one value a quantity.
    `sums` has a row a sum: its parts weigh 1 and its wholes -1, and it comes to nought. `shares`
    has a row a published percentage: the quantities of its numerator, of its denominator, and of
    what the one leaves of the other. `names` is for messages.
    """

    names: Sequence[Name]
    truth: Ints
    unit: Ints
    agency: Ints
    cost: Floats
    printed: Mask
    left: Mask
    sums: csr_matrix
    shares: Ints

    def __post_init__(self) -> None:
        """Refuse what does not add up: nothing could be said of its safety."""
        wrong = np.flatnonzero(self.sums @ self.truth)
        if wrong.size or (self.truth < 0).any():
            at = self.sums.indices[self.sums.indptr[wrong[0]]] if wrong.size else 0
            raise Refused(f"the counts around {self.names[at]} do not add up")


@dataclass
class Linking:
    """Counts on their way to be linked: add quantities, say how they add up, and `done`."""

    names: list[Name] = field(default_factory=list)
    columns: list[tuple[int, int, int, float, bool, bool]] = field(default_factory=list)
    sums: list[tuple[Sequence[int], Sequence[int]]] = field(default_factory=list)
    shares: list[tuple[int, int, int]] = field(default_factory=list)

    def printed(
        self, name: Name, truth: int, unit: int = 1, agency: int = NOBODY, cost: float = 1.0
    ) -> int:
        """Add a count that the release prints, or hides; return its number."""
        return self._add(name, (truth, unit, agency, cost, True, False))

    def unseen(self, name: Name, truth: int) -> int:
        """Add a count that nobody prints and nobody is after; return its number."""
        return self._add(name, (truth, 1, NOBODY, np.inf, False, False))

    def left(self, name: Name, truth: int, agency: int = NOBODY) -> int:
        """Add what a part leaves of its whole: not printed, but not to be found out; its number."""
        return self._add(name, (truth, 1, agency, np.inf, False, True))

    def _add(self, name: Name, column: tuple[int, int, int, float, bool, bool]) -> int:
        self.names.append(name)
        self.columns.append(column)
        return len(self.names) - 1

    def add_up(self, wholes: Sequence[int], parts: Sequence[int]) -> None:
        """State that wholes together are the sum of parts."""
        self.sums.append((wholes, parts))

    def done(self) -> Linked:
        """Return what was added; raises `Refused` where a sum is wrong."""
        indices = [[*wholes, *parts] for wholes, parts in self.sums]
        weights = [[-1] * len(wholes) + [1] * len(parts) for wholes, parts in self.sums]
        start = np.cumsum([0, *map(len, indices)])
        flat = np.array([at for row in indices for at in row], np.int64)
        weight = np.array([w for row in weights for w in row], np.int64)
        sums = csr_matrix((weight, flat, start), (len(indices), len(self.names)))
        sums.sort_indices()  # else scipy may do so later, in a matrix that shares them in part
        shares = np.array(self.shares, np.int64).reshape(-1, 3)
        truth, unit, agency, cost, printed, left = np.array(self.columns, float).reshape(-1, 6).T
        return Linked(
            names=self.names,
            truth=truth.astype(np.int64),
            unit=unit.astype(np.int64),
            agency=agency.astype(np.int64),
            cost=cost,
            printed=printed.astype(np.bool_),
            left=left.astype(np.bool_),
            sums=sums,
            shares=shares,
        )
