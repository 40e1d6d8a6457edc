"""Hide as few counts as it takes, so that no hidden one can be worked out.

Three searches, each until it finds nothing: what plain subtraction finds; what an agency finds by
it that knows its own children; what linear programmes find. Whatever gives way, the cheapest shown
count that it was worked out from is hidden too. Hiding only leaves a reader more possibilities, so
what was proved safe stays safe, and the searches end.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from measures.disclosure.choice import Choice
from measures.disclosure.linked import CRUMB, NOBODY, Floats, Ints, Linked, Mask
from measures.disclosure.passing import Rows, Settled
from measures.disclosure.policy import Policy
from measures.disclosure.programme import Programme, parts
from measures.disclosure.reading import Reading

IDLE = 2  # draws that moved under a tenth of what was left
FEW = 4  # that many are asked for one by one


class Protection:
    """Which quantities of linked counts are hidden; at first the small ones, and those forced."""

    def __init__(
        self, linked: Linked, policy: Policy, forced: Mask | None = None, stay: Mask | None = None
    ) -> None:
        """Begin; `forced` are hidden whatever they are, those that `stay` shown are known already.

        Both have a value a quantity.
        """
        nothing = np.zeros(len(linked.truth), np.bool_)
        self.linked, self.gap = linked, policy.protection
        self.reading = Reading(linked, policy)
        self.choice = Choice(linked, nothing if stay is None else stay)
        self.hidden = self.reading.is_small(linked.truth) & linked.printed
        if forced is not None:
            self.hidden |= forced & linked.printed & (linked.truth > 0)
        # A reader who knows it to within the gap cannot tell 6 from 5.
        near = (linked.truth >= 1) & (linked.truth < policy.threshold + policy.protection)
        self.left = linked.left & near
        self.low, self.high = linked.truth.astype(float), linked.truth.astype(float)

    def run(self) -> Mask:
        """Return what is hidden in the end; of what a share leaves, whether the share is.

        Raises `Refused` where something gives way and nothing is left to hide.
        """
        while self._subtracted() or self._searched() or self._from_inside():
            pass
        return self.hidden

    def _narrow(self, at: Ints, least: Floats, most: Floats) -> Mask:
        """Return which of some quantities are known too well.

        What a part leaves of its whole is not printed: it may be nobody, as far as a reader knows.
        """
        nobody = self.left[at] & (least[at] < 1 - CRUMB)
        return (most[at] - least[at] < self.gap - CRUMB) & ~nobody

    def _rows(self) -> Rows:
        return Rows(self.linked, self.reading.known(self.hidden))

    def _look(self, rows: Rows, width: Floats, gap: int) -> None:
        telling = self.reading.telling(self.hidden, rows.known)
        self.choice.look(self.hidden, width, telling, gap)

    def _subtracted(self) -> bool:
        """Hide beside what subtraction finds; return whether there was any."""
        rows = self._rows()
        settled = rows.settled()
        least, most = settled.least, settled.most
        at = np.flatnonzero((self.hidden & self.linked.printed) | self.left)
        struck = at[self._narrow(at, least, most)]
        if len(struck):
            self._look(rows, most - least, self.gap)
            self.hidden[self.choice.beside(struck)] = True
        return bool(len(struck))

    def _from_inside(self) -> bool:
        """Hide beside what an agency finds exactly that knows itself; return whether any did."""
        rows, linked = self._rows(), self.linked
        more: set[int] = set()
        for agency in np.unique(linked.agency[linked.agency != NOBODY]).tolist():
            own = linked.agency == agency
            at = np.flatnonzero(self.hidden & linked.printed & (linked.agency != NOBODY) & ~own)
            settled = rows.knowing(own).settled()
            least, most = settled.least, settled.most
            struck = at[most[at] - least[at] < 1]
            if len(struck):
                self._look(rows, most - least, 1)
                self.choice.free &= ~own
                more.update(self.choice.beside(struck))
        self.hidden[list(more)] = True
        return bool(more)

    def _searched(self) -> bool:
        """Hide beside what linear programmes find; return whether there was any."""
        rows = self._rows()
        settled = rows.settled()
        self._look(rows, settled.most - settled.least, self.gap)
        # Whole numbers settle closer than the programmes, which know of no wholes.
        rows = rows.within(settled)
        targets = (self.hidden & self.linked.printed) | self.left
        more: set[int] = set()
        for part in parts(rows):
            at = part.quantities
            places = np.flatnonzero(targets[at] & self._narrow(at, self.low, self.high))
            if len(places):
                both = Programme(rows, part), Programme(rows, part)
                more.update(self._search(both, settled, places))
        self.hidden[list(more)] = True
        return bool(more)

    def _search(
        self, both: tuple[Programme, Programme], settled: Settled, places: Ints
    ) -> set[int]:
        """Return what to hide beside the quantities of a part that cannot be moved far enough.

        `both` are programmes of that part: one moves them one way, one the other, side by side.
        """
        at = both[0].part.quantities
        draw, idle = np.random.default_rng(0), 0
        with ThreadPoolExecutor(len(both)) as threads:
            while len(left := places[self._narrow(at[places], self.low, self.high)]) >= FEW:
                signs = draw.choice([-1.0, 1.0], len(left))
                for seen in threads.map(Programme.least, both, (left, left), (signs, -signs)):
                    self._note(at, seen)
                still = self._narrow(at[left], self.low, self.high).sum()
                idle = idle + 1 if still > 0.9 * len(left) else 0
                if idle == IDLE:
                    break
        more: set[int] = set()
        for place in left.tolist():
            more.update(self._ask(both[0], settled, np.array([place])))
        return more

    def _ask(self, programme: Programme, settled: Settled, place: Ints) -> list[int]:
        """Ask for one quantity's least and greatest; return what to hide, if they are too near."""
        at = programme.part.quantities[place]
        pins: list[int | None] = []
        for sign in (1.0, -1.0):
            if not self._narrow(at, self.low, self.high)[0]:
                return []
            self._note(programme.part.quantities, programme.least(place, np.array([sign])))
            ends, shares = programme.pins()
            quantities, more = programme.rows.sources(settled, ends)
            pins.append(self.choice.out_of(quantities, np.union1d(shares, more)))
        if not self._narrow(at, self.low, self.high)[0]:
            return []
        best = self.choice.cheapest(pin for pin in pins if pin is not None)
        return self.choice.beside(at) if best is None else [best]

    def _note(self, at: Ints, seen: Floats) -> None:
        """Take note of how far a solution lies from the others in some quantities."""
        self.low[at] = np.minimum(self.low[at], np.ceil(seen - CRUMB))
        self.high[at] = np.maximum(self.high[at], np.floor(seen + CRUMB))
