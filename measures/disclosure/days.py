"""What published days say of the bands: medians, quartiles, and both ways of counting days.

A median of 12 days says that at least half of the waits are in the bands up to there, and at most
half in shorter ones. A wait has no more working days than days.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor

import numpy as np
import pandas as pd

from measures.catalogue import BANDS, BASES
from measures.contained import BANDS as BANDS_OF
from measures.disclosure.hull import at_least
from measures.disclosure.linked import Bound, Name
from measures.disclosure.policy import Policy
from measures.disclosure.printed import rounded
from measures.figures.days import QUARTILES
from measures.statistics import median_rank, round_half_away_each

EDGES = [last for _, last in BANDS if last is not None]
STRETCH = {5: 20, 10: 45, 20: 45, 45: 90}  # so many working days never take more days than that
CALENDAR, WORKING = BASES
Ranks = Sequence[int]
"""By what n may be, how many of the waits."""
Ranked = tuple[int, Ranks, Ranks]
"""A day, how many waits at least are up to it, and how many at most are shorter."""
OF_BASES = {
    (flag, basis): bands
    for flag, by in BANDS_OF.items()
    for basis, bands in zip(BASES, by, strict=True)
}


def quartiles(figures: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Return the medians and quartiles of exact figures that are published where n is."""
    enough = max(policy.quantile, policy.threshold + 1)
    of_days = figures["statistic"].isin(QUARTILES) & (figures["n"] >= enough)
    columns = ["flag", "cell", "basis", "statistic", "n", "value", "lower", "upper"]
    return figures.loc[of_days & figures["value"].notna(), columns]


def days_told(told: pd.DataFrame, units: list[int], policy: Policy) -> pd.DataFrame:
    """Return quartiles as a reader has them: `day` is whole, n lies from `low` to `high`."""
    # Words one by one come out of plain columns in a tenth of the time.
    told = told.astype(dict.fromkeys(told.select_dtypes("str"), object))
    n_low, n_high = rounded(told["n"].to_numpy(), np.array(units)[told["cell"]], policy.threshold)
    day = round_half_away_each(told["value"].to_numpy())
    return told.assign(day=day, low=np.maximum(n_low, policy.quantile), high=n_high)


def bounds(told: pd.DataFrame, at: Mapping[Name, int]) -> Iterator[Bound]:
    """Yield what quartiles say of bands that are published beside them, and what bases say."""
    yield from between_bases(at)
    columns = ["flag", "cell", "basis", "low", "high", "statistic", "day", "lower", "upper"]
    days = defaultdict[tuple[str, int, str, range], list[Ranked]](list)
    for flag, cell, basis, low, high, *row in told[columns].itertuples(index=False, name=None):
        statistic, day, *ends = row
        if (flag, cell) in at and bands_of(at, flag, cell, basis):
            counts = range(low, high + 1)
            of_cell = days[flag, cell, basis, counts]
            of_cell.append((int(day), *_quartile(counts, QUARTILES[statistic])))
            if statistic == "median" and not np.isnan(ends[0]):
                of_cell += _interval(counts, *ends)
    for (flag, cell, basis, counts), of_cell in days.items():
        yield from _of_bands(bands_of(at, flag, cell, basis), at[flag, cell], counts, of_cell)


def between_bases(at: Mapping[Name, int]) -> Iterator[Bound]:
    """Yield what bands of working days and those of calendar days say of each other."""
    for flag, cell in at:
        if flag in BANDS_OF:
            working, days = (bands_of(at, flag, cell, basis) for basis in (WORKING, CALENDAR))
            if working and days:
                yield from _between_bases(working, days)


def bands_of(at: Mapping[Name, int], flag: str, cell: int, basis: str) -> list[int]:
    """Return the numbers of a cell's bands in their order; nothing where it has none."""
    bands = OF_BASES[flag, basis]
    return [at[band, cell] for band in bands] if (bands[0], cell) in at else []


def _between_bases(working: list[int], days: list[int]) -> Iterator[Bound]:
    for place, edge in enumerate(EDGES):
        yield Bound(working[: place + 1], days[: place + 1])
        if edge in STRETCH:
            yield Bound(days[: EDGES.index(STRETCH[edge]) + 1], working[: place + 1])


def _quartile(counts: range, share: float) -> tuple[Ranks, Ranks]:
    """Return what lies on either side of rank 1 + (n - 1) share, between two waits."""
    ranks = [(n - 1) * share for n in counts]
    return [floor(rank) + 1 for rank in ranks], [ceil(rank) for rank in ranks]


def _interval(counts: range, first: float, last: float) -> Iterator[Ranked]:
    """Yield that an interval's ends are the r-th smallest and the r-th largest of n."""
    ranks = [median_rank(n) or 0 for n in counts]
    yield int(first), ranks, [rank - 1 for rank in ranks]
    from_last = [n + 1 - rank for n, rank in zip(counts, ranks, strict=True)]
    yield int(last), from_last, [rank - 1 for rank in from_last]


def _of_bands(bands: list[int], n: int, counts: range, days: Sequence[Ranked]) -> Iterator[Bound]:
    """Yield how many of n are up to each edge between bands, at least and at most."""
    known = [0] * len(counts)
    for place, edge in enumerate(EDGES):  # what is up to an edge is up to every later one
        more = [least for day, least, _ in days if day <= edge]
        if (now := [max(ranks) for ranks in zip(known, *more, strict=True)]) != known:
            known = now
            for share, rank in at_least(counts[0], tuple(known)):
                yield Bound(bands[: place + 1], [], rank, of=n, share=share)
    known = list(counts)
    for place, edge in reversed(list(enumerate(EDGES))):
        fewer = [most for day, _, most in days if day > edge]
        if (now := [min(ranks) for ranks in zip(known, *fewer, strict=True)]) != known:
            known = now
            for share, rank in at_least(counts[0], tuple(-one for one in known)):
                yield Bound([], bands[: place + 1], rank, of=n, share=share)
