"""Which tables the cells of a linked set form: groups of children, and the rows over them.

Attackers may know which agency covers which region, so the pairs are those that exist; within a
pair
any value of a characteristic is possible unless a shown zero says otherwise, so groups are the
full product. A table by one characteristic needs no other: children of one pair and outcome can be
given any other characteristic's values without any published count noticing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse

from measures.disclosure.linked import CHARACTERISTICS, TOTAL, Cell, Count, Linked
from measures.disclosure.table import NOBODY

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Grid:
    """The shape of one table: its `cells`, their `rows` over groups, and each atom's group.

    `agencies` has each group's agency by place, or NOBODY where groups span agencies; `home`
    those in the
    region where most of their agency's children are, `alike` those that differ by region only;
    `member` the group of each atom, -1 for none. `bands`: each cell names its own flag, for
    others it is given.
    """

    name: str
    cells: tuple[Cell, ...]
    rows: sparse.csr_array
    agencies: Ints
    home: npt.NDArray[np.bool_]
    alike: Ints
    member: Ints
    parents: tuple[bool, ...]  # cells that another table owns
    counted: str  # the flag that a child must have to count here at all

    def homes(self, sizes: Ints) -> npt.NDArray[np.bool_]:
        """Return the largest group of each that are alike, the one at home where they tie."""
        order = np.lexsort((self.home, sizes, self.alike))
        last = np.append(np.diff(self.alike[order]) != 0, True)
        found = np.zeros(len(sizes), bool)
        found[order[last]] = True
        return found

    @property
    def undivided(self) -> bool:
        """Whether no cell is a total of others that the table owns too."""
        return self.name in ("total", "bands")

    def sizes(self, weights: Ints) -> Ints:
        """Return how many children each group has, given each atom's number of those counted."""
        inside = self.member >= 0
        sums = np.bincount(self.member[inside], weights[inside], minlength=self.rows.shape[1])
        return np.rint(sums).astype(np.int64)


def _keyed(columns: dict[str, Ints], names: Sequence[str]) -> tuple[pd.DataFrame, Ints]:
    """Return the observed combinations of some columns, in order, and each atom's combination."""
    by = list(names)
    frame = pd.DataFrame(columns)[by]
    found = np.asarray(frame.groupby(by, sort=True).ngroup(), np.int64)
    first = frame.drop_duplicates().sort_values(by, ignore_index=True)
    return first, found


