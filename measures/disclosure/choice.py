"""Which shown count to hide: the cheapest, and rather one that makes no new trouble."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from measures.disclosure.linked import Floats, Ints, Linked, Mask, Refused

Holding = Callable[[int], list[int]]
"""Returns what could be hidden of all that a quantity's limits come from."""


class Choice:
    """What can be hidden beside what is hidden already, and at what price."""

    def __init__(self, linked: Linked, stay: Mask) -> None:
        """Remember the sums of every quantity; those that `stay` shown are never chosen."""
        self.linked, self.stay = linked, stay
        self.absolute = abs(linked.sums)
        self.members = np.split(linked.sums.indices, linked.sums.indptr[1:-1])
        turned = linked.sums.tocsc()
        self.rows = np.split(turned.indices, turned.indptr[1:-1])
        self.often = [0] * len(linked.truth)
        self.numerator = dict(zip(linked.shares[:, 2].tolist(), linked.shares[:, 0], strict=True))

    def look(
        self, hidden: Mask, width: Floats, telling: Mapping[int, Sequence[int]], gap: int
    ) -> None:
        """Take note of what is hidden, how far each quantity is open, and which shares tell more.

        A sum whose other quantities are together open by less than `gap` pins a quantity.
        """
        self.hidden, self.width, self.telling, self.gap = hidden, width, telling, gap
        self.slack = self.absolute @ width
        self.free = self.linked.printed & ~hidden & ~self.stay & (self.linked.truth > 0)

    def beside(self, struck: Ints, holding: Holding) -> list[int]:
        """Return what to hide so that every sum that pins one of the struck is opened.

        Where no sum alone does: so that something is hidden of all that its limits come from, which
        `holding` has.
        """
        opened: set[int] = set()
        found: list[int] = []
        for target in struck.tolist():
            spare = self.slack[self.rows[target]] - self.width[target]
            pinning = self.rows[target][spare < self.gap].tolist()
            mended = any(row in opened for row in pinning)
            for row in pinning:
                others = [at for at in self.members[row].tolist() if at != target]
                candidates = [*self._free(others), *self._telling(others)]
                if row not in opened and (best := self.cheapest(candidates)) is not None:
                    found.append(best)
                    opened.update(self.rows[best].tolist())
                    mended = True
            if not mended and (best := self.cheapest(holding(target))) is not None:
                found.append(best)
                opened.update(self.rows[best].tolist())
        return found or [self.around(struck)]

    def out_of(self, quantities: Ints, shares: Ints) -> list[int]:
        """Return what can be hidden out of some quantities and printed shares."""
        at = quantities.tolist()
        return [*self._free(at), *self._percentages(shares), *self._telling(at)]

    def among(self, found: Sequence[Sequence[int]]) -> list[int]:
        """Return what to hide so that one at least of each of what was found is hidden.

        The cheapest for how many it is one of, now and in earlier searches: what holds many, and
        again and again, is worth its price.
        """
        one_of: dict[int, set[int]] = defaultdict(set)
        for number, candidates in enumerate(found):
            for at in candidates:
                one_of[at].add(number)
        price = {at: self._price(at) for at in sorted(one_of)}
        left, chosen = set(range(len(found))), list[int]()
        while left:
            useful = [at for at in price if one_of[at] & left]
            often = {at: self.often[at] + len(one_of[at] & left) for at in useful}
            chosen.append(min(useful, key=lambda at: price[at] / often[at]))
            left -= one_of[chosen[-1]]
        for at, them in one_of.items():
            self.often[at] += len(them)
        return chosen

    def cheapest(self, candidates: Iterable[int]) -> int | None:
        """Return the one of least price, the first of equals; None out of none."""
        return min(sorted(set(candidates)), key=self._price, default=None)

    def _price(self, at: int) -> float:
        if not self.linked.printed[at]:
            return float(self.linked.cost[self.numerator[at]])
        lonely = (self.slack[self.rows[at]] - self.width[at] < self.gap).sum()
        return float(self.linked.cost[at] + lonely)

    def _free(self, quantities: Sequence[int]) -> list[int]:
        return [at for at in quantities if self.free[at]]

    def _telling(self, quantities: Sequence[int]) -> list[int]:
        """Return the percentages, by what they leave, that tell more than rounding does."""
        shares = [share for at in quantities for share in self.telling.get(at, ())]
        return self._percentages(np.array(shares, np.int64))

    def _percentages(self, shares: Ints) -> list[int]:
        """Return percentages that may be hidden, by what they leave."""
        rests = self.linked.shares[shares, 2]
        return [int(rest) for rest in rests[~self.stay[rests]]]

    def around(self, struck: Ints) -> int:
        """Return the cheapest count near the struck, going from sum to sum as far as it takes."""
        reached: set[int] = set()
        edge = set(struck.tolist())
        while edge:
            reached |= edge
            near = {int(m) for at in edge for row in self.rows[at] for m in self.members[row]}
            edge = near - reached
            if (best := self.cheapest(self._free(sorted(edge)))) is not None:
                return best
        raise Refused(f"nothing is left to hide that makes {self.linked.names[struck[0]]} safe")
