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
            known = (at[flag, cell], low, high)
            yield from _quartile(bands, known, QUARTILES[statistic], int(day))
            if statistic == "median" and not np.isnan(ends[0]):
                yield from _interval(bands, known, [int(end) for end in ends])


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


def _from_above(bands: list[int], day: int) -> tuple[list[int], list[int]]:
    """Return the bands that hold every wait from a day on, and those that hold only longer ones."""
    place = bisect_left(EDGES, day)
    return bands[place:], bands[place + 1 :]


def _quartile(
    bands: list[int], known: tuple[int, int, int], share: float, day: int
) -> Iterator[Bound]:
    """Yield what the value at rank 1 + (n - 1) share, rounded to a whole day, says."""
    n, low, high = known
    within, shorter = _around(bands, day)
    if low == high:
        at = (low - 1) * share
        yield from _ranks(n, within, shorter, (floor(at) + 1, ceil(at)))
        return
    # (n - 1) share is a number of quarters, of halves for a median.
    step = 0.25 if share % 0.5 else 0.5
    if within:
        yield Bound(within, [], step - share, of=n, share=share)
    if shorter:
        yield Bound([], shorter, step + share - 1, of=n, share=-share)


def _interval(bands: list[int], known: tuple[int, int, int], ends: list[int]) -> Iterator[Bound]:
    """Yield what the interval says: from the r-th smallest to the r-th largest of n."""
    n, *of_n = known
    low, high = (median_rank(one) or 0 for one in of_n)
    yield from _ranks(n, *_around(bands, ends[0]), (low, high - 1))
    yield from _ranks(n, *_around(bands, ends[1]), (of_n[0] + 1 - low, of_n[1] - high))
    # The same from the other end: where n is not known, it says more.
    yield from _ranks(n, *_from_above(bands, ends[1]), (low, high - 1))
    yield from _ranks(n, *_from_above(bands, ends[0]), (of_n[0] + 1 - low, of_n[1] - high))


def _ranks(
    n: int, within: list[int], shorter: list[int], ranks: tuple[int, int]
) -> Iterator[Bound]:
    if within:
        yield Bound(within, [], ranks[0], of=n)
    if shorter:
        yield Bound([], shorter, -ranks[1], of=n)