def _full(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Return every combination of the rows of some frames, the last varying fastest."""
    found = parts[0]
    for part in parts[1:]:
        found = found.merge(part, how="cross")
    return found


def _grid(
    linked: Linked,
    name: str,
    parts: list[tuple[pd.DataFrame, Ints]],
    cells: list[tuple[Cell, bool]],
    *,
    counted: str = "",
) -> Grid:
    """Build a grid from the parts whose product are its groups, and its cells (with: is parent)."""
    groups = _full([frame for frame, _ in parts])
    member = np.zeros(len(linked.atoms), np.int64)
    for frame, place in parts:
        member = np.where((member < 0) | (place < 0), -1, member * len(frame) + place)
    masks = {
        (column, value): (groups[column] == place).to_numpy()
        for column in groups.columns.intersection(["region", "agency", *CHARACTERISTICS])
        for place, value in enumerate(linked.values[column])
    }
    everything = np.ones(len(groups), bool)
    rows = []
    for cell, _ in cells:
        row = everything
        if cell.geographic_level != "England":
            row = row & masks[cell.geographic_level.lower(), cell.geography]
        for characteristic in linked.characteristics:
            value = getattr(cell, characteristic)
            if value != TOTAL:
                row = row & masks[characteristic, value]
        if cell.flag in groups:
            row = row & groups[cell.flag].to_numpy(bool)
        rows.append(row)
    agencies = groups["agency"].to_numpy() if "agency" in groups else np.full(len(groups), NOBODY)
    return Grid(
        name,
        tuple(cell for cell, _ in cells),
        sparse.csr_array(np.array(rows, dtype=np.int64).reshape(len(cells), len(groups))),
        agencies.astype(np.int64),
        *_home(linked, groups),
        member,
        tuple(parent for _, parent in cells),
        counted,
    )


def _home(linked: Linked, groups: pd.DataFrame) -> tuple[npt.NDArray[np.bool_], Ints]:
    """Return which groups are where most of their agency's children are, and who else is alike.

    Alike are the groups of one agency that differ by region only.
    """
    if "agency" not in groups:
        return np.ones(len(groups), bool), np.arange(len(groups))
    regions, agencies = linked.codes["region"], linked.codes["agency"]
    sizes = np.zeros((len(linked.values["agency"]), len(linked.values["region"])))
    np.add.at(sizes, (agencies, regions), linked.atoms["n"].to_numpy())
    home = np.asarray(sizes.argmax(axis=1)[groups["agency"]] == groups["region"])
    others = [name for name in groups if name != "region"]
    return home, np.asarray(groups.groupby(others).ngroup(), np.int64)


def _pairs(linked: Linked) -> tuple[pd.DataFrame, Ints]:
    columns = {name: linked.codes[name].astype(np.int64) for name in ("region", "agency")}
    return _keyed(columns, ["region", "agency"])


def _values(linked: Linked, name: str) -> tuple[pd.DataFrame, Ints]:
    every = pd.DataFrame({name: np.arange(len(linked.values[name]))})
    return every, linked.codes[name].astype(np.int64)


def _ethnicities(linked: Linked) -> tuple[pd.DataFrame, Ints]:
    """Return the codes with the group of each, so that one table holds both."""
    names = [n for n in ("ethnicity_group", "ethnicity") if n in linked.values]
    return _keyed({n: linked.codes[n].astype(np.int64) for n in names}, names)


def _marked(cells: list[Cell], *names: str) -> list[Cell]:
    """Return the cells broken down by exactly these characteristics."""
    return [
        cell
        for cell in cells
        if {n for n in CHARACTERISTICS if getattr(cell, n) != TOTAL} == set(names)
    ]


def count_grids(linked: Linked, count: Count) -> list[Grid]:
    """Return the tables of a count that is no band, those of wider cells first."""
    cells = linked.cells(count)
    totals = _marked(cells)
    shape = linked.breakdowns
    named = {name: totals + _marked(cells, name) for name in shape.singles} or {"total": totals}
    grids = [
        _grid(
            linked,
            name,
            [_pairs(linked), *([_values(linked, name)] if shape.singles else [])],
            [(cell, False) for cell in own],
            counted=count.flag,
        )
        for name, own in named.items()
    ]
    if "England" not in shape.levels:
        return grids
    england = [cell for cell in cells if cell.geographic_level == "England"]
    if "ethnicity" in shape.england:
        parents = _marked(england, "ethnicity_group")
        own = _marked(england, "ethnicity")
        grids.append(
            _grid(
                linked,
                "ethnicity",
                [_ethnicities(linked)],
                [(cell, True) for cell in parents] + [(cell, False) for cell in own],
                counted=count.flag,
            )
        )
    pairs = [
        (a, b)
        for names in linked.crossings(count, "England")
        if len(names) == 2
        for a, b in [names]
    ]
    if pairs:
        parents = [cell for name in shape.paired for cell in _marked(england, name)]
        own = [cell for pair in pairs for cell in _marked(england, *pair)]
        grids.append(
            _grid(
                linked,
                "pairs",
                [_values(linked, name) for name in shape.paired],
                [(cell, True) for cell in parents] + [(cell, False) for cell in own],
                counted=count.flag,
            )
        )
    return grids


def _joint_bands(linked: Linked, whole: str, bands: list[Count]) -> tuple[pd.DataFrame, Ints]:
    """Return the combinations of bands that some child is in (working days are never longer)."""
    flags = [band.flag for band in bands]
    marked = linked.atoms[flags].to_numpy(np.int64)
    inside = linked.atoms[whole].to_numpy(np.int64) > 0
    found, place = np.unique(marked[inside], axis=0, return_inverse=True)
    member = np.full(len(marked), -1, np.int64)
    member[inside] = place.reshape(-1)
    return pd.DataFrame(found.reshape(-1, len(flags)), columns=flags), member


def band_grids(linked: Linked, whole: Count) -> list[Grid]:
    """Return the tables of a duration's bands: by geography, and England's by characteristic."""
    bands = [count for count in linked.counts if count.bands_of == whole.flag]
    if not bands or not linked.atoms[whole.flag].any():
        return []
    joint = _joint_bands(linked, whole.flag, bands)
    cells = [cell for band in bands for cell in linked.cells(band)]
    wholes = linked.cells(whole)
    grids = [
        _grid(
            linked,
            "bands",
            [_pairs(linked), joint],
            [(c, True) for c in _marked(wholes)] + [(c, False) for c in _marked(cells)],
        )
    ]
    england = [c for c in cells if c.geographic_level == "England"]
    singles = [*linked.breakdowns.singles, *linked.breakdowns.england]
    for name in singles:
        if name == "ethnicity_group" and "ethnicity" in singles:
            continue  # one table holds both
        names = ("ethnicity_group", "ethnicity") if name == "ethnicity" else (name,)
        part = _ethnicities(linked) if name == "ethnicity" else _values(linked, name)
        parents = [c for c in wholes if c.geographic_level == "England"]
        own = [c for n in names for c in _marked(england, n)]
        up = _marked(england) + [c for n in names for c in _marked(parents, n)]
        grids.append(
            _grid(
                linked,
                f"bands by {name}",
                [part, joint],
                [(c, True) for c in up] + [(c, False) for c in own],
            )
        )
    return grids


__all__ = ["Grid", "band_grids", "count_grids", "product"]
