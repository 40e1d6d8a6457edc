"""Hide as few counts as it takes, so that no hidden one can be worked out.

Three searches, each until it finds nothing: what plain subtraction finds; what linear programmes
find; what an agency finds by subtraction that knows its own children. Whatever gives way, the
cheapest shown count that it was worked out from is hidden too. Hiding only leaves a reader more
possibilities, so what was proved safe stays safe, and the searches end.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from measures.disclosure.choice import Choice, Holding
from measures.disclosure.linked import NOBODY, Floats, Linked, Mask
from measures.disclosure.moved import Moved
from measures.disclosure.passing import LEAST, MOST, Rows, Settled
from measures.disclosure.policy import Policy
from measures.disclosure.programme import parts
from measures.disclosure.reading import Reading
from measures.disclosure.search import Search


class Protection:
    """Which quantities of linked counts are hidden; at first the small ones, and those forced."""

    def __init__(
        self, linked: Linked, policy: Policy, forced: Mask | None = None, stay: Mask | None = None
    ) -> None:
        """Begin; `forced` are hidden whatever they are, those that `stay` shown are known already.

        Both have a value a quantity.
        """
        nothing = np.zeros(len(linked.truth), np.bool_)
        self.linked = linked
        self.reading = Reading(linked, policy)
        self.choice = Choice(linked, nothing if stay is None else stay)
        self.hidden = self.reading.is_small(linked.truth) & linked.printed
        self.moved = Moved(linked, policy)
        self._read: tuple[Mask, Rows, Settled] | None = None
        if forced is not None:
            self.force(forced)

    def force(self, forced: Mask) -> None:
        """Hide some whatever they are; to run again then goes on from what was seen before."""
        # A nought is always shown, but a percentage may be hidden that leaves nobody.
        printed, truth = self.linked.printed, self.linked.truth
        self.hidden |= forced & self.linked.decided & ((truth > 0) | ~printed)

    def run(self) -> Mask:
        """Return what is hidden in the end; of what a share leaves, whether the share is.

        Raises `Refused` where something gives way and nothing is left to hide.
        """
        while self._subtracted() or self._searched() or self._from_inside():
            pass
        self._read = None  # which is large, and goes from process to process with the rest
        return self.hidden

    def tables(self) -> Floats:
        """Return tables that could be behind the release as well, a row each: first the truth.

        Between them every hidden count is far apart.
        """
        truth = self.linked.truth.astype(np.float64)
        found = np.tile(truth, (1 + len(self.moved.tables), 1))
        for row, (at, seen) in zip(found[1:], self.moved.tables, strict=True):
            row[at] = seen
        return found

    def _asked(self) -> Mask:
        """Return what a reader may not know too well."""
        return (self.hidden & self.linked.printed) | self.moved.left

    def _rows(self) -> tuple[Rows, Settled]:
        """Return what a reader can add up, and what follows: anew where more is hidden since."""
        if self._read is None or (self._read[0] != self.hidden).any():
            rows = Rows(self.linked, self.reading.known(self.hidden))
            self._read = self.hidden.copy(), rows, rows.settled()
        return self._read[1:]

    def _look(self, rows: Rows, width: Floats, gap: int) -> None:
        telling = self.reading.telling(self.hidden, rows.known)
        self.choice.look(self.hidden, width, telling, gap)

    def _holding(self, rows: Rows, settled: Settled) -> Holding:
        """Return how to find what a quantity's settled limits come from."""
        return lambda at: self.choice.out_of(*rows.sources(settled, [(at, LEAST), (at, MOST)]))

    def _subtracted(self) -> bool:
        """Hide beside what subtraction finds; return whether there was any."""
        rows, settled = self._rows()
        least, most = settled.least, settled.most
        at = np.flatnonzero(self._asked())
        struck = at[self.moved.narrow(at, least, most)]
        if len(struck):
            self._look(rows, most - least, self.moved.gap)
            self.hidden[self.choice.beside(struck, self._holding(rows, settled))] = True
        return bool(len(struck))

    def _from_inside(self) -> bool:
        """Hide beside what an agency finds exactly that knows itself; return whether any did."""
        (rows, anybody), linked, more = self._rows(), self.linked, set[int]()
        for agency in np.unique(linked.agency[linked.agency != NOBODY]).tolist():
            own = linked.agency == agency
            at = np.flatnonzero(self.hidden & linked.printed & (linked.agency != NOBODY) & ~own)
            settled = rows.settled_inside(anybody, own)
            least, most = settled.least, settled.most
            struck = at[most[at] - least[at] < 1]
            if len(struck):
                self._look(rows, most - least, 1)
                self.choice.free &= ~own
                more.update(self.choice.beside(struck, self._holding(rows, settled)))
        self.hidden[list(more)] = True
        return bool(more)

    def _searched(self) -> bool:
        """Hide what holds what cannot be moved far enough; return whether there was any."""
        rows, settled = self._rows()
        self._look(rows, settled.most - settled.least, self.moved.gap)
        # Whole numbers settle closer than the programmes, which know of no wholes.
        rows = rows.within(settled)
        found: list[list[int]] = []
        with ThreadPoolExecutor(2) as threads:
            for part in parts(rows):
                asked = self._asked()[part.quantities]
                places = np.flatnonzero(asked & self.moved.too_little(part.quantities))
                if len(places):
                    search = Search(rows, part, self.moved, threads)
                    found += search.held(places, settled, self.choice)
        self.hidden[self.choice.among(found)] = True
        return bool(found)
