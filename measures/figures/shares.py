"""Rates: plain, and standardised by age."""

import numpy as np
import pandas as pd

from measures.breakdowns import BY_NAME, ENGLAND, NAMES, TOTAL
from measures.compute import Computed
from measures.figures.compared import compared
from measures.figures.rows import Cells, rows
from measures.measure import Rate
from measures.statistics import directly_standardised, wilson_limits


def percents(computed: Computed, rate: Rate, cells: Cells) -> pd.DataFrame:
    """Return the rate of every cell in percent, with its Wilson interval."""
    n, base = computed.counts[rate.of][cells], computed.counts[rate.among][cells]
    lower, upper = wilson_limits(n, base)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = 100 * n / base
    shares = {"value": value, "lower": 100 * lower, "upper": 100 * upper}
    flags = {"flag": rate.of, "base_flag": rate.among, "n": n, "base": base}
    words = compared(computed, rate, "", cells)
    return rows(rate, "percent", cells, **shares, **flags, **words)


def standardised(computed: Computed, rate: Rate) -> pd.DataFrame:
    """Return the rate of England's ethnicity groups, standardised to the ages of all of them.

    A child of unknown age has no place in it. NaN where an age of the standard has nobody in the
    group, or there were fewer than 10 referrals.
    """
    cells = computed.grid.cells
    england = cells[cells["geographic_level"] == ENGLAND]
    by = ["ethnicity_group", "age"]
    alone = england[(england[[name for name in NAMES if name not in by]] == TOTAL).all(axis=1)]
    number = dict(
        zip(zip(alone["ethnicity_group"], alone["age"], strict=True), alone.index, strict=True)
    )
    ages = BY_NAME["age"].values[:-1]
    groups = BY_NAME["ethnicity_group"].values
    events, people = computed.counts[rate.of], computed.counts[rate.among]
    strata = np.array([[number[group, age] for age in ages] for group in groups])
    standard = people[[number[TOTAL, age] for age in ages]]
    found = [
        directly_standardised(events[group], people[group], standard) or (np.nan, np.nan, np.nan)
        for group in strata
    ]
    return rows(
        rate,
        "standardised_percent",
        np.array([number[group, TOTAL] for group in groups]),
        value=[100 * figure[0] for figure in found],
        lower=[100 * figure[1] for figure in found],
        upper=[100 * figure[2] for figure in found],
        flag=rate.of,
        base_flag=rate.among,
        n=events[strata].sum(axis=1),
        base=people[strata].sum(axis=1),
    )
