"""A release opened for reading figure by figure: one look-up each, however many readers."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import repeat
from typing import Any, TypeVar

import pandas as pd

from data.geography import REGIONS
from measures.breakdowns import ENGLAND, NAMES, TOTAL
from measures.catalogue import BY_ID
from measures.release import Release
from measures.views.figure import Figure

Key = tuple[Any, ...]
T = TypeVar("T")


def group(**values: str) -> tuple[str, ...]:
    """Return the values of all breakdowns, `Total` for those not named."""
    unknown = values.keys() - set(NAMES)
    if unknown:
        raise ValueError(f"no breakdown {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    return tuple(values.get(name, TOTAL) for name in NAMES)


class Book:
    """The figures of one release and one period, indexed measure by measure as they are asked for.

    Plain dictionaries: a data frame filtered for every figure of every page of every reader is many
    times slower.
    """

    def __init__(self, release: Release, period: str = "") -> None:
        """Open a release at a period; its own is the default."""
        self.release = release
        self.period = period or release.round.period
        self._indexes: dict[str, dict[Key, Figure]] = {}
        self._made: dict[Key, Any] = {}
        self._others: dict[str, Book] = {}

    def at(self, period: str) -> "Book":
        """Return the same release opened at another of its periods."""
        if period == self.period:
            return self
        if period not in self._others:
            self._others[period] = Book(self.release, period)
        return self._others[period]

    def one(
        self,
        measure: str,
        statistic: str,
        place: str = ENGLAND,
        *,
        basis: str = "",
        band: str = "",
        **groups: str,
    ) -> Figure:
        """Return a figure; one that the release does not hold is not available, `x`."""
        key = (statistic, place, basis, band, group(**groups))
        found = self._index(measure).get(key)
        return found or Figure(measure, statistic, place, "x", basis=basis, band=band, group=key[4])

    def every(self, measure: str, statistic: str, basis: str = "") -> Iterator[Figure]:
        """Yield a statistic of a measure for every place and group."""
        for figure in self._index(measure).values():
            if figure.statistic == statistic and figure.basis == basis:
                yield figure

    def once(self, key: Key, make: Callable[[], T]) -> T:
        """Return what is worked out once from a release, for all its readers."""
        if key not in self._made:
            self._made[key] = make()
        made: T = self._made[key]
        return made

    def level(self, place: str) -> str:
        """Return what kind of place it is: `England`, `Region` or `Agency`."""
        return place if place == ENGLAND else "Region" if place in REGIONS else "Agency"

    def _index(self, measure: str) -> dict[Key, Figure]:
        if measure not in self._indexes:
            rows = self.release.figures(measure)
            rows = rows[rows["period"] == self.period]
            self._indexes[measure] = {
                (one.statistic, one.place, one.basis, one.band, one.group): one
                for one in _figures(measure, rows)
            }
        return self._indexes[measure]

    def warm(self) -> None:
        """Index every measure, so that no reader waits for it."""
        for measure in BY_ID:
            self._index(measure)

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods that the release has figures of, the newest last."""
        found = self.release.tables["figures"]["period"].unique()
        return tuple(sorted(map(str, found))) or (self.release.round.period,)

    @property
    def dates(self) -> tuple[date, date]:
        """The first and the last day of the period."""
        first, _, last = self.period.partition("/")
        return date.fromisoformat(first), date.fromisoformat(last)

    @property
    def period_in_words(self) -> str:
        """The period as a sentence says it."""
        return in_words(self.period)

    @cached_property
    def agencies(self) -> tuple[str, ...]:
        """Every agency that was asked, returned or not."""
        return tuple(self.release.tables["returns"]["agency"])

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions of England."""
        return REGIONS

    @property
    def places(self) -> tuple[str, ...]:
        """England, the regions, the agencies."""
        return (ENGLAND, *REGIONS, *self.agencies)

    @cached_property
    def came(self) -> dict[str, date]:
        """The agencies whose return came, and when."""
        returns = self.release.tables["returns"]
        here = returns[returns["received"].notna()]
        days = [when.date() for when in here["received"]]
        return dict(zip(here["agency"], days, strict=True))

    @property
    def returned(self) -> tuple[str, ...]:
        """The agencies whose return came."""
        return tuple(self.came)

    @property
    def response(self) -> str:
        """The response as a notice says it: `29 of 32 agencies`."""
        return f"{len(self.returned)} of {len(self.agencies)} agencies"

    @cached_property
    def policy(self) -> dict[str, Any]:
        """By which numbers the release is protected."""
        return self.release.settings

    @property
    def made_at(self) -> datetime:
        """When the release was made."""
        return datetime.fromisoformat(self.release.manifest["made_at"]).astimezone(UTC)


_TEXTS = ("statistic", "geography", "status")
_NUMBERS = ("value", "lower", "upper")
_MORE = ("rounded_to", "basis", "band")
_WORDS = ("than_england", "than_region", "than_total", "nearest_shown")


def _figures(measure: str, rows: pd.DataFrame) -> Iterator[Figure]:
    def plain(name: str) -> list[float | None]:
        return [None if value != value else value for value in rows[name].tolist()]  # noqa: PLR0124

    groups = zip(*(rows[name].tolist() for name in NAMES), strict=True)
    texts = [rows[name].tolist() for name in _TEXTS]
    numbers = [plain(name) for name in _NUMBERS]
    more, words = ([rows[name].tolist() for name in names] for names in (_MORE, _WORDS))
    columns = (*texts, *numbers, *more, groups, *words)
    return map(Figure._make, zip(repeat(measure, len(rows)), *columns, strict=True))


def in_words(period: str) -> str:
    """Return a period as a sentence says it: `1 April to 30 September 2025`."""
    first, last = (date.fromisoformat(day) for day in period.split("/"))
    year = f" {first.year}" if first.year != last.year else ""
    return f"{first.day} {first:%B}{year} to {day(last)}"


def day(when: date) -> str:
    """Return a day as a sentence says it: `30 September 2025`."""
    return f"{when.day} {when:%B %Y}"
