"""What plain subtraction says: limits passed along the sums until they settle."""

from copy import copy
from dataclasses import replace

import numpy as np
from scipy.sparse import coo_matrix, vstack

from measures.disclosure.linked import Floats, Ints, Linked, Mask
from measures.disclosure.reading import FAR, Known

CRUMB = 1e-6
ROUNDS = 100  # limits that still move by then do so by little, and are true all the same


class Rows:
    """All that a reader can add up: the sums, which come to nought, and then the shares printed.

    A share lies above v - 1/2 and below v + 1/2: two rows, which come to nought or more.
    """

    def __init__(self, linked: Linked, known: Known) -> None:
        """Write a row for every sum, and two for every share."""
        self.linked, self.known = linked, known
        self.printed = np.flatnonzero(~np.isnan(known.share))
        self.sums = linked.sums.shape[0]
        n, base, _ = linked.shares[self.printed].T
        value = known.share[self.printed]
        first = 2 * np.arange(len(value))
        hundred = np.full(len(value), 100.0)
        weights = np.concatenate([hundred, 0.5 - value, -hundred, value + 0.5])
        rows = np.concatenate([first, first, first + 1, first + 1])
        columns = np.concatenate([n, base, n, base])
        shape = (2 * len(value), len(linked.truth))
        told = coo_matrix((weights, (rows, columns)), shape)
        self.matrix = vstack([linked.sums.astype(np.float64), told], format="csr")

    def knowing(self, own: Mask) -> "Rows":
        """Return the same rows for somebody who knows the truth of some quantities."""
        truth = self.linked.truth.astype(np.float64)
        least = np.where(own, truth, self.known.least)
        return self.within(least, np.where(own, truth, self.known.most))

    def within(self, least: Floats, most: Floats) -> "Rows":
        """Return the same rows for somebody who has narrower limits."""
        other = copy(self)
        other.known = replace(self.known, least=least, most=most)
        return other

    def shares(self, rows: Ints) -> Ints:
        """Return the shares that some rows come from."""
        told = rows[rows >= self.sums] - self.sums
        return self.printed[np.unique(told // 2)]

    def settled(self) -> tuple[Floats, Floats]:
        """Return the least and the greatest that every quantity can be by subtraction alone."""
        least, most = self.known.least, np.minimum(self.known.most, FAR)
        entries = self.matrix.tocoo()
        kept = entries.data != 0
        row, column, weight = entries.row[kept], entries.col[kept], entries.data[kept]
        up, exact = weight > 0, row < self.sums
        count = self.matrix.shape[0]
        for _ in range(ROUNDS):
            low = weight * np.where(up, least[column], most[column])
            high = weight * np.where(up, most[column], least[column])
            # What the others of the row come to at least and at most.
            others_low = np.bincount(row, low, count)[row] - low
            others_high = np.bincount(row, high, count)[row] - high
            one = -others_high / weight
            other = np.where(exact, -others_low, FAR * FAR) / weight
            new_least, new_most = least.copy(), most.copy()
            np.maximum.at(new_least, column, np.ceil(np.where(up, one, other) - CRUMB))
            np.minimum.at(new_most, column, np.floor(np.where(up, other, one) + CRUMB))
            if np.array_equal(new_least, least) and np.array_equal(new_most, most):
                break
            least, most = new_least, new_most
        return least, most
