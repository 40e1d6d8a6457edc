"""What is protected together: counts that share children, and the cells in which they are shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

TOTAL = "Total"
NO_REGION = "Not known"
ENGLAND = "England"
CHARACTERISTICS = ("ethnicity_group", "ethnicity", "disability", "gender", "age", "stage")


class Refused(Exception):
    """A release that cannot be made safe, or not in time; the message names the cell."""


class Cell(NamedTuple):
    """One published count's place in a release; its columns are those of `figures`."""

    flag: str
    geographic_level: str
    geography: str
    ethnicity_group: str = TOTAL
    ethnicity: str = TOTAL
    disability: str = TOTAL
    gender: str = TOTAL
    age: str = TOTAL
    stage: str = TOTAL


@dataclass(frozen=True)
class Count:
    """One count: the sum of n over the atoms where `flag` is set.

    `within` are its wholes, each a tuple of flags that exclude one another and together contain
    it: `(("received",),)`, or `(("open", "closed"),)`. Anybody can subtract a part from its whole,
    so every such difference is protected like a count of its own.
    `bands_of` is set for one band of a duration, to the flag of its n; `basis` says of which
    division into bands it is (calendar or working days). Bands are published for geographies in
    total, and for England by single characteristics.
    """

    flag: str
    within: tuple[tuple[str, ...], ...] = ()
    bands_of: str | None = None
    basis: str = ""


@dataclass(frozen=True)
class Ratio:
    """A share that is published where numerator, denominator and their difference are shown."""

    numerator: str
    denominator: str


@dataclass(frozen=True)
class Breakdowns:
    """Which cells are published: every level in total and by each of `singles` on its own.

    England also by each of `england` and by every pair out of `paired`.
    """

    levels: tuple[str, ...] = ("England", "Region", "Agency")
    singles: tuple[str, ...] = ("ethnicity_group", "disability", "gender", "age")
    england: tuple[str, ...] = ("ethnicity",)
    paired: tuple[str, ...] = ("ethnicity_group", "disability", "gender", "age")


@dataclass(frozen=True)
class Linked:
    """One set of counts that share children and are protected jointly.

    `atoms`: region, agency, the characteristics that `breakdowns` names, one column of 0 or 1 per
    flag, and n (whole, at least 0): the true number of each combination. Row order is no matter.
    """

    name: str
    atoms: pd.DataFrame
    counts: tuple[Count, ...]
    ratios: tuple[Ratio, ...] = ()
    breakdowns: Breakdowns = field(default_factory=Breakdowns)

    def __post_init__(self) -> None:
        """Refuse atoms that lack a column, or contradict what the counts declare."""
        wanted = ["region", "agency", "n", *self.characteristics, *self.flags]
        if missing := [name for name in wanted if name not in self.atoms]:
            raise ValueError(f"{self.name}: atoms lack {missing}, they have {list(self.atoms)}")
        if (self.atoms["n"] < 0).any() or self.atoms[wanted].isna().any().any():
            raise ValueError(f"{self.name}: atoms must be whole, with n of 0 or more")
        for count in self.counts:
            part = self.atoms[count.flag].to_numpy(np.int64)
            for whole in (*count.within, *(((count.bands_of,),) if count.bands_of else ())):
                if (part > self.atoms[list(whole)].to_numpy(np.int64).sum(axis=1)).any():
                    raise ValueError(f"{self.name}: {count.flag} is not within {whole}")

    @property
    def characteristics(self) -> tuple[str, ...]:
        """The characteristics that some cell is broken down by."""
        used = {*self.breakdowns.singles, *self.breakdowns.england, *self.breakdowns.paired}
        return tuple(name for name in CHARACTERISTICS if name in used)

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags, in the order declared."""
        return tuple(count.flag for count in self.counts)

    @cached_property
    def values(self) -> dict[str, tuple[str, ...]]:
        """The values of region, agency and each characteristic, sorted."""
        names = ("region", "agency", *self.characteristics)
        return {name: tuple(sorted(self.atoms[name].astype(str).unique())) for name in names}

    @cached_property
    def codes(self) -> dict[str, npt.NDArray[np.intp]]:
        """For region, agency and each characteristic: the place of each atom's value."""
        return {
            name: np.searchsorted(np.array(values, dtype=str), self.atoms[name].astype(str))
            for name, values in self.values.items()
        }

    def geographies(self) -> list[tuple[str, str]]:
        """Return every (level, geography) published; the unknown region is none."""
        named = {
            "England": (ENGLAND,),
            "Region": tuple(r for r in self.values["region"] if r != NO_REGION),
            "Agency": self.values["agency"],
        }
        return [(level, place) for level in self.breakdowns.levels for place in named[level]]

    def crossings(self, count: Count, level: str) -> list[tuple[str, ...]]:
        """Return the sets of characteristics by which a count is published at a level."""
        shape, england = self.breakdowns, level == "England"
        singles = [(name,) for name in shape.singles]
        pairs = list(combinations(shape.paired, 2)) if england and not count.bands_of else []
        codes = [(name,) for name in shape.england] if england else []
        if count.bands_of and not england:
            return [()]
        return [(), *singles, *codes, *pairs]

    def cells(self, count: Count) -> list[Cell]:
        """Return every cell in which a count is published, in order."""
        return [
            Cell(count.flag, level, place, **dict(zip(names, values, strict=True)))
            for level, place in self.geographies()
            for names in self.crossings(count, level)
            for values in product(*(self.values[name] for name in names))
        ]
