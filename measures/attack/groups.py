"""What medians and quartiles of groups give away of how many waited how long in all.

A group may have no bands, and still say by its median how long half of it waited. Along a breakdown
or over places such halves and quarters add up to so many waits of the whole, which has bands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from measures.attack.waits import EDGES, PLACE, QUARTILES, Waits, rank_of

if TYPE_CHECKING:
    from measures.attack.model import Model, Name

Wholes = Callable[["Name"], Iterator[tuple["Name", str]]]


def grouped(model: Model, release: str, figures: pd.DataFrame, wholes: Wholes) -> None:
    """State how many waits of a whole are surely up to an edge, and how many surely beyond it.

    `wholes` gives the cells that a cell is part of, with what they add up over.
    """
    totals = defaultdict[tuple["Name", str, str], np.ndarray](lambda: np.zeros((2, len(EDGES))))
    for (name, basis), sure in _sure(model, release, figures).items():
        for whole, over in wholes(name):
            totals[whole, over, basis] += sure
    for (whole, _, basis), sure in totals.items():
        waits = Waits(model, release, whole[1], basis, whole[5:])
        everything = waits.upto(len(EDGES))
        if len(everything) == len(EDGES) + 1:
            for edge in range(len(EDGES)):
                near = waits.upto(edge)
                for bands, least in zip(
                    (near, everything[len(near) :]), sure[:, edge], strict=True
                ):
                    if least:
                        model.sums.append((bands, [1.0] * len(bands), float(least), np.inf))


def _sure(model: Model, release: str, figures: pd.DataFrame) -> dict[tuple[Name, str], np.ndarray]:
    """Return by n and basis, of cells without bands, what is sure: up to each edge, and beyond."""
    found = defaultdict[tuple["Name", str], np.ndarray](lambda: np.zeros((2, len(EDGES))))
    shown = figures[figures["statistic"].isin(QUARTILES) & (figures["status"] == "ok")]
    columns = ["measure", "basis", *PLACE, "statistic", "value", "lower", "upper"]
    for measure, basis, *row in shown[columns].itertuples(index=False, name=None):
        *cell, statistic, value, low, high = row
        if Waits(model, release, measure, basis, tuple(cell)).upto(0):
            continue
        name = (release, measure, "n", "", "", *cell)
        n = int(model.least[model.index[name]])
        rank = (n - 1) * QUARTILES[statistic] / 4
        told = [(int(value), floor(rank) + 1, n - ceil(rank))]
        if statistic == "median" and not np.isnan(low):
            first = rank_of(n)
            told += [(int(low), first, n - first + 1), (int(high), n + 1 - first, first)]
        for day, by_then, not_before in told:
            edge, sure = bisect_left(EDGES, day), found[name, basis]
            sure[0, edge:] = np.maximum(sure[0, edge:], by_then)
            sure[1, :edge] = np.maximum(sure[1, :edge], not_before)
    return found
