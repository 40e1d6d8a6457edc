"""What a percentage and its interval give away of the counts that it is made of.

It is shown only where numerator, denominator and what the one leaves of the other are shown too, so
that none of the three is small; and 0% or 100% only of `FULL` or more.
"""

from functools import cache

import numpy as np
import pandas as pd

from measures.attack.hull import Edge, hull
from measures.attack.model import Model
from measures.attack.relations import BREAKDOWNS, REST, SAME

Z2 = 1.959963984540054**2
FULL = 10
MANY = 100  # what a count may be: from so many on, pairs are not tried
Limits = tuple[float, float]
Printed = tuple[float, float, float]
"""A percentage and the ends of its interval, NaN where they are not shown."""


def narrowed(model: Model, release: str, figures: pd.DataFrame, threshold: int) -> None:
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
        rest = model.index.get((release, names[0][0], names[0][1] + REST, *cell))
        if not _enumerated(model, (n, base, rest), (value, lower, upper), threshold):
            # value - 1/2 <= 100 n / base < value + 1/2
            model.sums.append(([n, base], [100.0, -(value - 0.5)], 0.0, np.inf))
            model.sums.append(([n, base], [100.0, -(value + 0.5)], -np.inf, 0.0))


def _enumerated(
    model: Model, of: tuple[int, int, int | None], printed: Printed, threshold: int
) -> bool:
    """Try every pair of counts within their limits; keep the hull of those that print the same.

    Returns whether that was done: of counts that may be anything there are too many.
    """
    at, rest = of[:2], of[2]
    n, base = ((model.least[i], model.most[i]) for i in at)
    if max(n[1] - n[0], base[1] - base[0]) >= MANY:
        return False
    sides, edges = alike(n, base, printed, threshold)
    if not sides:
        model.contradictions.append(model.names[at[0]])
    for i, side in zip((*at, rest), sides, strict=False):
        if i is not None:
            model.add(model.names[i], *side)
    for weights, low, high in edges:
        model.sums.append((list(at), list(weights), low, high))
    return True


@cache
def alike(
    n_within: Limits, base_within: Limits, printed: Printed, threshold: int
) -> tuple[list[Limits], list[Edge]]:
    """Return the limits of n, base and the rest of all that is `printed` alike, and n's and base's.

    That is, of all pairs of whole numbers; nothing where there is none.
    """
    sides = [np.arange(least, most + 1) for least, most in (n_within, base_within)]
    n, base = (grid.ravel() for grid in np.meshgrid(*sides))
    fits = (n <= base) & (base > 0)
    for part in (n, base - n):
        fits &= np.where(part == 0, base >= FULL, part > threshold)
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
        return [], []
    n, base = n[same], base[same]
    return [(float(side.min()), float(side.max())) for side in (n, base, base - n)], hull(n, base)
