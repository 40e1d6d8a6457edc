"""Days of groups that have no bands: what all days of a measure say together.

How many of a group wait up to some day is told by its median, quartiles and interval. It adds up
along breakdowns and over places as bands do, on every day, also where nobody prints a band. What
follows is passed along as limits; programmes go without, since there would be a hundred times as
many quantities as are printed.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from measures.attack.attacking import CONTRADICTION, Broken
from measures.attack.blame import Blame
from measures.attack.daily import NOBODY, Daily, N
from measures.attack.knowledge import FAR, Floats, Knowledge
from measures.attack.limits import LEAST, MOST, Entry, Limits, Places
from measures.attack.model import Name
from measures.attack.ranking import Ranking
from measures.attack.relations import BANDS
from measures.attack.subtraction import Infeasible, Reasons, propagated
from measures.attack.waiting import Waiting
from measures.attack.waits import BASES

BY_GROUPS = "the days of groups give it away"
ADDED = -2  # why a limit is what it is: by the sums of what is printed
HIDDEN = "hidden"  # the place of what is hidden of a line, together
TURNS = 5  # between days and sums of what is printed: what still moves by then is true all the same


def found_ahead(of: Waiting, protection: int, truth: Mapping[Name, int]) -> list[Broken]:
    """Return the hidden counts that groups' days give away, and that they still would.

    That is, once of the groups whose days took part the one of least n is hidden, and so on: who
    hides them has them all at once. `truth` has every true n.
    """
    found = list[Broken]()
    while True:
        more, *_ = found_by_groups(of, protection)
        found += more
        silent = set[Name]()
        for by in (one.by for one in more):
            if by and silent.isdisjoint(by):
                silent.add(min(by, key=lambda n: (truth.get(n, 0), n)))
        if not silent:
            return found
        of = of.without(silent)


def found_by_groups(of: Waiting, protection: int) -> tuple[list[Broken], Floats, Floats]:
    """Return the hidden counts that groups' days give away, and all limits as these make them.

    Each names the n of groups whose days took part (`by`).
    """
    model = of.model
    before = np.array(model.most) - np.array(model.least)
    try:
        unseen = Unseen(of)
        least, most = unseen.settled()
    except Infeasible as error:
        wrong = Broken(model.names[error.at], 0, 0, CONTRADICTION)
        return [wrong], np.array(model.least), np.array(model.most)
    narrow = [at for at in model.hidden if most[at] - least[at] < protection <= before[at]]
    by = unseen.blamed(narrow)
    found = [
        Broken(model.names[at], int(least[at]), int(most[at]), BY_GROUPS, by[at]) for at in narrow
    ]
    return found, least, most


class Unseen:
    """The cells of a measure, with all columns that its days speak of.

    `cell` and `column` say where every quantity of the measure's model stands.
    """

    def __init__(self, of: Waiting) -> None:
        """Take what is printed of each cell."""
        self.model = of.model
        self.known = Knowledge.of(of.model)
        self.number: dict[Name, int] = {}
        for name in of.model.names:
            self.number.setdefault(name[5:], len(self.number))
        shown = of.days[["value", "lower", "upper"]].to_numpy(np.float64).ravel()
        self.daily = Daily.of(shown[~np.isnan(shown)].astype(np.int64))
        self.cell = np.array([self.number[name[5:]] for name in of.model.names], np.int64)
        self.column = np.array([self._column(name) for name in of.model.names], np.int64)
        lines = self._lines()
        size = len(self.number), self.daily.count
        self.limits = Limits(size, self.daily.columns, lines)
        self.added: dict[Entry, int] = {}
        self._begin(of)
        self.ranking = Ranking(self.daily, self.number, of.days, self.limits)

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
        for (basis, *n), edge, least, most in of.caps:
            cell = np.array([self.number[tuple(n[5:])]])
            column = self.daily.upto(BASES.index(basis))[self.daily.edges[[edge]]]
            for side, end in ((LEAST, np.ceil(least)), (MOST, min(most, FAR))):
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

    def blamed(self, quantities: Sequence[int]) -> dict[int, tuple[Name, ...]]:
        """Return by quantity the n of those whose days moved its limits, of groups without bands.

        Where no such groups took part, of all who did. Call it once limits have settled.
        """
        blame = Blame(self.limits, self._beside)
        cells, head = list(self.number), self.model.names[0][:2]
        found = {}
        for at in quantities:
            ends = [(side, int(self.cell[at]), int(self.column[at])) for side in (LEAST, MOST)]
            names = [(*head, "n", "", "", *cells[cell]) for cell in blame.cells(ends)]
            band = ("band", BASES[0], BANDS[0])
            groups = [n for n in names if (*head, *band, *n[5:]) not in self.model.index]
            found[at] = tuple(sorted(groups or names))
        return found

    def _beside(self, entry: Entry) -> Iterator[Entry]:
        """Yield the limits of all that stands in the sum of what is printed that moved one."""
        if entry in self.added:
            for at in self.model.sums[self.added[entry]][0]:
                yield from ((side, int(self.cell[at]), int(self.column[at])) for side in (0, 1))
