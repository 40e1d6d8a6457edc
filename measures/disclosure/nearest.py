"""Where a figure is not shown: the nearest wider one that is, named in the release.

Named here and not by whoever reads the release, so that every page and every program offers the
same. It follows from what is shown alone, so it tells nothing more.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.geography import comparator
from measures.breakdowns import ENGLAND, NAMES, TOTAL, cell_name
from measures.figures import FIGURE
from measures.grid import Grid
from measures.lines import GROUP_OF

NEAREST = "nearest_shown"
WANTING = ("c", "x", "u")
"""Statuses of a figure that a wider one may stand in for; `z` and `low` say all there is."""
Group = dict[str, str]


def nearest_shown(figures: pd.DataFrame, cells: npt.NDArray[np.int64], grid: Grid) -> pd.Series:
    """Return of each protected figure the name of the cell to offer instead, "" if there is none.

    `cells` are the numbers of the figures' cells in the grid.
    """
    candidates, names = _wider(grid)
    shown = (figures["status"] == "ok").to_numpy()
    wanting = figures["status"].isin(WANTING).to_numpy()
    found = np.full(len(figures), "", np.object_)
    for kind in figures.groupby(FIGURE, sort=False).indices.values():
        rows = np.asarray(kind)
        # One more than there are cells: the last stands for no candidate, and is never shown.
        here = np.zeros(len(names) + 1, np.bool_)
        here[cells[rows]] = shown[rows]
        asked = rows[wanting[rows]]
        offered = candidates[cells[asked]]
        first = here[offered].argmax(axis=1)
        chosen = offered[np.arange(len(asked)), first]
        found[asked[here[chosen]]] = names[chosen[here[chosen]]]
    return pd.Series(found, index=figures.index)


def _wider(grid: Grid) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.object_]]:
    """Return the wider cells of every cell, the nearest first, and the name of every cell."""
    names, found = [], []
    for level, place, *values in grid.number:
        group = {n: value for n, value in zip(NAMES, values, strict=True) if value != TOTAL}
        names.append(cell_name(place, group))
        wider = [
            grid.number.get((*where, *(kept.get(name, TOTAL) for name in NAMES)), -1)
            for where, kept in _widening(level, place, group)
        ]
        found.append([cell for cell in wider if cell >= 0])
    most = max(map(len, found))
    padded = [[*wider, *[-1] * (most - len(wider))] for wider in found]
    return np.array(padded, np.int64), np.array(names, np.object_)


def _widening(level: str, place: str, group: Group) -> Iterator[tuple[tuple[str, str], Group]]:
    """Yield where to look: the same group of wider places, each wider group here, then everybody.

    The wider groups of a pair are its parts, that of an ethnicity is the group it belongs to.
    """
    region = comparator(place) if level == "Agency" else None
    wider = [("Region", region)] if region else []
    wider += [(ENGLAND, ENGLAND)] if level != ENGLAND else []
    yield from ((where, group) for where in wider)
    here = (level, place)
    if len(group) > 1:
        yield from ((here, {name: value}) for name, value in group.items())
    if group.get("ethnicity") in GROUP_OF:
        yield here, {"ethnicity_group": GROUP_OF[group["ethnicity"]]}
    if group:
        yield here, {}
        yield from ((where, {}) for where in wider)
