"""Days of groups that have no bands: what they say together, and never more than is true."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.attack import Name, Published, build, found_ahead, found_by_groups, waiting
from measures.catalogue import BAND_NAMES
from tests.small_tables import THRESHOLD, row
from tests.small_waits import (
    ALL,
    MEASURE,
    QUARTILES,
    Wait,
    counted,
    counted_twice,
    dated_waits,
    published,
    quartiles,
    waits,
)


@settings(max_examples=150)
@given(waits, st.sampled_from([1, 10]))
def test_the_truth_is_never_ruled_out(found: list[Wait], unit: int) -> None:
    figures = published(found, unit)
    (of,) = waiting(build([Published(figures)]), figures, THRESHOLD)
    told, least, most = found_by_groups(of, 3)
    assert not any("contradict" in one.why for one in told)
    for name, low, high in zip(of.model.names, least, most, strict=True):
        disability, gender = name[9], name[10]
        days = [
            day for one, other, day in found if disability in (ALL, one) and gender in (ALL, other)
        ]
        if name[6] == "England" and name[3] in ("", "calendar_days"):
            n = len(days) if name[2] == "n" else counted(days)[BAND_NAMES.index(name[4])]
            assert low <= n <= high, name


@settings(max_examples=100)
@given(dated_waits, st.sampled_from([1, 10]), st.integers(0, 59))
def test_no_true_count_is_ruled_out_by_days_counted_twice(
    dates: list[tuple[str, str, int, int]], unit: int, alike: int
) -> None:
    """Of real dates, across Christmas and Easter; so many of them may be the same."""
    dates = dates[alike % len(dates) :] + [dates[0]] * (alike % len(dates))
    of_bases = counted_twice(dates)
    each = [published(found, unit, basis) for basis, found in of_bases.items()]
    figures = pd.concat(each, ignore_index=True)
    (of,) = waiting(build([Published(figures)]), figures, THRESHOLD)
    told, least, most = found_by_groups(of, 3)
    assert not any("contradict" in one.why for one in told)
    for name, low, high in zip(of.model.names, least, most, strict=True):
        found = of_bases[name[3] or "calendar_days"]
        days = [day for *group, day in found if all(map(_is_in, name[9:11], group))]
        n = len(days) if name[2] == "n" else counted(days)[BAND_NAMES.index(name[4])]
        assert low <= n <= high, name


def _is_in(group: str, value: str) -> bool:
    return group in (ALL, value)


@settings(max_examples=100)
@given(waits)
def test_once_all_that_is_seen_ahead_is_hidden_no_group_gives_anything_away(
    found: list[Wait],
) -> None:
    figures = published(found, 10)
    (of,) = waiting(build([Published(figures)]), figures, THRESHOLD)
    truth = {name: sum(1 for one in found if name[9] in (ALL, one[0])) for name in of.model.names}
    hidden = set[Name]()
    for by in (one.by for one in found_ahead(of, 3, truth)):
        if by and hidden.isdisjoint(by):
            hidden.add(min(by, key=lambda n: (truth[n], n)))
    left, *_ = found_by_groups(of.without(hidden), 3, search=False)
    assert not any(one.by for one in left)


LONG = {("Yes", "Female"): [3] * 11 + [120], ("Yes", "Male"): [3] * 30}
LONG |= {("No", "Female"): [3] * 40, ("No", "Male"): [3] * 50}


def test_a_group_whose_interval_ends_early_has_few_that_waited_long() -> None:
    """Nobody but disabled girls waited over 90 days, say noughts; and of those two at most did."""
    figures = published([(*group, day) for group, days in LONG.items() for day in days], 10)
    (of,) = waiting(build([Published(figures)]), figures, THRESHOLD)
    told, *_ = found_by_groups(of, 3)
    assert {(one.cell[4], one.cell[9:11], one.least, one.most) for one in told} == {
        (BAND_NAMES[-1], group, 1, 2) for group in ((ALL, ALL), ("Yes", ALL), (ALL, "Female"))
    }
    assert {n[9:11] for one in told for n in one.by} == {("Yes", "Female")}
    assert found_ahead(of, 3, {}) == told  # once they are hidden, there is no more


@given(st.sampled_from([3, 120]), st.tuples(*[st.integers(0, 30)] * 3))
def test_children_of_no_known_region_are_counted_once(day: int, each: tuple[int, ...]) -> None:
    """They have bands of their own, as regions have, and are no second group beside those."""
    of_place = [[("Yes", "Female", day)] * n for n in each]
    rows = [published([wait for waits in of_place for wait in waits], 1)]
    for place, found in zip(("London", "North East"), of_place, strict=False):
        here = published(found, 1)
        everybody = (here["disability"] == ALL) & (here["gender"] == ALL)
        kept = here[everybody & (here["statistic"] != "band")]
        rows.append(kept.assign(geographic_level="Region", geography=place))
    figures = pd.concat(rows, ignore_index=True)
    (of,) = waiting(build([Published(figures)]), figures, THRESHOLD)
    told, *_ = found_by_groups(of, 3)
    assert not any("contradict" in one.why for one in told)


# Working days and days of disabled children, and of others.
TWICE = [("Yes", 15, 21)] * 10 + [("No", 15, 20)] + [("No", 40, 56)] * 20 + [("No", 80, 112)] * 5
TWICE += [("Not recorded", 40, 56)] * 20


def test_what_counting_days_twice_says_of_groups_adds_up() -> None:
    """Of 11 who waited up to 20 working days, 8 disabled ones surely waited over 20 days."""
    rows = []
    for disability in (ALL, "Yes", "No", "Not recorded"):
        cell = {"measure": MEASURE, "disability": disability}
        here = [wait for wait in TWICE if disability in (ALL, wait[0])]
        rows.append(row("England", "England", len(here), 1, **cell, statistic="n"))
        for which, basis in enumerate(("working_days", "calendar_days"), 1):
            days = [wait[which] for wait in here]
            of = cell | {"basis": basis}
            if disability == "Yes":
                rows += quartiles(days, cell, basis)
            if disability == ALL:
                for band, n in zip(BAND_NAMES, counted(days), strict=True):
                    rows.append(row("England", "England", n, 1, **of, statistic="band", band=band))
    figures = pd.DataFrame(rows)
    (of,) = waiting(build([Published(figures)]), figures, THRESHOLD)
    told, *_ = found_by_groups(of, 3)
    found = {(one.cell[4], one.least, one.most): one.by for one in told if one.by}
    assert set(found) == {("11 to 20", 1, 3), ("91 and over", 3, 5)}
    assert {n[9] for by in found.values() for n in by} == {"Yes"}


def test_without_days_of_groups_nothing_is_given_away() -> None:
    figures = published([(*group, day) for group, days in LONG.items() for day in days], 10)
    own = (figures["disability"] != ALL) & (figures["gender"] != ALL)
    quiet = figures[~(own & figures["statistic"].isin(QUARTILES))]
    (of,) = waiting(build([Published(quiet)]), quiet, THRESHOLD)
    told, *_ = found_by_groups(of, 3)
    assert told == []
