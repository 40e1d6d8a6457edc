"""An assessment takes no longer than contact to its end: what the days of both say together."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.attack import Published, Waiting, build, paired, waiting
from measures.attack.daily import N
from measures.attack.limits import LEAST, MOST, Entry
from measures.attack.no_longer import AllDays
from measures.attack.unseen import Unseen
from measures.attack.waits import BASES
from tests.small_tables import THRESHOLD
from tests.small_waits import counted_twice, published, true_waits

SHORTER, LONGER = "assessment_duration", "contact_to_assessment_completed"
ENGLAND = ("England", "England")
Child = tuple[str, str, int, int, int]
"""Disability, gender, when it was first in contact, how long until its assessment began, ended."""
children = st.lists(
    st.tuples(
        st.sampled_from(("Yes", "No")),
        st.sampled_from(("Male", "Female")),
        st.integers(0, 400),
        st.integers(0, 60),
        st.integers(0, 120),
    ),
    min_size=10,
    max_size=60,
)


def of_both(found: list[Child], unit: int, silent: str = "") -> list[Waiting]:
    """Publish both measures of some children, bands of everybody alone, and what is behind them.

    Of the measure that is `silent` n alone is shown.
    """
    rows, truth = [], {}
    for measure, dates in (
        (SHORTER, [(*group, began + until, took) for *group, began, until, took in found]),
        (LONGER, [(*group, began, until + took) for *group, began, until, took in found]),
    ):
        of_bases = counted_twice(dates)
        each = [published(waits, unit, basis) for basis, waits in of_bases.items()]
        rows += [one.assign(measure=measure) for one in each]
        truth[measure] = true_waits(of_bases, ENGLAND)
    keys = ["measure", "disability", "gender", "statistic", "basis", "band"]
    figures = pd.concat(rows, ignore_index=True).drop_duplicates(keys, ignore_index=True)
    group = (figures["disability"] != "Total") | (figures["gender"] != "Total")
    figures = figures[~(group & (figures["statistic"] == "band"))]
    figures = figures[(figures["measure"] != silent) | (figures["statistic"] == "n")]
    each = waiting(build([Published(figures)]), figures, THRESHOLD)
    return [one.knowing(truth[one.measure]) for one in each]


@settings(max_examples=100)
@given(children, st.sampled_from([1, 10]))
def test_what_is_true_is_never_ruled_out(found: list[Child], unit: int) -> None:
    (both,) = paired(of_both(found, unit))
    days = AllDays(both)
    for of, one in zip(days.measures, days.each, strict=True):
        days.settled()
        for cell, by_basis in of.waited.items():
            at = one.number[cell]
            for basis, (day, upto) in enumerate(by_basis[basis] for basis in BASES):
                until = np.concatenate([[0], upto])
                true = until[np.searchsorted(day, one.daily.days, side="right")]
                least, most = one.limits.ends[:, at, one.daily.upto(basis)]
                assert (least <= true).all()
                assert (true <= most).all()
                assert one.limits.ends[LEAST, at, N] <= until[-1] <= one.limits.ends[MOST, at, N]


FEW = [(group, "Male", 0, 10, day) for group in ("Yes", "No") for day in range(10, 25)]


def yes(one: Unseen) -> int:
    """Return the cell of disabled children."""
    return next(at for cell, at in one.number.items() if cell[4:6] == ("Yes", "Total"))


def settled(of: Waiting) -> AllDays:
    days = AllDays(of)
    days.settled()
    return days


def entry(one: Unseen, side: int, day: int) -> Entry:
    """Return where the limit of how many disabled children took up to a day stands."""
    return side, yes(one), int(one.daily.upto(1)[one.daily.place(np.array([day]))][0])


def test_the_longer_measure_says_how_many_took_up_to_a_day_of_the_shorter() -> None:
    """Eight of 15 took up to 17 days from contact: so no fewer took up to 20 from a later date."""
    each = of_both([(*group, began, 0, day) for *group, began, _, day in FEW], 1, silent=SHORTER)
    (both,) = paired(each)
    days, alone = settled(both), settled(each[0])
    assert [of.measure for of in days.measures] == [SHORTER, LONGER]
    there = entry(days.each[0], LEAST, 20)
    assert days.each[0].limits.ends[there] >= 8
    assert alone.each[0].limits.ends[entry(alone.each[0], LEAST, 20)] == 0
    assert {n[1] for n in days.groups(0, [there])} == {LONGER}


def test_the_shorter_measure_says_how_many_at_most_of_the_longer() -> None:
    """Half of 15 took 17 days or more from a later date: so no fewer did from contact."""
    (both,) = paired(of_both(FEW, 1, silent=LONGER))
    days = settled(both)
    there = entry(days.each[1], MOST, 10)
    assert days.each[1].limits.ends[there] <= 7
    assert {n[1] for n in days.groups(1, [there])} == {SHORTER}


def test_of_whom_it_is_not_true_nobody_takes_it_for_granted() -> None:
    """Their assessments are said to have taken a hundred days more than contact to their end."""
    shorter, longer = of_both(FEW, 1)
    wrong = {
        cell: {basis: (days + 100, upto) for basis, (days, upto) in of.items()}
        for cell, of in shorter.waited.items()
    }
    assert [one.longer for one in paired([shorter.knowing(wrong), longer])] == [None, None]


def test_what_is_hidden_of_one_is_hidden_of_both_together() -> None:
    (both,) = paired(of_both(FEW, 1))
    assert both.longer is not None
    n = next(name for name in both.longer.model.names if name[2] == "n" and name[9] == "Yes")
    less = both.without([n])
    assert less.longer is not None
    assert less.longer.model.least[less.longer.model.index[n]] == 1
    assert less.model == both.model
    assert (less.is_like(less), less.is_like(both)) == (True, False)
