"""Children whose wait from one date is no longer than from another: what each says of the other.

An assessment does not take longer than contact to its end, where dates are sound: of the same
children as many at least took up to any day, in either basis.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from measures.attack.daily import N
from measures.attack.limits import LEAST, MOST, Entry, Places
from measures.attack.model import Name
from measures.attack.relations import ALIKE
from measures.attack.subtraction import Infeasible
from measures.attack.sums import Floats
from measures.attack.unseen import OTHER, Unseen
from measures.attack.waiting import Waiting
from measures.attack.waits import BASES, Days, Waited, waited_until

TURNS = 5  # between both measures: what still moves by then is true all the same


def paired(each: Sequence[Waiting]) -> list[Waiting]:
    """Put measures together of which one is no longer than the other, for some children."""
    by_measure = {of.measure: of for of in each}
    for (shorter, _), (longer, _) in ALIKE:
        if shorter in by_measure and longer in by_measure:
            one, other = by_measure[shorter], by_measure[longer]
            if _cells(one.waited, other.waited):
                by_measure[shorter] = replace(one, longer=by_measure.pop(longer))
    return list(by_measure.values())


def _cells(shorter: Waited, longer: Waited) -> list[Name]:
    """Return the cells of which it is true: those who rightly take dates to be sound know it."""
    both = sorted(shorter.keys() & longer.keys())
    return [
        cell
        for cell in both
        if all(_is_no_longer(shorter[cell][basis], longer[cell][basis]) for basis in BASES)
    ]


def _is_no_longer(shorter: tuple[Days, Days], longer: tuple[Days, Days]) -> bool:
    (_, of_shorter), (days, upto) = shorter, longer
    if not len(upto) or not np.array_equal(of_shorter[-1:], upto[-1:]):
        return False
    return bool((waited_until(days, shorter) >= upto).all())


class Contradicted(Exception):
    """The days of a measure contradict each other; `name` is of a count that has no value."""

    def __init__(self, name: Name) -> None:
        """Remember the name."""
        super().__init__(f"{name} has no value")
        self.name = name


class AllDays:
    """All days of a measure, and of the one that it is no longer than, if that is given."""

    def __init__(self, of: Waiting) -> None:
        """Take what is printed of both."""
        self.measures = [of] if of.longer is None else [of, of.longer]
        self.each = [Unseen(one) for one in self.measures]
        cells = [] if of.longer is None else _cells(of.waited, of.longer.waited)
        numbers = [[one.number[cell] for one in self.each] for cell in cells]
        self.cells = np.array(numbers, np.int64).reshape(-1, 2)

    def settled(self) -> list[tuple[Floats, Floats]]:
        """Return the limits of the quantities of each; raises `Contradicted`."""
        for _ in range(TURNS):
            found = [self._settled(one) for one in self.each]
            if not len(self.cells):
                break
            self._exchange()
            if not any(one.limits.moved.any() for one in self.each):
                break
        return found

    @staticmethod
    def _settled(one: Unseen) -> tuple[Floats, Floats]:
        try:
            return one.settled()
        except Infeasible as error:
            raise Contradicted(one.model.names[error.at]) from None

    def _exchange(self) -> None:
        """Narrow the limits of each by those of the other."""
        (shorter, longer), (here, there) = self.each, self.cells.T
        for one, cells, other, others in (
            (shorter, here, longer, there),
            (longer, there, shorter, here),
        ):
            for side in (LEAST, MOST):
                to = other.limits.ends[side][others][:, [N]]
                one.limits.narrow(side, cells, np.array([N]), to, OTHER)
        for side, one, cells, other, others in (
            (LEAST, shorter, here, longer, there),
            (MOST, longer, there, shorter, here),
        ):
            for basis in range(len(BASES)):
                at = self._day(side, one, other)
                known = np.flatnonzero((at >= 0) & (at < len(other.daily.days)))
                to = other.limits.ends[side][np.ix_(others, other.daily.upto(basis)[at[known]])]
                one.limits.narrow(side, cells, one.daily.upto(basis)[known], to, OTHER)

    @staticmethod
    def _day(side: int, one: Unseen, other: Unseen) -> Places:
        """Return, for each day of one, the other's that gives it its limit: no later or earlier."""
        if side == LEAST:
            return np.searchsorted(other.daily.days, one.daily.days, side="right") - 1
        return np.searchsorted(other.daily.days, one.daily.days)

    def groups(
        self, which: int, edge: Sequence[Entry], more: Collection[Name] = ()
    ) -> tuple[Name, ...]:
        """Return the n of those without bands whose days moved limits; where all have, of all.

        Of the measure that is `which`; and `more` that took part.
        """
        found, seen, todo = {*more}, set[tuple[int, Entry]](), [(which, edge)]
        while todo:
            which, edge = todo.pop()
            names, passed = self.each[which].behind(edge)
            found.update(names)
            new = [entry for entry in passed if (which, entry) not in seen]
            seen.update((which, entry) for entry in new)
            if new:
                todo.append((1 - which, [self._passed(which, entry) for entry in new]))
        groups = [n for n in found if not any(one.has_bands(n) for one in self.each)]
        return tuple(sorted(groups or found))

    def _passed(self, which: int, entry: Entry) -> Entry:
        """Return the limit of the other measure that one has its own from."""
        one, other = self.each[which], self.each[1 - which]
        side, cell, column = entry
        (row,) = np.flatnonzero(self.cells[:, which] == cell)
        there = int(self.cells[row, 1 - which])
        if column == N:
            return side, there, N
        basis, day = divmod(column - int(one.daily.upto(0)[0]), len(one.daily.days))
        at = self._day(side, one, other)[day]
        return side, there, int(other.daily.upto(basis)[at])
