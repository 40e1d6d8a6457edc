"""What published days say of the bands: medians, quartiles, and both ways of counting days.

A median of 12 days says that at least half of the waits are in the bands up to there, and at most
half in shorter ones. A wait has no more working days than days.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from math import ceil, floor

import numpy as np
import pandas as pd

from measures.catalogue import BANDS, BASES
from measures.contained import BANDS as BANDS_OF
from measures.disclosure.hull import at_least
from measures.disclosure.linked import Bound, Name
from measures.disclosure.policy import Policy
from measures.disclosure.reading import rounded
from measures.figures.days import QUARTILES
from measures.statistics import median_rank, round_half_away_each

EDGES = [last for _, last in BANDS if last is not None]
STRETCH = {5: 20, 10: 45, 20: 45, 45: 90}  # so many working days never take more days than that
CALENDAR, WORKING = BASES
OF_BASES = {
    (flag, basis): bands
    for flag, by in BANDS_OF.items()
    for basis, bands in zip(BASES, by, strict=True)
}


def quartiles(figures: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Return the medians and quartiles of exact figures that are published where n is."""
    of_days = figures["statistic"].isin(QUARTILES) & (figures["n"] >= policy.quantile)
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
    columns = ["flag", "cell", "basis", "statistic", "day", "low", "high", "lower", "upper"]
    for flag, cell, basis, *row in told[columns].itertuples(index=False, name=None):
        if (flag, cell) in at and (bands := bands_of(at, flag, cell, basis)):
            statistic, day, low, high, *ends = row
            n, counts = at[flag, cell], range(low, high + 1)
            yield from _quartile(bands, n, counts, QUARTILES[statistic], int(day))
            if statistic == "median" and not np.isnan(ends[0]):
                yield from _interval(bands, n, counts, [int(end) for end in ends])


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


def _around(bands: list[int], day: int) -> tuple[list[int], list[int]]:
    """Return the bands that hold every wait up to a day, and those that hold only shorter ones.

    Nothing where these are all bands, or none.
    """
    place = bisect_left(EDGES, day)
    return (bands[: place + 1] if place < len(EDGES) else []), bands[:place]


def _quartile(bands: list[int], n: int, counts: range, share: float, day: int) -> Iterator[Bound]:
    """Yield what the value at rank 1 + (n - 1) share, rounded to a whole day, says."""
    ranks = [(one - 1) * share for one in counts]
    ends = [(floor(rank) + 1, ceil(rank)) for rank in ranks]
    yield from _ranks(_around(bands, day), n, counts, ends)


def _interval(bands: list[int], n: int, counts: range, days: list[int]) -> Iterator[Bound]:
    """Yield what the interval says: from the r-th smallest to the r-th largest of n."""
    ranks = [median_rank(one) or 0 for one in counts]
    first = [(rank, rank - 1) for rank in ranks]
    last = [(one + 1 - rank, one - rank) for one, rank in zip(counts, ranks, strict=True)]
    yield from _ranks(_around(bands, days[0]), n, counts, first)
    yield from _ranks(_around(bands, days[1]), n, counts, last)


def _ranks(
    around: tuple[list[int], list[int]], n: int, counts: range, ends: list[tuple[int, int]]
) -> Iterator[Bound]:
    """Yield how many at least are within a day and how many at most are shorter, by what n is."""
    within, shorter = around
    least, most = zip(*ends, strict=True)
    if within:
        for share, rank in at_least(counts[0], least):
            yield Bound(within, [], rank, of=n, share=share)
    if shorter:
        for share, rank in at_least(counts[0], tuple(-one for one in most)):
            yield Bound([], shorter, rank, of=n, share=share)
