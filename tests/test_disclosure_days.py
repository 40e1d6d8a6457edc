"""What days say of bands: the engine and the attack, against the waits themselves."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.rounds import PILOT
from measures.attack import Published, attack, build
from measures.attack.knowledge import Knowledge
from measures.attack.relations import BANDS as ATTACKED
from measures.attack.relations import STRETCH as ATTACKED_STRETCH
from measures.attack.subtraction import propagated
from measures.calendar import table
from measures.catalogue import BAND_NAMES, BANDS, BASES, BY_ID
from measures.disclosure.days import EDGES, STRETCH, bounds, days_told, quartiles
from measures.disclosure.linked import Linking
from measures.disclosure.policy import Policy
from measures.disclosure.waits import between_hidden_bands
from measures.grid import Grid
from measures.statistics import median_interval, round_half_away_each
from tests.small_tables import row

ALL = ("Total",) * 6
GIRLS = (*ALL[:3], "Female", *ALL[4:])
MEASURE = BY_ID["contact_to_allocation"]
SPREAD = {"lower_quartile": 25, "median": 50, "upper_quartile": 75}
WORKING = table()["working"].to_numpy()
START = (np.datetime64("2025-04-01") - np.datetime64("1900-01-01")).astype(int)
waits = st.lists(st.integers(0, 120), min_size=10, max_size=40)


def working(days: list[int]) -> list[int]:
    return [int(WORKING[START + day] - WORKING[START]) for day in days]


def counts(days: list[int]) -> list[int]:
    return [sum(low <= day <= (high or 10**6) for day in days) for low, high in BANDS]


def figures(days: list[int], unit: int) -> pd.DataFrame:
    """Publish one agency's waits in both bases, its bands hidden where they are small."""
    what = {"measure": MEASURE.id, "band": ""}
    rows = [row("Agency", "A", len(days), unit, **what, statistic="n", basis="calendar_days")]
    for basis, of in zip(("calendar_days", "working_days"), (days, working(days)), strict=True):
        for band, n in zip(BAND_NAMES, counts(of), strict=True):
            more = what | {"statistic": "band", "basis": basis, "band": band}
            rows.append(row("Agency", "A", n, unit, **more))
        ends = median_interval(*np.unique(of, return_counts=True))
        assert ends is not None
        for statistic, percent in SPREAD.items():
            value = float(round_half_away_each(np.array([np.percentile(of, percent)]))[0])
            shown = {"value": value, "status": "ok", "statistic": statistic, "basis": basis}
            if statistic == "median":
                shown |= {"lower": ends.low, "upper": ends.high}
            rows.append(row("Agency", "A", 0, 1) | what | shown)
    return pd.DataFrame(rows)


@settings(max_examples=200)
@given(waits, st.sampled_from([1, 10]))
def test_the_attack_never_rules_out_the_truth(days: list[int], unit: int) -> None:
    model = build([Published(figures(days, unit))])
    least, most = propagated(Knowledge.of(model))
    for basis, of in zip(("calendar_days", "working_days"), (days, working(days)), strict=True):
        for band, n in zip(BAND_NAMES, counts(of), strict=True):
            head = ("0", MEASURE.id, "band", basis, band, "Agency", "A")
            at = model.index[*head, *["Total"] * 6]
            assert least[at] <= n <= most[at]


@settings(max_examples=200)
@given(waits, st.sampled_from([1, 10]))
def test_what_the_engine_knows_of_days_is_true(days: list[int], unit: int) -> None:
    linking, at = Linking(), {}
    at[MEASURE.id, 0] = linking.printed((MEASURE.id, 0), len(days), unit)
    rows = []
    for basis, of in zip(("calendar_days", "working_days"), (days, working(days)), strict=True):
        for band, n in zip(BAND_NAMES, counts(of), strict=True):
            flag = MEASURE.band_flag(basis, band)
            at[flag, 0] = linking.printed((flag, 0), n, unit)
        ends = median_interval(*np.unique(of, return_counts=True))
        assert ends is not None
        for statistic, percent in SPREAD.items():
            value = float(np.percentile(of, percent))
            told = (MEASURE.id, 0, basis, statistic, len(days), value, ends.low, ends.high)
            rows.append(told)
    columns = ["flag", "cell", "basis", "statistic", "n", "value", "lower", "upper"]
    told = quartiles(pd.DataFrame(rows, columns=columns), Policy())
    linking.bounds += bounds(days_told(told, [unit], Policy()), at)
    linked = linking.done()  # refuses bounds that the counts do not keep to
    assert linked.bounds.shape[0] > len(EDGES)


def test_a_median_beside_hidden_bands_is_found_to_tell() -> None:
    days = [2, 2, 3, 3, 3, 4, 4, 5, 6, 6, 7, 8, 12, 30]
    told = figures(days, 1)
    told.loc[(told["statistic"] == "band") & (told["value"] > 0), ["status", "value"]] = ["c", None]
    silent = told[~told["statistic"].isin(SPREAD)]
    assert not attack(build([Published(silent)]))
    found = {(one.cell[3], one.cell[4]) for one in attack(build([Published(told)]))}
    assert ("calendar_days", "11 to 20") in found


def test_the_attack_knows_the_bands_and_how_far_working_days_stretch() -> None:
    assert list(ATTACKED) == list(BAND_NAMES)
    assert {EDGES[k]: EDGES[wider] for k, wider in ATTACKED_STRETCH.items()} == STRETCH


@pytest.mark.parametrize("edge", sorted(STRETCH))
def test_working_days_never_stretch_further(edge: int) -> None:
    within = [
        days
        for days in range(120)
        if (WORKING[days:] - WORKING[: len(WORKING) - days]).min() <= edge
    ]
    assert max(within) <= STRETCH[edge]


def test_a_share_between_hidden_bands_is_told_from_one_beside_them() -> None:
    days = [10, 20, 45, 90]
    asked = pd.DataFrame(
        {
            "statistic": "still_waiting",
            "measure": MEASURE.id,
            "basis": BASES[0],
            "band": [f"{day} days" for day in days],
            "cell": 0,
        }
    )
    grid = Grid(PILOT.agencies[:2])
    agency = [grid.number["Agency", PILOT.agencies[0], *groups] for groups in (ALL, GIRLS)]
    other = grid.number["Agency", PILOT.agencies[1], *GIRLS]
    bands = [MEASURE.band_flag(BASES[0], band) for band in BAND_NAMES]
    hidden = {flag: np.zeros(len(grid.cells), np.bool_) for flag in bands}
    for band in (bands[2], bands[4]):
        hidden[band][agency[0]] = True
    told = [
        between_hidden_bands(asked.assign(cell=cell), hidden, grid).tolist()
        for cell in (*agency, other)
    ]
    # A group has no bands: its share goes with that of everybody of its place.
    assert told == [[False, True, True, False]] * 2 + [[False] * 4]
