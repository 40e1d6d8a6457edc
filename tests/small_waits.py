"""Small tables of waits as they are published: n, bands, quartiles, by disability and gender."""

from datetime import date

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from measures.attack.waits import Waited
from measures.calendar import FIRST, table
from measures.catalogue import BAND_NAMES, BANDS
from measures.statistics import median_interval, round_half_away_each
from tests.small_tables import row

MEASURE, ALL = "contact_to_allocation", "Total"
VALUES = {"disability": ("Yes", "No"), "gender": ("Male", "Female")}
QUARTILES = {"lower_quartile": 25, "median": 50, "upper_quartile": 75}
ENGLAND = ("England", "England")
Place = tuple[str, str]
"""A level and a place of it."""
Wait = tuple[str, str, int]
"""A child's disability and gender, and how many days it waited."""
waits = st.lists(
    st.tuples(*map(st.sampled_from, VALUES.values()), st.sampled_from((3, 8, 15, 30, 60, 120))),
    min_size=10,
    max_size=80,
)


def counted(days: list[int]) -> list[int]:
    return [sum(low <= day <= (high or 10**6) for day in days) for low, high in BANDS]


def published(
    found: list[Wait], unit: int, basis: str = "calendar_days", place: Place = ENGLAND
) -> pd.DataFrame:
    """Publish a place's waits: in all and by each group with bands, by pairs without."""
    rows = []
    for disability in (ALL, *VALUES["disability"]):
        for gender in (ALL, *VALUES["gender"]):
            days = [
                day
                for one, other, day in found
                if disability in (ALL, one) and gender in (ALL, other)
            ]
            cell = {"measure": MEASURE, "disability": disability, "gender": gender}
            rows += [row(*place, len(days), unit, **cell, statistic="n")]
            if ALL in (disability, gender):
                for band, n in zip(BAND_NAMES, counted(days), strict=True):
                    of = cell | {"statistic": "band", "basis": basis, "band": band}
                    rows.append(row(*place, n, unit, **of))
            rows += quartiles(days, cell, basis, place)
    return pd.DataFrame(rows)


def quartiles(
    days: list[int], cell: dict[str, str], basis: str, place: Place = ENGLAND
) -> list[dict[str, object]]:
    """Return the rows of a cell's quartiles, and of its median's interval, where they are shown."""
    if len(days) < 10:
        return []
    ends = median_interval(*np.unique(days, return_counts=True))
    assert ends is not None
    found = []
    for statistic, percent in QUARTILES.items():
        value = float(round_half_away_each(np.array([np.percentile(days, percent)]))[0])
        more: dict[str, object] = {"value": value, "status": "ok", "statistic": statistic}
        if statistic == "median":
            more |= {"lower": ends.low, "upper": ends.high}
        found.append(row(*place, 0, 1) | cell | {"basis": basis} | more)
    return found


starts = st.integers(0, 550)  # days from the first of April 2024
dated_waits = st.lists(
    st.tuples(*map(st.sampled_from, VALUES.values()), starts, st.integers(0, 200)),
    min_size=10,
    max_size=60,
)


def counted_twice(dates: list[tuple[str, str, int, int]]) -> dict[str, list[Wait]]:
    """Return waits by basis, from when each began and how many days it took."""
    working = table()["working"].to_numpy()
    found = dict[str, list[Wait]]({"calendar_days": [], "working_days": []})
    for *group, start, length in dates:
        first = (date(2024, 4, 1) - FIRST).days + start
        days = int(working[first + length] - working[first])
        found["calendar_days"].append((*group, length))
        found["working_days"].append((*group, days))
    return found


def true_waits(of_bases: dict[str, list[Wait]], *at: tuple[str, str]) -> Waited:
    """Return what is behind the figures of some places, counted one cell after the other."""
    found: dict[tuple[str, ...], dict[str, tuple[np.ndarray, np.ndarray]]] = {}
    for disability in (ALL, *VALUES["disability"]):
        for gender in (ALL, *VALUES["gender"]):
            by_basis = {}
            for basis, waits in of_bases.items():
                days = [d for a, b, d in waits if disability in (ALL, a) and gender in (ALL, b)]
                each, counts = np.unique(np.array(days, np.int64), return_counts=True)
                by_basis[basis] = each, np.cumsum(counts)
            for place in at:
                found[*place, ALL, ALL, disability, gender, ALL, ALL] = by_basis
    return found
