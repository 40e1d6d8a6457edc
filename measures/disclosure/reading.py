"""What a reader of the release knows of every quantity, given what is hidden in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from measures.disclosure.linked import NOBODY, Floats, Ints, Linked, Mask
from measures.disclosure.policy import Policy
from measures.disclosure.publish import is_small
from measures.statistics import percents, round_half_away_each, wilson_limits

FAR = 1e7  # no count of children is greater
PORTION = 1_000_000  # pairs of counts that are looked at at once


@dataclass(frozen=True)
class Edges:
    """What a printed share keeps its counts to: `weights` of n and base come to `side` or more.

    `share` has the share's number. A share of counts that are exactly known has no edges.
    """

    share: Ints
    weights: Floats
    side: Floats


@dataclass(frozen=True)
class Known:
    """The least and greatest that every quantity can be, and which shares are printed.

    `told` are the bounds that hold, and `bound` what each of those comes to at least.
    """

    least: Floats
    most: Floats
    shares: Mask
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
        self.share, self.alike = self._alike(np.flatnonzero(~self.never))
        self.edges = _edges_of_each(self.share, *self.alike)

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
            for side, counts in enumerate((*both, both[1] - both[0])):
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
        return Known(least, most, shown, told, bound[told])

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

    def _printable(self, n: Floats, base: Floats) -> Mask:
        """Return where the share of two counts may be shown: neither they nor the rest are few."""
        found: Mask = (n <= base) & (base > 0)
        for part in (n, base - n):
            few = (part > 0) & (part <= self.policy.threshold)
            found &= ~few & ((part > 0) | (base >= self.policy.percentage))
        return found

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
            real = self._printable(*both)
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


def _edges_of_each(share: Ints, n: Floats, base: Floats) -> Edges:
    """Return what the shares that pairs of counts print keep those to."""
    found = list[tuple[float, ...]]()
    order = np.argsort(share, kind="stable")
    cuts = np.flatnonzero(np.diff(share[order])) + 1
    for at in np.split(order, cuts) if len(order) else []:
        pairs = list(zip(base[at].tolist(), n[at].tolist(), strict=True))
        found += [(float(share[at[0]]), *edge) for edge in _edges(pairs)]
    of, tops, bottoms, side = np.array(found).reshape(-1, 4).T
    return Edges(of.astype(np.int64), np.stack([tops, bottoms]), side)


def _edges(pairs: list[tuple[float, float]]) -> Iterator[tuple[float, float, float]]:
    """Yield the slanting edges of the hull of some bases and tops: weights of top, base, least."""
    for sign in (1, -1):
        lowest: dict[float, float] = {}
        for base, n in pairs:
            lowest[base] = min(lowest.get(base, FAR), sign * n)
        chain = list[tuple[float, float]]()
        for x, y in sorted(lowest.items()):
            while len(chain) > 1 and _is_above(chain[-1], chain[-2], (x, y)):
                chain.pop()
            chain.append((x, y))
        for (x, y), (further, other) in pairwise(chain):
            across, up = further - x, other - y
            if up:
                yield sign * across, -up, across * y - up * x


def _is_above(
    point: tuple[float, float], left: tuple[float, float], right: tuple[float, float]
) -> bool:
    """Return whether a point is on or above the line from one to its left to one to its right."""
    rise = (right[1] - left[1]) * (point[0] - left[0])
    return (point[1] - left[1]) * (right[0] - left[0]) >= rise


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
