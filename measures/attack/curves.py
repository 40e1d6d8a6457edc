"""What points of a waiting curve, and their intervals, say of how many were done by then."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import numpy as np
import pandas as pd

from measures.attack.greenwood import at_day
from measures.attack.model import Model, Name
from measures.attack.relations import CLOSED, SAME
from measures.attack.waits import EDGES, PLACE

Point = tuple[int, float, float, float]
"""The edge of the bands that a share still waiting is of, in percent that, and its interval."""


@dataclass(frozen=True)
class Cap:
    """How few and how many of an `n` ended by an edge of its bands, or `since` the one before."""

    n: Name
    basis: str
    edge: int
    least: float
    most: float = np.inf
    since: bool = False


def caps(model: Model, figures: pd.DataFrame, threshold: int) -> Iterator[Cap]:
    """Yield, for every point of a curve, the least and the most that were done by its day.

    A point that is not 100% tells of no few. And the share still waiting is a product of 1 - done /
    at risk over days, so that its logarithm is minus done / at risk at most; at risk are at most
    all that are done, wait or were closed. By its interval, there are no fewer (see `greenwood`).
    """
    shown = figures[(figures["statistic"] == "still_waiting") & (figures["status"] == "ok")]
    columns = ["measure", "basis", *PLACE, "band", "value", "lower", "upper"]
    curves: dict[Name, list[Point]] = defaultdict(list)
    for *curve, day, value, low, high in shown[columns].itertuples(index=False, name=None):
        curves[tuple(curve)].append((EDGES.index(int(day.split()[0])), value, low, high))
    for (measure, basis, *cell), points in curves.items():
        yield from _of_curve(model, threshold, (measure, basis, tuple(cell)), sorted(points))


def _of_curve(
    model: Model, threshold: int, curve: tuple[str, str, Name], points: Sequence[Point]
) -> Iterator[Cap]:
    measure, basis, cell = curve
    waiting = SAME.get((measure, "waiting_at_end"), (measure, "waiting_at_end"))
    names = [("0", *kind, "", "", *cell) for kind in ((measure, "n"), waiting, CLOSED)]
    at_risk = sum(model.most[model.index[name]] for name in names if name in model.index)
    known = all(name in model.index for name in names)
    by_edge = {edge: at_day(*printed) for edge, *printed in points}
    for edge, value, *_ in points:
        most = -at_risk * log(value / 100 - 0.005) if known and value >= 1 else np.inf
        of = by_edge[edge]
        least = max(threshold + 1.0, of.done() if of else 0.0) if value < 100 else 0.0
        yield Cap(names[0], basis, edge, least, most)
    for earlier, edge in pairwise(by_edge):
        before, of = by_edge[earlier], by_edge[edge]
        if before and of and edge == earlier + 1:
            yield Cap(names[0], basis, edge, of.done_since(before), since=True)
