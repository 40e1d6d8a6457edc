"""The children of a made-up agency, in families: who they are, and when they were adopted."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.codes import DISABILITY, ETHNICITY_GROUP, GENDER
from data.geography import authorities
from data.sample.agencies import Agency

Columns = dict[str, NDArray[Any]]
"""Columns of equal length: dates as days, codes as positions in their list below."""

CODES = {
    "C1": list(authorities()),
    "C5": list(GENDER.meanings),
    "C6": list(ETHNICITY_GROUP.meanings),
    "C7": list(DISABILITY.meanings),
}
YEAR = 365.25
# The mix of adopted children (White, Mixed, Asian, Black, Other) among those whose ethnicity is
# known; and how much likelier than elsewhere families of London and the West Midlands are not
# White.
_GROUPS = (0.865, 0.09, 0.02, 0.018, 0.007)
_NOT_WHITE = {"London": 3.2, "West Midlands": 1.5}
_NOT_KNOWN = 0.05
_MOVED = 0.08
_SUPERSEDED = 0.04
_LIVE = np.array([not authority.successors for authority in authorities().values()])


def days(numbers: NDArray[np.float64]) -> NDArray[np.timedelta64]:
    """Return whole days of numbers of days."""
    return numbers.astype(np.int64).astype("timedelta64[D]")


def families(rng: np.random.Generator, children: int) -> NDArray[np.int64]:
    """Return the family that each child belongs to: three in four are placed alone."""
    sizes = rng.choice([1, 2, 3], p=[0.82, 0.15, 0.03], size=children)
    return np.repeat(np.arange(children), sizes)[:children]


def characteristics(
    rng: np.random.Generator, agency: Agency, family: NDArray[np.int64], ages: NDArray[np.float64]
) -> Columns:
    """Return C1, C5, C6 and C7 of children: siblings share their authority and ethnicity."""
    codes = np.array([CODES["C1"].index(code) for code in agency.authorities])
    authority = rng.choice(codes, p=list(agency.authorities.values()), size=family.size)
    unsure = rng.random(family.size)
    other = rng.integers(3, len(CODES["C5"]), family.size)
    gender = np.where(rng.random(family.size) < 0.52, 1, 2)
    gender = np.where((ages >= 11) & (unsure < 0.03), other, gender)
    return {
        "C1": authority[family],
        "C5": np.where(unsure > 0.992, 0, gender),
        "C6": _ethnicity(rng, authority)[family],
        "C7": (rng.random(family.size) < agency.disabled * (0.6 + ages / 20)).astype(np.int64),
    }


def _ethnicity(rng: np.random.Generator, authority: NDArray[np.int64]) -> NDArray[np.int64]:
    groups = list(ETHNICITY_GROUP.groups.values())
    published = ETHNICITY_GROUP.published
    likelier = np.array([_NOT_WHITE.get(one.region, 1) for one in authorities().values()])
    not_white = (1 - _GROUPS[0]) * likelier[authority]
    others = rng.choice(4, p=np.array(_GROUPS[1:]) / sum(_GROUPS[1:]), size=authority.size) + 1
    group = np.where(rng.random(authority.size) < not_white, others, 0)
    group = np.where(rng.random(authority.size) < _NOT_KNOWN, len(published) - 1, group)
    drawn = np.empty((len(published), authority.size), dtype=np.int64)
    for number, name in enumerate(published):
        within = [position for position, one in enumerate(groups) if one == name]
        first = 0.94 if number == 0 else 1 / len(within)
        share = [first, *[(1 - first) / max(1, len(within) - 1)] * (len(within) - 1)]
        drawn[number] = rng.choice(within, p=share, size=authority.size)
    chosen: NDArray[np.int64] = drawn[group, np.arange(authority.size)]
    return chosen


def home_authority(
    rng: np.random.Generator, authority: NDArray[np.int64], settled: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return C1 as submitted: some `settled` families have moved, some codes are out of date."""
    moved = settled & (rng.random(authority.size) < _MOVED)
    lives = np.where(moved, rng.choice(np.flatnonzero(_LIVE), size=authority.size), authority)
    out_of_date = rng.random(authority.size) < _SUPERSEDED
    for position, one in enumerate(authorities().values()):
        successors = [CODES["C1"].index(code) for code in one.successors]
        lives = np.where(out_of_date & np.isin(lives, successors), position, lives)
    return lives


def born(
    rng: np.random.Generator,
    family: NDArray[np.int64],
    youngest: NDArray[np.datetime64],
    adopted: NDArray[np.datetime64],
) -> NDArray[np.datetime64]:
    """Return C4: a sibling is one to three years older, none over eighteen when adopted."""
    elder = np.concatenate([[False], family[1:] == family[:-1]])
    older = np.where(elder, rng.uniform(1, 3, family.size) * (1 + np.arange(family.size) % 2), 0)
    oldest: NDArray[np.datetime64] = adopted - np.timedelta64(17 * 365, "D")
    return np.maximum(youngest[family] - days(older * YEAR), oldest)
