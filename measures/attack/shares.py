"""What a percentage and its interval give away of the counts that it is made of."""

import numpy as np
import pandas as pd

from measures.attack.model import Model
from measures.attack.relations import BREAKDOWNS, SAME

Z2 = 1.959963984540054**2


def narrowed(model: Model, release: str, figures: pd.DataFrame) -> None:
    """Narrow the counts beside every percentage to the whole numbers that would print it."""
    shown = figures[(figures["statistic"] == "percent") & (figures["status"] == "ok")]
    columns = ["measure", "geographic_level", "geography", *BREAKDOWNS, "value", "lower", "upper"]
    for measure, level, place, *groups, value, lower, upper in shown[columns].itertuples(
        index=False, name=None
    ):
        cell = ("", "", level, place, *groups)
        names = [SAME.get((measure, s), (measure, s)) for s in ("numerator", "denominator")]
        n, base = (model.index.get((release, *name, *cell)) for name in names)
        if n is None or base is None:
            continue
        # value - 1/2 <= 100 n / base < value + 1/2
        model.sums.append(([n, base], [100.0, -(value - 0.5)], 0.0, np.inf))
        model.sums.append(([n, base], [100.0, -(value + 0.5)], -np.inf, 0.0))
        _enumerated(model, (n, base), (value, lower, upper))


def _enumerated(model: Model, at: tuple[int, int], printed: tuple[float, ...]) -> None:
    """Try every pair of counts within their limits; keep the hull of those that print the same."""
    sides = [np.arange(model.least[i], min(model.most[i], model.least[i] + 400) + 1) for i in at]
    if any(len(side) > 100 or np.isinf(model.most[i]) for side, i in zip(sides, at, strict=True)):
        return
    n, base = (grid.ravel() for grid in np.meshgrid(*sides))
    fits = (n <= base) & (base > 0)
    n, base = n[fits], base[fits]
    share = n / base
    half = np.sqrt(Z2 * (share * (1 - share) + Z2 / (4 * base)) / base)
    middle, scale = share + Z2 / (2 * base), 1 + Z2 / base
    ends = (100 * share, 100 * (middle - half) / scale, 100 * (middle + half) / scale)
    same = np.ones(len(n), np.bool_)
    for made, seen in zip(ends, printed, strict=True):
        # A hair's breadth either way: never rule out what might be printed so.
        if not np.isnan(seen):
            same &= np.abs(np.clip(made, 0, 100) - seen) <= 0.5 + 1e-9
    if not same.any():
        model.contradictions.append(model.names[at[0]])
        return
    for i, side in zip(at, (n[same], base[same]), strict=True):
        model.add(model.names[i], float(side.min()), float(side.max()))
