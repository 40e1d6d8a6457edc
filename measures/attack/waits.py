"""What medians, quartiles and two ways of counting days give away of how many waited how long."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import pandas as pd
from scipy.special import bdtr

from measures.attack.hull import lines_under
from measures.attack.model import Model, Name
from measures.attack.relations import BANDS, BREAKDOWNS, STRETCH

QUARTILES = {"lower_quartile": 1, "median": 2, "upper_quartile": 3}
EDGES = [int(band.split()[2]) for band in BANDS[:-1]]
OfN = Callable[[int], int]
"""Returns, of so many waits, how many."""
PLACE = ["geographic_level", "geography", *BREAKDOWNS]


def dated(model: Model, release: str, figures: pd.DataFrame) -> None:
    """State what a release's days say about its bands."""
    counted_twice(model, release)
    shown = figures[figures["statistic"].isin(QUARTILES) & (figures["status"] == "ok")]
    columns = ["measure", "basis", *PLACE, "statistic", "value", "lower", "upper"]
    for measure, basis, *row in shown[columns].itertuples(index=False, name=None):
        *cell, statistic, value, low, high = row
        waits = Waits(model, release, measure, basis, tuple(cell))
        if waits.have_bands:
            waits.quartile(QUARTILES[statistic], int(value))
            if statistic == "median" and not np.isnan(low):
                waits.interval(int(low), int(high))


def measured(model: Model, release: str, figures: pd.DataFrame, quantile: int) -> None:
    """Use that a median is shown beside every n that is shown from `quantile` on, and of no other.

    A rounded n of 10 is 9 at most where it has none, and 10 at least where it has one.
    """
    medians = figures[(figures["statistic"] == "median") & figures["status"].isin(["ok", "c"])]
    hidden = set(model.hidden)
    for measure, status, *cell in medians[["measure", "status", *PLACE]].itertuples(
        index=False, name=None
    ):
        n = model.index.get((release, measure, "n", "", "", *cell))
        if n is not None and n not in hidden and model.most[n] > 0:
            least, most = (quantile, np.inf) if status == "ok" else (0, quantile - 1)
            model.add(model.names[n], float(least), float(most))


def counted_twice(model: Model, release: str) -> None:
    """State what a release's bands of working days and of calendar days say of each other."""
    cells = dict.fromkeys(
        (name[1], name[5:]) for name in model.index if name[0] == release and name[4] in BANDS
    )
    for measure, place in cells:
        working, days = (
            Waits(model, release, measure, basis, place)
            for basis in ("working_days", "calendar_days")
        )
        _compared(working, days)


def _compared(working: Waits, days: Waits) -> None:
    """No wait has more working days than days, and only so many days fit into working days."""
    if working.have_bands and days.have_bands:
        for edge in range(len(EDGES)):
            working.at_least(edge, days, edge)
        for edge, wider in STRETCH.items():
            days.at_least(wider, working, edge)


@dataclass(frozen=True)
class Waits:
    """The bands of one measure, basis and cell."""

    model: Model
    release: str
    measure: str
    basis: str
    cell: Name

    @property
    def have_bands(self) -> bool:
        """Whether the cell's waits are counted by bands."""
        return self._named(BANDS[0]) in self.model.index

    @cached_property
    def _bands(self) -> list[int | None]:
        return [self.model.index.get(self._named(band)) for band in BANDS]

    def _named(self, band: str) -> Name:
        return (self.release, self.measure, "band", self.basis, band, *self.cell)

    def upto(self, edge: int) -> list[int]:
        """Return the bands up to the edge of that number; nothing where the cell has none."""
        return [band for band in self._bands[: edge + 1] if band is not None]

    def at_least(self, edge: int, other: Waits, of_other: int) -> None:
        """State that as many wait up to one edge as of the other up to its."""
        more, fewer = self.upto(edge), other.upto(of_other)
        weights = [1.0] * len(more) + [-1.0] * len(fewer)
        self.model.sums.append(([*more, *fewer], weights, 0.0, np.inf))

    def quartile(self, quarter: int, day: int) -> None:
        """Use that the value at rank 1 + (n - 1) q / 4, between two waits, rounds to `day`.

        So the waits up to the lower of the two took `day` days at most, the others `day` at least.
        """
        self._ranked(
            day, lambda n: (n - 1) * quarter // 4 + 1, lambda n: -((n - 1) * -quarter // 4)
        )

    def interval(self, first: int, last: int) -> None:
        """Use that a median's interval is from the r-th smallest to the r-th largest wait."""
        self._ranked(first, rank_of, lambda n: rank_of(n) - 1)
        self._ranked(last, lambda n: n + 1 - rank_of(n), lambda n: n - rank_of(n))

    def _ranked(self, day: int, least: OfN, most: OfN) -> None:
        """State that so many of n waits at least are up to `day`, and so many at most are shorter.

        Where n is not known, what holds of each that it may be; where it may be anything, nothing.
        """
        n = self.model.index[self.release, self.measure, "n", "", "", *self.cell]
        few, many = self.model.least[n], self.model.most[n]
        counts = range(int(few), int(many) + 1) if many < np.inf else range(0)
        edge = bisect_left(EDGES, day)
        if counts and edge < len(EDGES):
            for slope, height in lines_under(counts[0], tuple(map(least, counts))):
                self._weighed(self.upto(edge), (n, -slope), height, np.inf)
        if counts and edge:
            for slope, height in lines_under(counts[0], tuple(-most(one) for one in counts)):
                self._weighed(self.upto(edge - 1), (n, slope), -np.inf, -height)

    def _weighed(self, bands: list[int], n: tuple[int, float], least: float, most: float) -> None:
        """State what some bands and a weight of n come to."""
        at, weights = ([n[0]], [n[1]]) if n[1] else ([], [])
        weights = [*[1.0] * len(bands), *weights]
        self.model.sums.append(([*bands, *at], weights, least, most))


@cache
def rank_of(n: int) -> int:
    """Return the largest rank that, of n tosses, fewer heads come up with at most 2.5%."""
    rank = max(0, int(n / 2 - 1.2 * n**0.5))  # surely below: 2.4 standard deviations
    while rank < n and bdtr(rank, n, 0.5) <= 0.025:
        rank += 1
    return rank
