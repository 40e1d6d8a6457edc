"""What a reader of the release knows of every quantity, given what is hidden in it."""

from dataclasses import dataclass

import numpy as np

from measures.disclosure.alike import Alike, Edges
from measures.disclosure.linked import FAR, NOBODY, Floats, Ints, Linked, Mask
from measures.disclosure.policy import Policy
from measures.disclosure.printed import rounded
from measures.disclosure.publish import is_small


@dataclass(frozen=True)
class Known:
    """The least and greatest that every quantity can be, and what shares keep them to beside that.

    `told` are the bounds that hold, and `bound` what each of those comes to at least.
    """

    least: Floats
    most: Floats
    edges: Edges
    told: Mask
    bound: Floats


class Reading:
    """A reader: knows the rounding, that noughts are shown, and what a percentage gives away."""

    def __init__(self, linked: Linked, policy: Policy) -> None:
        """Work out what every quantity and every share would give away if it were shown."""
        self.linked, self.policy = linked, policy
        low, high = rounded(linked.truth, linked.unit, policy.threshold)
        high = np.where(linked.truth < linked.split, np.minimum(high, linked.split - 1), high)
        low = np.where(linked.truth < linked.split, low, np.maximum(low, linked.split))
        self.least, self.most = low.astype(np.float64), high.astype(np.float64)
        n, base, rest = linked.truth[linked.shares].T
        few = (base < policy.percentage) & ((n == 0) | (rest == 0))
        small = [self.is_small(counts) for counts in (n, base, rest)]
        self.never = few | (base == 0) | np.any(small, axis=0)
        shares = np.flatnonzero(~self.never)
        ends = self.least[linked.shares[shares, :2]], self.most[linked.shares[shares, :2]]
        truth = linked.truth[linked.shares[shares, :2]]
        self.alike = Alike.of(shares, truth, ends, policy)

    def is_small(self, counts: Ints) -> Mask:
        """Return where a count is so small that it is nobody's business."""
        return is_small(self.policy, counts)

    def known(self, hidden: Mask) -> Known:
        """Return what the reader knows before adding anything up.

        `hidden` is, at what a share leaves, whether the percentage is.
        """
        printed, shown = self.linked.printed, self._shown(hidden)
        least = np.where(printed & ~hidden, self.least, np.where(printed, 1.0, 0.0))
        most = np.where(printed & ~hidden, self.most, FAR)
        alike = self.alike.where(shown[self.alike.share])
        alike = alike.narrowed(self.linked.shares, least, most)
        of = self.linked.bound_of
        told = (of == NOBODY) | ~hidden[of]
        bound = self.linked.least + self.linked.given @ (printed & ~hidden).astype(np.float64)
        return Known(least, most, alike.edges(), told, bound[told])

    def telling(self, hidden: Mask, known: Known) -> dict[int, list[int]]:
        """Return the quantities known better than by rounding, with the shares that may do it."""
        shares = np.flatnonzero(self._shown(hidden))
        by_base: dict[int, list[int]] = {}
        for share in shares.tolist():
            by_base.setdefault(int(self.linked.shares[share, 1]), []).append(share)
        better = (known.least > self.least) | (known.most < self.most)
        return {
            int(at): by_base[int(base)]
            for n, base, _ in self.linked.shares[shares]
            for at in (n, base)
            if better[at]
        }

    def _shown(self, hidden: Mask) -> Mask:
        shown: Mask = ~self.never & ~hidden[self.linked.shares].any(axis=1)
        return shown
