"""What medians and quartiles of groups give away of how many waited how long in all.

A group may have no bands, and still say by its median how long half of it waited. Along a breakdown
or over places such halves and quarters add up to so many waits of the whole, which has bands.
"""

from bisect import bisect_left

import numpy as np
import pandas as pd

from measures.attack.adding import wholes
from measures.attack.model import Model, Name
from measures.attack.ranks import ranks
from measures.attack.relations import BANDS
from measures.attack.sums import Floats
from measures.attack.waits import EDGES, Waits, shown


def grouped(model: Model, release: str, figures: pd.DataFrame) -> None:
    """State how many waits of a whole are surely up to an edge, and how many surely beyond it."""
    groups, sure = _sure(model, release, figures)
    number = dict[tuple[Name, str, str], int]()
    parts = list[tuple[int, int]]()
    for at, (name, basis) in enumerate(groups):
        for whole, over in wholes(name):
            parts.append((number.setdefault((whole, over, basis), len(number)), at))
    total = np.zeros((len(number), *sure.shape[1:]))
    into, of = np.array(parts, np.int64).reshape(-1, 2).T
    np.add.at(total, into, sure[of])
    for (whole, _, basis), here in zip(number, total.tolist(), strict=True):
        waits = Waits(model, release, whole[1], basis, whole[5:])
        everything = waits.upto(len(EDGES))
        if len(everything) == len(EDGES) + 1:
            for edge, (by_then, not_before) in enumerate(zip(*here, strict=True), 1):
                for bands, least in (
                    (everything[:edge], by_then),
                    (everything[edge:], not_before),
                ):
                    if least:
                        model.sums.append((bands, [1.0] * len(bands), least, np.inf))


def _sure(
    model: Model, release: str, figures: pd.DataFrame
) -> tuple[list[tuple[Name, str]], Floats]:
    """Return n and basis of cells without bands, and by cell what is sure: to each edge, beyond."""
    told, number = list[tuple[int, ...]](), dict[tuple[Name, str], int]()
    for (measure, basis, *cell), days in shown(figures).items():
        if (release, measure, "band", basis, BANDS[0], *cell) in model.index:
            continue
        name = (release, measure, "n", "", "", *cell)
        n = int(model.least[model.index[name]])
        at = number.setdefault((name, basis), len(number))
        for day, rank in days:
            (least,), (shorter,) = ranks(rank, n, n)
            told.append((at, bisect_left(EDGES, day), least, n + shorter))
    which, edge, by_then, not_before = np.array(told, np.int64).reshape(-1, 4).T
    upto, beyond = np.zeros((2, len(number), len(EDGES) + 1))
    np.maximum.at(upto, (which, edge), by_then)
    np.maximum.at(beyond, (which, edge), not_before)
    # What is up to an edge is up to every later one, and what is beyond is beyond every earlier.
    upto = np.maximum.accumulate(upto, axis=1)[:, :-1]
    beyond = np.maximum.accumulate(beyond[:, ::-1], axis=1)[:, ::-1][:, 1:]
    return list(number), np.stack([upto, beyond], axis=1)
