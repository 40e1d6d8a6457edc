"""What plain subtraction says: limits passed along the sums until they settle."""

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import coo_matrix, vstack

from measures.disclosure.linked import CRUMB, FAR, NOBODY, Floats, Ints, Linked, Mask
from measures.disclosure.reading import Known

ROUNDS = 100  # limits that still move by then do so by little, and are true all the same


LEAST, MOST = 0, 1
End = tuple[int, int]
"""The least or the most that a quantity can be."""


@dataclass(frozen=True)
class Settled:
    """The least and the most that every quantity can be, and the row each was last told by.

    `told` has two values a quantity, -1 where the limit is what the reader knew to begin with.
    """

    least: Floats
    most: Floats
    told: Ints


class Rows:
    """All that a reader can add up: the sums, which come to nought; the shares printed; the bounds.

    Those of the shares and the bounds come to their `side` or more.
    """

    def __init__(self, linked: Linked, known: Known) -> None:
        """Write a row for every sum, every edge of a share printed, and every bound."""
        self.linked, self.known = linked, known
        self.sums = linked.sums.shape[0]
        self.printed, side = known.edges.share, known.edges.side
        columns = linked.shares[self.printed, :2].T.ravel()
        rows = np.tile(np.arange(len(side)), 2)
        shape = (len(side), len(linked.truth))
        shares = coo_matrix((known.edges.weights.ravel(), (rows, columns)), shape)
        bounds = linked.bounds[known.told]
        self.matrix = vstack([linked.sums.astype(np.float64), shares, bounds], format="csr")
        self.side = np.concatenate([np.zeros(self.sums), side, known.bound])
        self.told = np.flatnonzero(known.told)
        self.searched = np.ones(self.matrix.shape[0], np.bool_)
        self.searched[self.sums + len(side) :] = ~linked.loose[known.told]

    def within(self, settled: Settled) -> "Rows":
        """Return the same rows for somebody who has narrower limits."""
        other = copy(self)
        other.known = replace(self.known, least=settled.least, most=settled.most)
        return other

    def _shares(self, rows: Ints) -> Ints:
        """Return the shares that some rows come from."""
        edge = rows[rows >= self.sums] - self.sums
        return np.unique(self.printed[edge[edge < len(self.printed)]])

    def _behind(self, rows: Ints) -> Ints:
        """Return the counts without which some rows that are bounds would not hold, or for less."""
        first = self.sums + len(self.printed)
        bounds = self.told[rows[rows >= first] - first]
        given = self.linked.given
        each = [given.indices[slice(*given.indptr[one : one + 2])] for one in bounds.tolist()]
        return np.unique(np.concatenate([self.linked.bound_of[bounds], *each]))

    def settled(self) -> Settled:
        """Return the least and the greatest that every quantity can be by subtraction alone."""
        least, most = self.known.least, np.minimum(self.known.most, FAR)
        nobody = np.full((2, len(least)), -1)
        return self._passed(Settled(least, most, nobody), most > least)

    def settled_inside(self, settled: Settled, own: Mask) -> Settled:
        """Return the same, from what is `settled` for anybody, for who knows some quantities."""
        truth = self.linked.truth.astype(np.float64)
        least, most = (np.where(own, truth, end) for end in (settled.least, settled.most))
        told = np.where(own, -1, settled.told)
        return self._passed(Settled(least, most, told), own & (settled.most > settled.least))

    def _passed(self, settled: Settled, moving: Mask) -> Settled:
        """Pass limits along, from those of what is `moving`, until they settle."""
        least, most, told = settled.least, settled.most, settled.told
        weighing = abs(self.matrix)
        for _ in range(ROUNDS):
            # Only what hangs together with what has just moved can move.
            rows = np.flatnonzero(weighing @ moving.astype(np.float64))
            entries = self.matrix[rows].tocoo()
            kept = entries.data != 0
            at, column, weight = entries.row[kept], entries.col[kept], entries.data[kept]
            row = rows[at]
            up, exact = weight > 0, row < self.sums
            low = weight * np.where(up, least[column], most[column])
            high = weight * np.where(up, most[column], least[column])
            # What the others of the row come to at least and at most.
            others_low = np.bincount(at, low, len(rows))[at] - low
            others_high = np.bincount(at, high, len(rows))[at] - high
            one = (self.side[row] - others_high) / weight
            other = np.where(exact, -others_low, FAR * FAR) / weight
            lows = np.ceil(np.where(up, one, other) - CRUMB)
            highs = np.floor(np.where(up, other, one) + CRUMB)
            new_least, new_most = least.copy(), most.copy()
            np.maximum.at(new_least, column, lows)
            np.minimum.at(new_most, column, highs)
            rose, fell = new_least > least, new_most < most
            if not rose.any() and not fell.any():
                break
            for end, moved in (
                (LEAST, rose[column] & (lows == new_least[column])),
                (MOST, fell[column] & (highs == new_most[column])),
            ):
                told[end, column[moved]] = row[moved]
            least, most, moving = new_least, new_most, rose | fell
        return Settled(least, most, told)

    def sources(
        self, settled: Settled, ends: Iterable[End], held: Iterable[int] = ()
    ) -> tuple[Ints, Ints]:
        """Return what some settled limits come from in the end: quantities, and printed shares.

        And what the rows come from that some quantities are `held` by.
        """
        reached, edge = set[End](), list(ends)
        quantities, rows = set[int](), set(held)
        while edge:
            if (end := edge.pop()) in reached:
                continue
            reached.add(end)
            if (row := int(settled.told[end[1], end[0]])) < 0:
                quantities.add(end[0])
                continue
            if row >= self.sums:
                rows.add(row)
            edge += self._leaning(end, row)
        found = np.array(sorted(rows), np.int64)
        behind = np.union1d(np.array(sorted(quantities), np.int64), self._behind(found))
        return behind[behind != NOBODY].astype(np.int64), self._shares(found)

    def _leaning(self, end: End, row: int) -> Iterator[End]:
        """Yield the limits of a row's other quantities that one limit was worked out from."""
        at = slice(self.matrix.indptr[row], self.matrix.indptr[row + 1])
        members = zip(self.matrix.indices[at].tolist(), self.matrix.data[at].tolist(), strict=True)
        weights = {member: weight for member, weight in members if weight}
        mine = weights.pop(end[0])
        for member, weight in weights.items():
            # To be the least, the others have to be the most, if they weigh alike.
            yield member, end[1] if (weight > 0) != (mine > 0) else 1 - end[1]
