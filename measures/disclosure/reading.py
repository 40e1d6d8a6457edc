"""What a reader of the release knows of every quantity, given what is hidden in it."""

from dataclasses import dataclass

import numpy as np

from measures.disclosure.linked import NOBODY, Floats, Ints, Linked, Mask
from measures.disclosure.policy import Policy
from measures.disclosure.publish import is_small
from measures.statistics import percents, round_half_away_each, wilson_limits

FAR = 1e7  # no count of children is greater
PORTION = 1_000_000  # pairs of counts that are looked at at once


@dataclass(frozen=True)
class Known:
    """The least and greatest that every quantity can be, and of every share its printed value.

    A share that is not printed has the value NaN. `told` are the bounds that hold, and `bound` what
    each of those comes to at least.
    """

    least: Floats
    most: Floats
    share: Floats
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
        self.value = percents(n, np.maximum(base, 1)).astype(np.float64)
        self.share, self.alike = self._alike(np.flatnonzero(~self.never))

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
        fits = shown[self.share]
        share, both, fitting = self.share[fits], self.alike[:, fits], -1
        while fitting != len(share):  # what narrows one share's counts narrows another's
            fitting = len(share)
            fits = np.ones(fitting, np.bool_)
            for side, counts in enumerate(both):
                at = self.linked.shares[:, side]
                low, high = np.zeros(len(shown)), np.full(len(shown), FAR)
                low[share], high[share] = FAR, 0
                np.minimum.at(low, share, counts)
                np.maximum.at(high, share, counts)
                np.maximum.at(least, at, low)
                np.minimum.at(most, at, high)
                fits &= (counts >= least[at[share]]) & (counts <= most[at[share]])
            share, both = share[fits], both[:, fits]
        of = self.linked.bound_of
        told = (of == NOBODY) | ~hidden[of]
        bound = self.linked.least + self.linked.given @ (printed & ~hidden).astype(np.float64)
        return Known(least, most, np.where(shown, self.value, np.nan), told, bound[told])

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

    def _alike(self, shares: Ints) -> tuple[Ints, Floats]:
        """Return all counts that print a share as it is: whose they are, and rows n and base."""
        found = [(shares[:0], np.zeros((2, 0)))]
        least, most = (ends[self.linked.shares[shares, :2]] for ends in (self.least, self.most))
        many = (most - least + 1).prod(axis=1).astype(np.int64)
        portion = np.where(many > 1, np.cumsum(many) // PORTION, -1)
        for one in np.unique(portion[many > 1]).tolist():
            here = shares[portion == one]
            which, both = _pairs(least[portion == one], most[portion == one])
            real = (both[0] <= both[1]) & (both[1] > 0)
            which, both = which[real], both[:, real]
            seen = _print(*self.linked.truth[self.linked.shares[here, :2]].T)
            same = (_print(*both) == seen[:, which]).all(axis=0)
            found.append((here[which[same]], both[:, same]))
        whose, counts = zip(*found, strict=True)
        return np.concatenate(whose), np.concatenate(counts, axis=1)


def _pairs(least: Floats, most: Floats) -> tuple[Ints, Floats]:
    """Return every pair of whole numbers within limits: whose limits, and a row of each number."""
    wide = (most - least + 1).astype(np.int64)
    many = wide.prod(axis=1)
    which = np.repeat(np.arange(len(many)), many)
    place = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    return which, least[which].T + np.divmod(place, wide[which, 1])


def rounded(truth: Ints, unit: Ints, threshold: int) -> tuple[Ints, Ints]:
    """Return the least and greatest count that would be shown as each of these is."""
    shown = truth.copy()
    for to in np.unique(unit):
        shown[unit == to] = round_half_away_each(truth[unit == to], int(to))
    low = np.maximum(shown - unit // 2, threshold + 1)
    return np.where(truth == 0, 0, low), np.where(truth == 0, 0, shown + (unit - 1) // 2)


def _print(tops: Ints | Floats, bottoms: Ints | Floats) -> Floats:
    """Return shares as they are printed: percentages and both ends of their intervals."""
    low, high = wilson_limits(tops, bottoms)
    ends = [round_half_away_each(100 * end) for end in (low, high)]
    return np.stack([percents(tops, bottoms), *ends]).astype(float)
