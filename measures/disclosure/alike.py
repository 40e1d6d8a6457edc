"""What printed shares give away: all pairs of counts that would print them as they are."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from measures.disclosure.hull import slanting
from measures.disclosure.linked import FAR, Floats, Ints, Mask
from measures.disclosure.policy import Policy
from measures.statistics import percents, round_half_away_each, wilson_limits

PORTION = 1_000_000  # pairs of counts that are looked at at once


@dataclass(frozen=True)
class Edges:
    """What printed shares keep their counts to: `weights` of n and base come to `side` or more.

    `share` has the share's number. A share of counts that are exactly known has no edges.
    """

    share: Ints
    weights: Floats
    side: Floats


@dataclass(frozen=True)
class Alike:
    """Pairs of counts, rows n and base, that would print the share of a number as it is.

    Those of one share stand together.
    """

    share: Ints
    counts: Floats

    @classmethod
    def of(cls, shares: Ints, truth: Ints, ends: tuple[Floats, Floats], policy: Policy) -> Self:
        """Return all pairs that print the shares of some numbers as their true counts do.

        By share n and base: their `truth`, and the ends of what they can be. A share of counts that
        are exactly known has no pairs.
        """
        found = [(shares[:0], np.zeros((2, 0)))]
        least, most = ends
        many = (most - least + 1).prod(axis=1).astype(np.int64)
        portion = np.where(many > 1, np.cumsum(many) // PORTION, -1)
        for one in np.unique(portion[many > 1]).tolist():
            here = portion == one
            which, both = _pairs(least[here], most[here])
            real = _printable(both, policy)
            which, both = which[real], both[:, real]
            same = (_print(*both) == _print(*truth[here].T)[:, which]).all(axis=0)
            found.append((shares[here][which[same]], both[:, same]))
        whose, counts = zip(*found, strict=True)
        return cls(np.concatenate(whose), np.concatenate(counts, axis=1))

    def where(self, kept: Mask) -> Self:
        """Return some of the pairs."""
        return type(self)(self.share[kept], self.counts[:, kept])

    def narrowed(self, shares: Ints, least: Floats, most: Floats) -> Self:
        """Return the pairs that are left once all have narrowed each other's counts.

        `shares` has the quantities of each share, n, base and rest. The limits of all quantities,
        `least` and `most`, are narrowed on the way.
        """
        left, dropped = self, True
        while dropped:
            fits = np.ones(len(left.share), np.bool_)
            n, base = left.counts
            for side, counts in enumerate((n, base, base - n)):
                at = shares[:, side]
                low, high = np.zeros(len(shares)), np.full(len(shares), FAR)
                low[left.share], high[left.share] = FAR, 0
                np.minimum.at(low, left.share, counts)
                np.maximum.at(high, left.share, counts)
                np.maximum.at(least, at, low)
                np.minimum.at(most, at, high)
                of = at[left.share]
                fits &= (counts >= least[of]) & (counts <= most[of])
            left, dropped = left.where(fits), not fits.all()
        return left

    def edges(self) -> Edges:
        """Return what the pairs keep their counts to: the slanting edges of each share's hull."""
        cuts = np.flatnonzero(np.diff(self.share, prepend=-1))
        of_each = [slanting(of.tobytes()) for of in np.split(self.counts.T, cuts)[1:]]
        share = np.repeat(self.share[cuts], [len(edges) for edges in of_each])
        tops, bottoms, side = np.concatenate([np.empty((0, 3)), *of_each]).T
        return Edges(share, np.stack([tops, bottoms]), side)


def _pairs(least: Floats, most: Floats) -> tuple[Ints, Floats]:
    """Return every pair of whole numbers within limits: whose limits, and a row of each number."""
    wide = (most - least + 1).astype(np.int64)
    many = wide.prod(axis=1)
    which = np.repeat(np.arange(len(many)), many)
    place = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    return which, least[which].T + np.divmod(place, wide[which, 1])


def _printable(both: Floats, policy: Policy) -> Mask:
    """Return where the share of two counts may be shown: neither they nor the rest are few."""
    n, base = both
    found: Mask = (n <= base) & (base > 0)
    for part in (n, base - n):
        few = (part > 0) & (part <= policy.threshold)
        found &= ~few & ((part > 0) | (base >= policy.percentage))
    return found


def _print(tops: Ints | Floats, bottoms: Ints | Floats) -> Floats:
    """Return shares as they are printed: percentages and both ends of their intervals."""
    low, high = wilson_limits(tops, bottoms)
    ends = [round_half_away_each(100 * end) for end in (low, high)]
    return np.stack([percents(tops, bottoms), *ends]).astype(float)
