"""What points of a waiting curve, and their intervals, say of how many were done by then."""

from collections.abc import Iterator
from math import log
from statistics import NormalDist

import numpy as np
import pandas as pd

from measures.attack.model import Model, Name
from measures.attack.relations import CLOSED, SAME
from measures.attack.waits import EDGES, PLACE

Z = NormalDist().inv_cdf(0.975)
HALF = 0.005 + 1e-9  # half a percentage point, and a hair
Cap = tuple[Name, int, float, float]
"""The basis and n of a cell, the edge of its bands, and how few and how many ended by there."""


def caps(model: Model, figures: pd.DataFrame, threshold: int) -> Iterator[Cap]:
    """Yield, for every point of a curve, the least and the most that were done by its day.

    A point that is not 100% tells of no few. And the share still waiting is a product of 1 - done /
    at risk over days, so that its logarithm is minus done / at risk at most; at risk are at most
    all that are done, wait or were closed. Its interval says more of how few (see `_at_least`).
    """
    shown = figures[(figures["statistic"] == "still_waiting") & (figures["status"] == "ok")]
    columns = ["measure", "basis", "band", "value", "lower", "upper", *PLACE]
    points = shown[columns].itertuples(index=False, name=None)
    for measure, basis, day, value, low, high, *cell in points:
        waiting = SAME.get((measure, "waiting_at_end"), (measure, "waiting_at_end"))
        names = [("0", *kind, "", "", *cell) for kind in ((measure, "n"), waiting, CLOSED)]
        at_risk = sum(model.most[model.index[name]] for name in names if name in model.index)
        known = all(name in model.index for name in names)
        most = -at_risk * log(value / 100 - 0.005) if known and value >= 1 else np.inf
        edge = EDGES.index(int(day.split()[0]))
        least = max(threshold + 1.0, _at_least(low, high)) if value < 100 else 0.0
        yield (basis, *names[0]), edge, least, most


def _at_least(low: float, high: float) -> float:
    """Return how many were done at least where the share still waiting has an interval.

    In percent, NaN where there is none. Its ends are the share to the power of exp(+-z s), and of
    their logarithms' logarithms one is 2 z s more than the other. s squared is Greenwood's sum over
    days, of done / (at risk (at risk - done)), by the squared logarithm of the share, which is a
    sum of log(1 - done / at risk). A logarithmic mean is no less than a geometric one; so every
    term of this is at most the root of done times that day's of Greenwood's, and all together the
    root of all done times his sum (Cauchy and Schwarz): 1 / s squared is at most how many are done.
    """
    few, many = low / 100 - HALF, high / 100 + HALF
    if not 0 < few < many < 1:
        return 0.0
    return (2 * Z / log(log(few) / log(many))) ** 2
