"""The published grid: every (geography, breakdown) cell of a round, each with a number."""

from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.geography import REGIONS, comparator
from data.rounds import Round
from measures.breakdowns import (
    BY_NAME,
    CELL,
    NAMES,
    NO_REGION,
    TOTAL,
    finest,
    geographies,
    published,
)

DIMENSIONS = ("region", "agency", *NAMES)
SHARED = "own_region"
"""Whether a row of an agency lies in its comparator region."""
PLACE = {"England": (), "Region": ("region",), "Agency": ("agency",)}


@dataclass(frozen=True)
class Grid:
    """Every cell that is published, in order; a dimension's values have places from 1, 0 is total.

    A cell's key is its places side by side in the bits of one whole number.
    """

    agencies: tuple[str, ...]

    @classmethod
    def of(cls, round_: Round) -> "Grid":
        """Return the grid of a round."""
        return cls(round_.agencies)

    @cached_property
    def values(self) -> dict[str, tuple[str, ...]]:
        """The values of each dimension, the unknown one last."""
        known = {name: breakdown.values for name, breakdown in BY_NAME.items()}
        return {"region": (*REGIONS, NO_REGION), "agency": self.agencies} | known

    @cached_property
    def bits(self) -> dict[str, tuple[int, int]]:
        """How many bits up each dimension's place stands, and how many it takes."""
        found, up = {SHARED: (0, 1)}, 1
        for name in DIMENSIONS:
            found[name] = up, len(self.values[name]).bit_length()
            up += found[name][1]
        return found

    def mask(self, *names: str) -> int:
        """Return the bits of some dimensions."""
        return sum((2**size - 1) << up for up, size in (self.bits[name] for name in names))

    @cached_property
    def cells(self) -> pd.DataFrame:
        """One row a cell: `geographic_level`, `geography`, each breakdown (or `Total`), `key`.

        The index is the cell's number.
        """
        rows = []
        for level, geography in geographies(self.agencies):
            for names in published(level, staged=True):
                rows += [
                    {"geographic_level": level, "geography": geography}
                    | dict.fromkeys(NAMES, TOTAL)
                    | dict(zip(names, values, strict=True))
                    for values in product(*(BY_NAME[name].values for name in names))
                ]
        cells = pd.DataFrame(rows)
        cells["key"] = self._keys(cells)
        return cells

    @cached_property
    def number(self) -> dict[tuple[str, ...], int]:
        """The number of every cell, by its level, geography and groups."""
        rows = self.cells[CELL].itertuples(index=False, name=None)
        return {row: number for number, row in enumerate(rows)}

    def _keys(self, cells: pd.DataFrame) -> npt.NDArray[np.int64]:
        keys = np.zeros(len(cells), np.int64)
        for name in DIMENSIONS:
            column = cells["geography"] if name in ("region", "agency") else cells[name]
            if name in ("region", "agency"):
                here = cells["geographic_level"].str.lower() == name
                column = column.where(here, TOTAL)
            place = {value: n for n, value in enumerate((TOTAL, *self.values[name]))}
            keys += column.map(place).to_numpy(np.int64) << self.bits[name][0]
        return keys

    @cached_property
    def is_staged(self) -> npt.NDArray[np.bool_]:
        """Where a cell is broken down by stage, which few measures are."""
        staged = [name for name, breakdown in BY_NAME.items() if breakdown.staged]
        found: npt.NDArray[np.bool_] = (self.cells[staged] != TOTAL).any(axis=1).to_numpy()
        return found

    @cached_property
    def is_banded(self) -> npt.NDArray[np.bool_]:
        """Where a duration's bands are published: geographies in total, England's single ones."""
        broken_down = (self.cells[list(NAMES)] != TOTAL).sum(axis=1)
        england = self.cells["geographic_level"] == "England"
        found: npt.NDArray[np.bool_] = (
            ((broken_down == 0) | (england & (broken_down == 1))) & ~self.is_staged
        ).to_numpy()
        return found

    @cached_property
    def wider(self) -> dict[str, npt.NDArray[np.int64]]:
        """For every cell the number of a wider one to compare it with, -1 where there is none.

        `england` and `region` (an agency's comparator) are the same group there, `total` is
        everybody of the same place.
        """
        number = self.number
        found: dict[str, list[int]] = {"england": [], "region": [], "total": []}
        everybody = (TOTAL,) * len(NAMES)
        for level, place, *group in number:
            here = ("England", "England", *group)
            found["england"].append(-1 if level == "England" else number[here])
            region = comparator(place) if level == "Agency" else None
            found["region"].append(number["Region", region, *group] if region else -1)
            whole = tuple(group) == everybody
            found["total"].append(-1 if whole else number[level, place, *everybody])
        return {name: np.array(places, np.int64) for name, places in found.items()}

    @cached_property
    def _sums(self) -> list[tuple[int, list[int]]]:
        """Cells that are sums of others, with those, in an order that they can be added up in."""
        found = []
        for level, place in geographies(self.agencies):
            sets = published(level, staged=True)
            for names in sorted(sets, key=len, reverse=True):
                if names in finest(level, staged=True):
                    continue
                finer = next(other for other in sets if {*names} < {*other})
                (extra,) = {*finer} - {*names}
                for values in product(*(BY_NAME[name].values for name in names)):
                    group = dict.fromkeys(NAMES, TOTAL) | dict(zip(names, values, strict=True))
                    parts = [group | {extra: value} for value in BY_NAME[extra].values]
                    cells = ((level, place, *one.values()) for one in (group, *parts))
                    whole, *of = map(self.number.__getitem__, cells)
                    found.append((whole, of))
        return found

    def add_up(self, table: npt.NDArray[np.signedinteger]) -> None:
        """Fill in the cells that are sums of others: `table` has a row a cell."""
        for whole, parts in self._sums:
            table[whole] = table[parts].sum(axis=0)
