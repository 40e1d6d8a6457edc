"""Programmes over the days of one place: they find what limits do not, and never what is untrue."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.attack import Published, Waiting, build, by_place, found_by_groups, waiting
from measures.attack.by_place import found_by_place
from measures.attack.no_longer import AllDays
from measures.attack.place import Place
from measures.attack.places import places
from measures.attack.tables import fitting
from measures.attack.true_table import true_table
from measures.attack.unseen import Unseen
from measures.attack.waits import BASES, Waited
from tests.small_tables import THRESHOLD
from tests.small_waits import ALL, VALUES, counted_twice, dated_waits, published, true_waits

AGENCY = ("Agency", "Agency 0")
DAYS = {
    ("No", "Female"): [3, 3, 3, 3],
    ("No", "Male"): [3, 3, 10, 45, 91, 91],
    ("Yes", "Female"): [3, 3, 12, 45, 45],
    ("Yes", "Male"): [3, 10, 10, 12, 45, 91, 91],
}
FOUND = [(*group, day) for group, days in DAYS.items() for day in days]


def without_bands(figures: pd.DataFrame) -> pd.DataFrame:
    """Return figures with bands of everybody alone."""
    group = (figures["disability"] != ALL) | (figures["gender"] != ALL)
    return figures[~(group & (figures["statistic"] == "band"))]


def waiting_of(figures: pd.DataFrame) -> Waiting:
    (of,) = waiting(build([Published(figures)]), figures, THRESHOLD)
    return of


def settled(of: Waiting) -> Unseen:
    unseen = Unseen(of)
    unseen.settled()
    return unseen


def each_basis(
    dates: list[tuple[str, str, int, int]], unit: int, *at: tuple[str, str]
) -> tuple[pd.DataFrame, Waited]:
    """Publish waits of some places, the same of each, in both bases; and what is behind them."""
    of_bases = counted_twice(dates)
    made = [
        without_bands(published(found, unit, basis, place))
        for place in at
        for basis, found in of_bases.items()
    ]
    figures = pd.concat(made, ignore_index=True)
    keys = ["geographic_level", "geography", "disability", "gender", "statistic", "basis", "band"]
    return figures.drop_duplicates(keys, ignore_index=True), true_waits(of_bases, *at)


def test_days_that_leave_a_count_open_one_by_one_give_it_away_together() -> None:
    """Four of 22 waited over 90 days; rounded counts leave three to five, and a day no group."""
    of = waiting_of(without_bands(published(FOUND, 10, place=AGENCY)))
    model, unseen = of.model, Unseen(of)
    least, most = unseen.settled()
    assert all(most[at] - least[at] >= 3 for at in model.hidden)
    told, *_ = found_by_groups(of, 3)
    assert [(one.cell[4], one.cell[6], one.least, one.most) for one in told] == [
        ("91 and over", "Agency 0", 3, 5)
    ]
    groups = {n[9:11] for n in told[0].by}
    assert groups
    assert (ALL, ALL) not in groups  # which has bands: its days are not what is to be hidden
    left, *_ = found_by_groups(of.without(told[0].by), 3)
    assert left == []
    by_limits, *_ = found_by_groups(of, 3, search=False)
    assert by_limits == []


@settings(max_examples=100)
@given(dated_waits, st.sampled_from([1, 10]), st.booleans())
def test_the_truth_fits_all_that_is_known_of_a_place(
    dates: list[tuple[str, str, int, int]], unit: int, wide: bool
) -> None:
    figures, truth = each_basis(dates, unit, ("England", "England") if wide else AGENCY)
    for place in places(settled(waiting_of(figures))):
        assert len(fitting(place.known, true_table(place, truth))) == 1


@settings(max_examples=100)
@given(dated_waits, st.sampled_from([1, 10]))
def test_what_is_found_is_true_and_the_same_whether_the_truth_is_known_to_us_or_not(
    dates: list[tuple[str, str, int, int]], unit: int
) -> None:
    figures, truth = each_basis(dates, unit, AGENCY)
    of = waiting_of(figures)
    told, *_ = found_by_groups(of, 3)
    with_truth, *_ = found_by_groups(of.knowing(truth), 3)
    assert [(one.cell, one.least, one.most) for one in told] == [
        (one.cell, one.least, one.most) for one in with_truth
    ]
    for one in told:
        days, upto = truth[one.cell[5:]][one.cell[3] or BASES[0]]
        if one.cell[2] == "n":
            n = int(upto[-1])
        else:
            first, last = (one.cell[4].replace(" and over", " to 1000000")).split(" to ")
            waits = np.repeat(days, np.diff(upto, prepend=0))
            n = int(((waits >= int(first)) & (waits <= int(last))).sum())
        assert one.least <= n <= one.most


def test_a_place_that_gave_nothing_away_is_not_searched_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    figures, truth = each_basis([("Yes", "Male", 0, day) for day in range(40)], 1, AGENCY)
    days, quiet = AllDays(waiting_of(figures).knowing(truth)), set[bytes]()
    days.settled()
    assert found_by_place(days, 3, quiet) == []
    assert len(quiet) == len(list(places(days.each[0])))

    def searched(*_: object) -> Iterator[None]:
        raise AssertionError("searched again")

    monkeypatch.setattr(by_place, "_searched", searched)
    assert found_by_place(days, 3, quiet) == []
    with pytest.raises(AssertionError, match="searched again"):
        found_by_place(days, 3, set())


def cells(made: Place) -> list[tuple[str, ...]]:
    names = list(made.unseen.number)
    return [names[cell] for cell in made.cells.tolist()]


DATED = [
    (disability, gender, 3 * k, 5 * k % 97)
    for k in range(12)
    for disability in VALUES["disability"]
    for gender in VALUES["gender"]
]


def test_england_is_searched_by_one_breakdown_after_the_other() -> None:
    figures, _ = each_basis(DATED, 10, ("England", "England"), AGENCY)
    made = list(places(settled(waiting_of(figures))))
    wide = [cells(place) for place in made if cells(place)[0][0] == "England"]
    assert [{cell[4:6] for cell in each} for each in wide] == [
        {(ALL, ALL), (ALL, "Male"), (ALL, "Female")},
        {(ALL, ALL), ("Yes", ALL), ("No", ALL)},
    ]
    agency = next(cells(place) for place in made if cells(place)[0][0] == "Agency")
    assert len(agency) == 9


def test_a_region_that_is_one_agency_is_searched_with_it() -> None:
    region, agency = ("Region", "London"), AGENCY
    figures, truth = each_basis(DATED, 10, region, agency)
    of = waiting_of(figures)
    index = of.model.index
    for name in [name for name in index if name[5] == "Region"]:
        of.model.equal(index[name], [index[*name[:5], *agency, *name[7:]]])
    (place,) = places(settled(of))
    assert len(place.cells) == 18
    assert len(fitting(place.known, true_table(place, truth))) == 1
