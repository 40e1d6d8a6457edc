"""What points of a waiting curve say of how many were done by then."""

from collections.abc import Iterator
from math import log

import numpy as np
import pandas as pd

from measures.attack.model import Model, Name
from measures.attack.relations import CLOSED, SAME
from measures.attack.waits import EDGES, PLACE

Cap = tuple[Name, int, float, float]
"""The basis and n of a cell, the edge of its bands, and how few and how many ended by there."""


def caps(model: Model, figures: pd.DataFrame, threshold: int) -> Iterator[Cap]:
    """Yield, for every point of a curve, the least and the most that were done by its day.

    A point that is not 100% tells of no few. And the share still waiting is a product of 1 - done /
    at risk over days, so that its logarithm is minus done / at risk at most; at risk are at most
    all that are done, wait or were closed.
    """
    shown = figures[(figures["statistic"] == "still_waiting") & (figures["status"] == "ok")]
    columns = ["measure", "basis", "band", "value", *PLACE]
    for measure, basis, day, value, *cell in shown[columns].itertuples(index=False, name=None):
        waiting = SAME.get((measure, "waiting_at_end"), (measure, "waiting_at_end"))
        names = [("0", *kind, "", "", *cell) for kind in ((measure, "n"), waiting, CLOSED)]
        at_risk = sum(model.most[model.index[name]] for name in names if name in model.index)
        known = all(name in model.index for name in names)
        most = -at_risk * log(value / 100 - 0.005) if known and value >= 1 else np.inf
        edge = EDGES.index(int(day.split()[0]))
        yield (basis, *names[0]), edge, threshold + 1.0 if value < 100 else 0.0, most
