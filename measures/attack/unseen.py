"""Days of groups that have no bands: what all days of a measure say together.

How many of a group wait up to some day is told by its median, quartiles and interval. It adds up
along breakdowns and over places as bands do, on every day, also where nobody prints a band. What
follows is passed along as limits.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from measures.attack.blame import Blame
from measures.attack.daily import NOBODY, Daily, N
from measures.attack.knowledge import FAR, Knowledge
from measures.attack.limits import LEAST, MOST, Entry, Limits, Places
from measures.attack.model import Name
from measures.attack.ranking import DAY, Ranking
from measures.attack.relations import BANDS
from measures.attack.subtraction import NEAR, Infeasible, Reasons, propagated
from measures.attack.sums import Floats
from measures.attack.waiting import Waiting
from measures.attack.waits import BASES, shown

ADDED = -2  # why a limit is what it is: by the sums of what is printed
OTHER = -3  # by another measure's
HIDDEN = "hidden"  # the place of what is hidden of a line, together
TURNS = 5  # between days and sums of what is printed: what still moves by then is true all the same


class Unseen:
    """The cells of a measure, with all columns that its days speak of.

    `cell` and `column` say where every quantity of the measure's model stands. `in_two` has the
    lines that the two after them say as well, and the cell that these have between them.
    """

    def __init__(self, of: Waiting) -> None:
        """Take what is printed of each cell."""
        self.model = of.model
        self.known = Knowledge.of(of.model)
        self.number: dict[Name, int] = {}
        for name in of.model.names:
            self.number.setdefault(name[5:], len(self.number))
        self.told = self._told(of)
        self.daily = Daily.of(self.told[:, DAY])
        self.cell = np.array([self.number[name[5:]] for name in of.model.names], np.int64)
        self.column = np.array([self._column(name) for name in of.model.names], np.int64)
        self.in_two: dict[int, int] = {}
        lines = self._lines()
        size = len(self.number), self.daily.count
        self.limits = Limits(size, self.daily.columns, lines)
        self.added: dict[Entry, int] = {}
        self.names = list(self.number)
        self._begin(of)
        self.ranking = Ranking(self.daily, self.told, self.limits)

    def _told(self, of: Waiting) -> Places:
        """Return all days that are shown: of which cell and basis, which day, and which of it."""
        told = [
            (self.number[tuple(cell)], BASES.index(basis), *day)
            for (_, basis, *cell), days in shown(of.days).items()
            for day in days
        ]
        return np.array(told, np.int64).reshape(-1, 4)

    def _column(self, name: Name) -> int:
        if name[2] == "n":
            return N
        return int(self.daily.bands(BASES.index(name[3]))[BANDS.index(name[4])])

    def _lines(self) -> list[Places]:
        """Return how cells add up: as their n do.

        Where several of a line are hidden, those are one more cell together: what is shown of the
        whole and of the others says more of all of them than of each.
        """
        found, hidden = list[Places](), {*self.model.hidden}
        for members, weights, *ends in self.model.sums:
            if ends != [0, 0] or weights != [1.0] + [-1.0] * (len(members) - 1):
                continue
            if not (self.column[members] == N).all():
                continue
            found.append(self.cell[members])
            _, *parts = members
            closed = [at for at in parts if at in hidden]
            if 1 < len(closed) < len(parts):
                together = self.number.setdefault((HIDDEN, *map(str, members)), len(self.number))
                shown = [at for at in members if at not in hidden or at == members[0]]
                self.in_two[len(found) - 1] = together
                found += [
                    np.append(self.cell[shown], together),
                    np.append(together, self.cell[closed]),
                ]
        return found

    def _begin(self, of: Waiting) -> None:
        """State what is known of each cell before its days are looked at."""
        everybody = np.arange(len(self.number))
        nobody = np.zeros((len(everybody), 1), np.int32)
        self.limits.narrow(MOST, everybody, np.array([NOBODY]), nobody, 0)
        self._tell(np.array(of.model.least), np.array(of.model.most), 0)
        for cap in of.caps:
            cell, basis = np.array([self.number[cap.n[5:]]]), BASES.index(cap.basis)
            upto, bands = self.daily.upto(basis)[self.daily.edges], self.daily.bands(basis)
            column = (bands if cap.since else upto)[[cap.edge]]
            for side, end in ((LEAST, np.ceil(cap.least - NEAR)), (MOST, min(cap.most, FAR))):
                self.limits.narrow_each(side, cell, column, np.array([int(end)]), 0)

    def _tell(self, least: Floats, most: Floats, why: int) -> None:
        """Narrow limits to those of the model's quantities."""
        for side, ends in ((LEAST, least), (MOST, np.minimum(most, FAR))):
            self.limits.narrow_each(side, self.cell, self.column, ends.astype(np.int32), why)

    def settled(self) -> tuple[Floats, Floats]:
        """Return the limits of the model's quantities; raises `Infeasible` with the number of one.

        Days and the sums of what is printed take turns, until neither moves anything more.
        """
        for _ in range(TURNS):
            try:
                self.limits.settle(lambda: self.ranking.apply(self.limits))
            except Infeasible as error:
                raise Infeasible(int(np.argmax(self.cell == error.at))) from None
            now = self.limits.ends[:, self.cell, self.column].astype(np.float64)
            reasons = Reasons.none(self.known)
            least, most = propagated(self.known.within(*now), reasons)
            for side, by in ((LEAST, reasons.least), (MOST, reasons.most)):
                for at in np.flatnonzero(by >= 0).tolist():
                    self.added[side, int(self.cell[at]), int(self.column[at])] = int(by[at])
            self._tell(least, most, ADDED)
            if not self.limits.moved.any():
                break
        return least, most

    def ends(self, quantity: int) -> list[Entry]:
        """Return where the limits of a quantity of the model stand."""
        return [(side, int(self.cell[quantity]), int(self.column[quantity])) for side in (0, 1)]

    def behind(self, edge: Sequence[Entry]) -> tuple[list[Name], list[Entry]]:
        """Return the n of the cells whose days moved some limits, and what another measure's did.

        Call it once limits have settled.
        """
        others = list[Entry]()

        def beside(entry: Entry) -> Iterator[Entry]:
            if self.limits.why[entry] == OTHER:
                others.append(entry)
            elif entry in self.added:
                for at in self.model.sums[self.added[entry]][0]:
                    yield from self.ends(at)

        cells = Blame(self.limits, beside).cells(edge)
        return [self.n_of(cell) for cell in cells], others

    def n_of(self, cell: int) -> Name:
        """Return the name of a cell's n."""
        return (*self.model.names[0][:2], "n", "", "", *self.names[cell])

    def has_bands(self, n: Name) -> bool:
        """Return whether the cell of an n has bands."""
        return (*n[:2], "band", BASES[0], BANDS[0], *n[5:]) in self.model.index
