"""Counts that share children, and how they add up: what is protected together.

A quantity is one count of one cell. Some are printed in the release; others nobody prints, and
anybody can work out (what a part leaves of its whole) or has to reckon with (children of no known
region).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Name = tuple[str, int]
"""A flag and the number of a cell: whose count it is."""
NOBODY = -1  # the agency of a count of England or a region
CRUMB = 1e-6
FAR = 1e7  # no count of children is greater


class Refused(Exception):
    """A release that cannot be made safe; the message names a cell of it."""


@dataclass(frozen=True)
class Bound:
    """What can be said where n is shown: `more` less `fewer` is `least` and `share` of n at least.

    `of` is the quantity n, NOBODY where it holds whatever is shown. `given` are further quantities,
    each with how many more it is at least where that one is shown. A `loose` one ties counts that
    are searched apart: limits are passed along it, and programmes go without.
    """

    more: Sequence[int]
    fewer: Sequence[int]
    least: float = 0.0
    of: int = NOBODY
    share: float = 0.0
    loose: bool = False
    given: Sequence[tuple[int, float]] = ()


@dataclass(frozen=True)
class Linked:
    """Quantities, and the sums between them.

    `truth`, `unit` (what a shown one is rounded to), `agency` (a number, or NOBODY), `cost` (of
    hiding it), `printed`, `left` (what a part leaves of its whole) and `split` (other figures say
    whether it is reached, nought where none do) have one value a quantity; `least`, `bound_of`,
    `loose` and `given` have one, or a row, for each of `bounds` (see `Bound`).
    `sums` has a row a sum: its parts weigh 1 and its wholes -1, and it comes to nought. `shares`
    has a row a published percentage: the quantities of its numerator, of its denominator, and of
    what the one leaves of the other. `names` say what a pattern is of, and serve messages.
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
    bounds: csr_matrix
    least: Floats
    bound_of: Ints
    loose: Mask
    given: csr_matrix
    split: Ints

    @cached_property
    def decided(self) -> Mask:
        """What a pattern decides of: the printed ones, and what a percentage leaves."""
        found = self.printed.copy()
        found[self.shares[:, 2]] = True
        return found

    def __post_init__(self) -> None:
        """Refuse what does not add up: nothing could be said of its safety."""
        wrong = np.flatnonzero(self.sums @ self.truth)
        if wrong.size or (self.truth < 0).any():
            at = self.sums.indices[self.sums.indptr[wrong[0]]] if wrong.size else 0
            raise Refused(f"the counts around {self.names[at]} do not add up")
        least = self.least + self.given @ np.ones(len(self.truth))
        if (false := np.flatnonzero(self.bounds @ self.truth < least - CRUMB)).size:
            of = self.bounds.indices[self.bounds.indptr[false[0]]]
            raise Refused(f"the days around {self.names[of]} contradict its bands")


@dataclass
class Linking:
    """Counts on their way to be linked: add quantities, say how they add up, and `done`.

    `split` has the numbers of counts of which other figures say whether they reach so many.
    """

    names: list[Name] = field(default_factory=list)
    columns: list[tuple[int, int, int, float, bool, bool]] = field(default_factory=list)
    split: dict[int, int] = field(default_factory=dict)
    sums: list[tuple[Sequence[int], Sequence[int]]] = field(default_factory=list)
    shares: list[tuple[int, int, int]] = field(default_factory=list)
    bounds: list[Bound] = field(default_factory=list)

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
        sums = self._matrix([(parts, wholes) for wholes, parts in self.sums])
        bounds = self._matrix([(bound.more, bound.fewer) for bound in self.bounds])
        of = np.array([bound.of for bound in self.bounds], np.int64)
        share = np.array([bound.share for bound in self.bounds], float)
        told = np.flatnonzero(share)
        less = csr_matrix((share[told], (told, of[told])), bounds.shape)
        shares = np.array(self.shares, np.int64).reshape(-1, 3)
        truth, unit, agency, cost, printed, left = np.array(self.columns, float).reshape(-1, 6).T
        split = np.zeros(len(self.columns), np.int64)
        split[list(self.split)] = list(self.split.values())
        given = [(row, *one) for row, bound in enumerate(self.bounds) for one in bound.given]
        rows, at, more = np.array(given, float).reshape(-1, 3).T
        return Linked(
            names=self.names,
            truth=truth.astype(np.int64),
            unit=unit.astype(np.int64),
            agency=agency.astype(np.int64),
            cost=cost,
            printed=printed.astype(np.bool_),
            left=left.astype(np.bool_),
            sums=sums.astype(np.int64),
            shares=shares,
            bounds=(bounds - less).tocsr(),
            least=np.array([bound.least for bound in self.bounds], float),
            bound_of=of,
            given=csr_matrix((more, (rows.astype(int), at.astype(int))), bounds.shape),
            split=split,
            loose=np.array([bound.loose for bound in self.bounds], np.bool_),
        )

    def _matrix(self, rows: Sequence[tuple[Sequence[int], Sequence[int]]]) -> csr_matrix:
        """Return a row of weights each: 1 for the first quantities, -1 for the others."""
        lengths = [(len(up), len(down)) for up, down in rows]
        flat = np.array([at for up, down in rows for at in (*up, *down)], np.int64)
        weight = np.repeat(np.tile([1.0, -1.0], len(rows)), np.array(lengths, np.int64).ravel())
        start = np.cumsum([0, *map(sum, lengths)])
        matrix = csr_matrix((weight, flat, start), (len(rows), len(self.names)))
        matrix.sort_indices()  # else scipy may do so later, in a matrix that shares them in part
        return matrix
