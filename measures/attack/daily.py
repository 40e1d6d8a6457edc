"""How many wait up to each day, and longer: what days, bands and curves say of every cell.

A column of a cell is its n; how many wait up to a day, or longer, or up to it and longer than the
day before, counted in either basis; how many more wait up to a day in one basis than up to one in
the other that is no shorter; or a band.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import holidays
import numpy as np
import numpy.typing as npt

from measures.attack.limits import Columns, Places
from measures.attack.relations import BANDS
from measures.attack.waits import EDGES

N, NOBODY = 0, 1  # columns
FINEST = 250  # days that are looked at: where more are shown, those near that are shown most
YEARS = range(1990, 2101)
START_UNTIL = 40 * 365  # days after the first: waits begin no later
FAR_OFF = 10**6  # days
WORKING, CALENDAR = range(2)
Days = npt.NDArray[np.int64]
Pair = tuple[Places, Places]


@dataclass(frozen=True)
class Daily:
    """Which column is what; `days` are those that are looked at, in order, the edges among them."""

    days: Days

    @classmethod
    def of(cls, shown: Days) -> "Daily":
        """Return the columns for days that are shown, each as often as it is."""
        days, often = np.unique(np.concatenate([shown, shown - 1]), return_counts=True)
        if len(days) > FINEST:
            at = np.linspace(0, often.sum() - 1, FINEST).astype(np.int64)
            days = days[np.searchsorted(np.cumsum(often), at, side="right")]
        days = np.union1d(days[days >= 0], EDGES)
        return cls(days)

    def upto(self, basis: int) -> Places:
        """Return the columns of how many wait up to each day."""
        return 2 + basis * len(self.days) + np.arange(len(self.days))

    def longer(self, basis: int) -> Places:
        """Return the columns of how many wait longer than each day."""
        return self.upto(basis) + 2 * len(self.days)

    def between(self, basis: int) -> Places:
        """Return the columns of how many wait up to each day and longer than the one before."""
        return self.upto(basis) + 4 * len(self.days)

    @property
    def more(self) -> list[Places]:
        """The columns of how many more wait up to a day in one basis than in the other."""
        return [self.upto(0) + way * len(self.days) for way in (6, 7, 8)]

    def bands(self, basis: int) -> Places:
        """Return the columns of the bands."""
        return 2 + 9 * len(self.days) + basis * len(BANDS) + np.arange(len(BANDS))

    @property
    def count(self) -> int:
        """The number of columns."""
        return 2 + 9 * len(self.days) + 2 * len(BANDS)

    @property
    def edges(self) -> Places:
        """The places of the bands' edges among the days."""
        return np.searchsorted(self.days, EDGES)

    def place(self, day: Days) -> Places:
        """Return the place of the first day that is no earlier; one too far where there is none."""
        return np.searchsorted(self.days, day)

    @cached_property
    def columns(self) -> Columns:
        """How the columns hang together."""
        growing = [self.upto(basis) for basis in range(2)]
        growing += [self.longer(basis)[::-1] for basis in range(2)]
        everybody, nobody = np.array([N]), np.full(1, NOBODY)
        sums = [(everybody, self.upto(basis), self.longer(basis)) for basis in range(2)]
        for basis in range(2):
            upto, longer = (columns(basis)[self.edges] for columns in (self.upto, self.longer))
            bands, between = self.bands(basis), self.between(basis)
            sums += [
                (self.upto(basis)[1:], self.upto(basis)[:-1], between[1:]),
                (self.longer(basis)[:-1], self.longer(basis)[1:], between[1:]),
                (upto[1:], upto[:-1], bands[1:-1]),
                (longer[:-1], longer[1:], bands[1:-1]),
                (upto[:1], nobody, bands[:1]),
                (longer[-1:], nobody, bands[-1:]),
            ]
        for columns, (basis, other, at) in zip(self.more, self.counted_twice, strict=True):
            here = np.flatnonzero(at < len(self.days))
            sums.append((self.upto(basis)[at[here]], self.upto(other)[here], columns[here]))
        return Columns(growing, list(self._orders()), sums)

    def _orders(self) -> Iterator[tuple[Pair, Pair]]:
        """Yield which columns are no less than which."""
        for one in self.counted_twice:
            yield from self._no_less(*one)

    @cached_property
    def counted_twice(self) -> list[tuple[int, int, Places]]:
        """By when as many wait in one basis as up to each day in the other, at least."""
        working, days = counted_twice(tuple(self.days.tolist()))
        return [
            (WORKING, CALENDAR, np.arange(len(self.days))),
            (WORKING, CALENDAR, self.place(working)),
            (CALENDAR, WORKING, self.place(days)),
        ]

    def _no_less(self, basis: int, other: int, at: Places) -> Iterator[tuple[Pair, Pair]]:
        """Yield that as many wait up to other days (their places) in a basis as in the other one.

        And that as many wait longer in the other.
        """
        here = np.flatnonzero(at < len(self.days))
        at = at[here]
        all_from = np.arange(at.min(initial=len(self.days)), len(self.days))
        last = here[np.searchsorted(at, all_from, side="right") - 1]
        more, fewer = self.upto(basis), self.upto(other)
        yield (more[all_from], fewer[last]), (more[at], fewer[here])
        more, fewer = self.longer(other), self.longer(basis)
        yield (more[here], fewer[at]), (more[last], fewer[all_from])


@cache
def counted_twice(days: tuple[int, ...]) -> tuple[Days, Days]:
    """Return how many working days so many days have at most, and days so many working days."""
    working = _working()
    starts = np.arange(START_UNTIL)
    last = np.searchsorted(working, np.arange(working[-1] + 1), side="right") - 1
    most_working, most_days = np.full((2, len(days)), FAR_OFF)
    for at, day in enumerate(days):
        if starts[-1] + 2 * day < len(working):
            most_working[at] = (working[starts + day] - working[starts]).max()
            most_days[at] = (last[working[starts] + day] - starts).max()
    return most_working, most_days


@cache
def _working() -> Days:
    """Return how many working days there were up to each day, from the first of `YEARS` on."""
    free = holidays.country_holidays("GB", subdiv="ENG", years=YEARS)
    days = np.arange(f"{YEARS[0]}-01-01", f"{YEARS[-1] + 1}-01-01", dtype="datetime64[D]")
    return np.cumsum(np.is_busday(days, holidays=np.array(list(free), "datetime64[D]")))
