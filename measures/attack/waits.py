"""What medians, quartiles and two ways of counting days give away of how many waited how long."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from measures.attack.hull import lines_under
from measures.attack.model import Model, Name
from measures.attack.ranks import FIRST, LAST, QUARTILES, Ranks, ranks
from measures.attack.relations import BANDS, BREAKDOWNS, STRETCH

EDGES = [int(band.split()[2]) for band in BANDS[:-1]]
BASES = ("working_days", "calendar_days")
Day = tuple[int, int]
"""A day that is shown, and which it is of the quartiles and ends."""
Days = npt.NDArray[np.integer]
Waited = Mapping[Name, Mapping[str, tuple[Days, Days]]]
"""By cell and basis the days that somebody waited, in order, and how many waited up to each."""
PLACE = ["geographic_level", "geography", *BREAKDOWNS]


def dated(model: Model, release: str, figures: pd.DataFrame) -> None:
    """State what a release's days say about its bands."""
    for (measure, basis, *cell), days in shown(figures).items():
        waits = Waits(model, release, measure, basis, tuple(cell))
        if waits.have_bands:
            waits.told(days)


def waited_until(days: Sequence[int] | Days, of: tuple[Days, Days]) -> Days:
    """Return how many waited up to each of some days, of days that somebody waited and counts."""
    day, upto = of
    found: Days = np.concatenate([[0], upto])[np.searchsorted(day, days, side="right")]
    return found


def shown(figures: pd.DataFrame) -> dict[Name, list[Day]]:
    """Return all days that are shown, by measure, basis and place."""
    told = defaultdict[Name, list[Day]](list)
    rows = figures[figures["statistic"].isin(QUARTILES) & (figures["status"] == "ok")]
    columns = ["measure", "basis", *PLACE, "statistic", "value", "lower", "upper"]
    for *place, statistic, value, low, high in rows[columns].itertuples(index=False, name=None):
        days = told[tuple(place)]
        days.append((int(value), QUARTILES[statistic]))
        if statistic == "median" and not np.isnan(low):
            days += [(int(low), FIRST), (int(high), LAST)]
    return told


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
    for more, fewer in _compared(model, release):
        weights = [1.0] * len(more) + [-1.0] * len(fewer)
        model.sums.append(([*more, *fewer], weights, 0.0, np.inf))


def _compared(model: Model, release: str) -> Iterator[tuple[list[int], list[int]]]:
    """Yield bands that are as many at least as others.

    No wait has more working days than days, and only so many days fit into working days.
    """
    cells = dict.fromkeys(
        (name[1], name[5:]) for name in model.index if name[0] == release and name[4] in BANDS
    )
    for measure, place in cells:
        working, days = (Waits(model, release, measure, basis, place) for basis in BASES)
        if working.have_bands and days.have_bands:
            for edge in range(len(EDGES)):
                yield working.upto(edge), days.upto(edge)
            for edge, wider in STRETCH.items():
                yield days.upto(wider), working.upto(edge)


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

    def told(self, days: Sequence[Day]) -> None:
        """State how many of n waits are up to each edge, at least and at most.

        Where n is not known, what holds of each that it may be; where it may be anything, nothing.
        """
        n = self.model.index[self.release, self.measure, "n", "", "", *self.cell]
        few, many = self.model.least[n], self.model.most[n]
        if not few <= many < np.inf:
            return
        least, most = (defaultdict[int, list[Ranks]](list) for _ in range(2))
        for day, which in days:
            of_each, edge = ranks(which, int(few), int(many)), bisect_left(EDGES, day)
            least[edge].append(of_each[0])
            most[edge - 1].append(of_each[1])
        edges = range(len(EDGES))
        for sign, sure, along in ((1, least, edges), (-1, most, reversed(edges))):
            # What is up to an edge is up to every later one.
            before: list[Ranks] = []
            for edge in along:
                highest = [tuple(map(max, zip(*before, *sure[edge], strict=True)))]
                if sure[edge] and highest != before:
                    before = highest
                    for slope, height in lines_under(int(few), highest[0]):
                        self._weighed(self.upto(edge), (n, -slope), height, sign)

    def _weighed(self, bands: list[int], n: tuple[int, float], height: float, sign: int) -> None:
        """State that some bands, and a weight of n, are a height at least, or, below 0, at most."""
        at, weights = ([n[0]], [sign * n[1]]) if n[1] else ([], [])
        weights = [*[1.0] * len(bands), *weights]
        ends = (height, np.inf) if sign > 0 else (-np.inf, -height)
        self.model.sums.append(([*bands, *at], weights, *ends))
