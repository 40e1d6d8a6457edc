"""The published cells, and what is told of the rows in each."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, product
from typing import NamedTuple

from tests.oracle.children import VALUES, Row, characteristics, region
from tests.oracle.events import Told, of_row
from tests.oracle.survival import Wait

REGIONS = (
    *("North East", "North West", "Yorkshire and The Humber", "East Midlands", "West Midlands"),
    *("East of England", "London", "South East", "South West"),
)
SINGLE = ("ethnicity_group", "disability", "gender", "age")
TOTAL = "Total"


class Cell(NamedTuple):
    """One place in the published tables."""

    geographic_level: str
    geography: str
    ethnicity_group: str = TOTAL
    ethnicity: str = TOTAL
    disability: str = TOTAL
    gender: str = TOTAL
    age: str = TOTAL
    stage: str = TOTAL

    @property
    def broken_down_by(self) -> tuple[str, ...]:
        return tuple(name for name in VALUES if getattr(self, name) != TOTAL)


@dataclass
class Content:
    """The rows of a cell, summed up."""

    counts: Counter[str] = field(default_factory=Counter)
    days: defaultdict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    waits: defaultdict[tuple[str, str], list[Wait]] = field(
        default_factory=lambda: defaultdict(list)
    )


def breakdowns(level: str) -> list[tuple[str, ...]]:
    """What is published together; by stage, only children supported."""
    found: list[tuple[str, ...]] = [(), *((name,) for name in SINGLE), ("stage",)]
    if level == "England":
        found += [("ethnicity",), *combinations(SINGLE, 2)]
    return found


def published(agencies: tuple[str, ...]) -> Iterator[Cell]:
    places = [("England", "England"), *(("Region", name) for name in REGIONS)]
    for level, place in [*places, *(("Agency", name) for name in agencies)]:
        for names in breakdowns(level):
            for values in product(*(VALUES[name] for name in names)):
                yield Cell(level, place, **dict(zip(names, values, strict=True)))


def _cells_of(told: Told) -> Iterator[Cell]:
    places = [("England", "England"), ("Agency", told.agency)]
    if told.region:
        places.append(("Region", told.region))
    for level, place in places:
        for names in breakdowns(level):
            yield Cell(level, place, **{name: told.characteristics[name] for name in names})


def _children(rows: list[Row], end: date) -> Iterator[Told]:
    """One a child: as the row with the latest contact, else the latest match, then C3, has it."""

    def latest(row: Row) -> tuple[date, date, str]:
        on = [row[name] if row[name] and row[name] <= end else date.min for name in ("C11", "C8")]
        return on[0], on[1], row["C3"]

    chosen: dict[tuple[str, str], Row] = {}
    for row in rows:
        child = row["agency"], row["C2"]
        if child not in chosen or latest(row) > latest(chosen[child]):
            chosen[child] = row
    for row in chosen.values():
        who = characteristics(row, end)
        yield Told(row["agency"], region(row["C1"]), who, {"children_supported"})


def contents(rows: list[Row], start: date, end: date) -> dict[Cell, Content]:
    """Sum up the used rows of all current returns."""
    first: dict[tuple[str, str], date] = {}
    for row in rows:
        if row["C11"]:
            child = row["agency"], row["C2"]
            first[child] = min(first.get(child, row["C11"]), row["C11"])
    found: defaultdict[Cell, Content] = defaultdict(Content)
    told = [*_children(rows, end)]
    for row in rows:
        earlier = bool(row["C11"]) and first[row["agency"], row["C2"]] < row["C11"]
        told.append(of_row(row, start, end, came_before=earlier))
    for one in told:
        for cell in _cells_of(one):
            content = found[cell]
            content.counts.update(one.counts)
            for key, days in one.days.items():
                content.days[key].append(days)
            for key, wait in one.waits.items():
                content.waits[key].append(wait)
    return found
