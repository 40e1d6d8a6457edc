"""What days of groups that have no bands say of the bands of all: a few of each make up many.

A group's median of 60 days says that half of the group at least waited as long, and that half of it
did not wait longer. Along a line of groups these add up to waits of the whole, which has bands.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from math import ceil, floor

import numpy as np
import numpy.typing as npt
import pandas as pd

from measures.disclosure.days import EDGES, bands_of
from measures.disclosure.linked import Bound, Name
from measures.figures.days import QUARTILES
from measures.lines import Line
from measures.statistics import median_rank

MANY_OFF = 20
"""A bound that is short of its limit by so many says nothing within 3 of any of several bands."""
Sure = npt.NDArray[np.int64]
"""By edge between bands how many waits surely end by it, and how many surely do not: two rows."""


def bounds_of_wholes(
    told: pd.DataFrame,
    at: Mapping[Name, int],
    wholes: Collection[Name],
    lines: Sequence[Line],
    truth: Callable[[int], int],
) -> Iterator[Bound]:
    """Yield what quartiles of the parts of a line say of the bands of its whole, one of `wholes`.

    `truth` gives the count of that number: where the bands have many more, nothing is said within
    3.
    """
    sure = _sure(told, at)
    having = defaultdict[int, list[tuple[str, str]]](list)
    for flag, basis, cell in sure:
        having[cell].append((flag, basis))
    for line in lines:
        for flag, basis in sorted({kind for part in line.parts for kind in having.get(part, ())}):
            if (flag, line.whole) in wholes and (bands := bands_of(at, flag, line.whole, basis)):
                parts = [part for part in line.parts if (flag, basis, part) in sure]
                of_parts = np.stack([sure[flag, basis, part] for part in parts])
                numbers = [at[flag, part] for part in parts]
                yield from _bounds(bands, [truth(band) for band in bands], numbers, of_parts)


def _bounds(
    bands: list[int], counts: list[int], numbers: list[int], of_parts: Sure
) -> Iterator[Bound]:
    """Yield what is said of bands with such counts by what is sure of parts with such n."""
    total, by_edge = of_parts.sum(axis=0), np.cumsum(counts)
    spare = np.stack([by_edge[:-1], by_edge[-1] - by_edge[:-1]]) - total
    for edge, side in np.argwhere(((total > 0) & (spare < MANY_OFF)).T).tolist():
        within = bands[edge + 1 :] if side else bands[: edge + 1]
        each = zip(numbers, of_parts[:, side, edge].tolist(), strict=True)
        yield Bound(within, [], given=[(n, float(many)) for n, many in each if many])


def _sure(told: pd.DataFrame, at: Mapping[Name, int]) -> dict[tuple[str, str, int], Sure]:
    """Return by flag, basis and cell without bands what its quartiles say for sure."""
    found = defaultdict[tuple[str, str, int], Sure](lambda: np.zeros((2, len(EDGES)), np.int64))
    columns = ["flag", "basis", "cell", "statistic", "low", "day", "lower", "upper"]
    for flag, basis, cell, statistic, n, day, *ends in told[columns].itertuples(
        index=False, name=None
    ):
        if (flag, cell) in at and not bands_of(at, flag, cell, basis):
            one, rank = found[flag, basis, cell], (n - 1) * QUARTILES[statistic]
            _note(one, int(day), floor(rank) + 1, n - ceil(rank))
            if statistic == "median" and not np.isnan(ends[0]):
                low = median_rank(n) or 0
                _note(one, int(ends[0]), low, n - low + 1)
                _note(one, int(ends[1]), n + 1 - low, low)
    return found


def _note(sure: Sure, day: int, by_then: int, not_before: int) -> None:
    """Note that so many waits at least end by a day, and so many at least not before it."""
    place = bisect_left(EDGES, day)
    sure[0, place:] = np.maximum(sure[0, place:], by_then)
    sure[1, :place] = np.maximum(sure[1, :place], not_before)
