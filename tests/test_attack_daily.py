"""How many wait up to each day: what days of several cells say of another, and of how many."""

from datetime import date, timedelta

import holidays
import numpy as np
import pandas as pd
import pytest

from measures.attack import Published, build, waiting
from measures.attack.blame import Blame
from measures.attack.daily import Daily, N, counted_twice
from measures.attack.limits import LEAST, MOST, Columns, Limits, Places
from measures.attack.ranking import Ranking
from measures.attack.ranks import QUARTILES
from measures.attack.subtraction import Infeasible
from measures.attack.unseen import HIDDEN, Unseen
from measures.attack.waits import BASES
from tests.small_tables import THRESHOLD, row

MEASURE, ALL = "contact_to_allocation", "Total"
MEDIANS = {ALL: (20, 7), "Yes": (12, 8), "No": (8, None)}


def days_of(medians: dict[str, tuple[int, int | None]]) -> pd.DataFrame:
    """Publish n and medians alone, by disability."""
    rows = []
    for group, (n, median) in medians.items():
        cell = {"measure": MEASURE, "disability": group}
        rows.append(row("England", "England", n, 1, **cell, statistic="n"))
        if median is not None:
            of = row("England", "England", 0, 1, **cell, statistic="median", basis="calendar_days")
            rows.append(of | {"value": float(median), "status": "ok"})
    return pd.DataFrame(rows)


def unseen(figures: pd.DataFrame) -> Unseen:
    (of,) = waiting(build([Published(figures)]), figures, THRESHOLD)
    return Unseen(of)


def cell(made: Unseen, group: str) -> int:
    return next(at for place, at in made.number.items() if place[4] == group)


def test_medians_of_a_whole_and_a_part_tell_of_the_rest_on_a_day_between_edges() -> None:
    """Ten of 20 wait up to 7 days, and six of the 12 disabled at most: so four of the others."""
    made = unseen(days_of(MEDIANS))
    made.settled()
    day = int(made.daily.upto(1)[made.daily.place(np.array(7))])
    assert 7 in made.daily.days
    assert 7 not in {5, 10, 20, 45, 90}
    assert made.limits.ends[LEAST, cell(made, "No"), day] == 4
    blame = Blame(made.limits, lambda _: ())
    assert blame.cells([(LEAST, cell(made, "No"), day)]) == {cell(made, ALL), cell(made, "Yes")}


def test_what_is_hidden_of_a_line_is_known_together() -> None:
    """Ten of 21 at most wait up to 6 days, and nine of the 12 disabled: one of all others."""
    figures = days_of({ALL: (21, 7), "Yes": (12, 6), "No": (5, None), "Not recorded": (4, None)})
    of_yes = figures[(figures["disability"] == "Yes") & (figures["statistic"] == "median")]
    more = of_yes.assign(statistic="upper_quartile")
    made = unseen(pd.concat([figures, more], ignore_index=True))
    made.settled()
    together = next(at for place, at in made.number.items() if place[0] == HIDDEN)
    day = int(made.daily.upto(1)[made.daily.place(np.array(6))])
    each = [cell(made, "No"), cell(made, "Not recorded")]
    assert made.limits.ends[MOST, [together, *each], day].tolist() == [1, 1, 1]
    assert made.limits.ends[LEAST, [together, *each], N].tolist() == [9, 1, 1]


def test_days_that_contradict_each_other_are_told() -> None:
    """All others would wait a day at most, and half of everybody no less than 50."""
    figures = days_of({ALL: (20, 50), "Yes": (12, 1), "No": (8, None)})
    more = days_of({"No": (8, 1)}).iloc[1:]
    everybody = pd.concat([figures, more], ignore_index=True)
    with pytest.raises(Infeasible):
        unseen(everybody).settled()


def test_an_n_that_is_not_known_follows_from_how_many_wait_up_to_a_day() -> None:
    """A lower quartile has (n - 1) / 4 + 1 waits up to it: seven are those of 25 to 28."""
    daily = Daily.of(np.array([7]))
    limits = Limits((1, daily.count), daily.columns, [])
    only, n = np.array([0]), np.array([N])
    limits.narrow(LEAST, only, n, np.array([[25]]), 0)
    limits.narrow(MOST, only, n, np.array([[34]]), 0)
    told = np.array([[0, BASES.index("calendar_days"), 7, QUARTILES["lower_quartile"]]])
    ranking = Ranking(daily, told, limits)
    upto_7 = daily.upto(1)[daily.place(np.array([7]))]
    limits.narrow(MOST, only, upto_7, np.array([[7]]), 0)
    limits.settle(lambda: ranking.apply(limits))
    assert limits.ends[:, 0, N].tolist() == [25, 28]


def test_limits_pass_along_lines_and_columns() -> None:
    """Two cells make a third, and two columns of each a third column."""
    sums = [(np.array([0]), np.array([1]), np.array([2]))]
    limits = Limits((3, 3), Columns([], [], sums), [np.array([0, 1, 2])])
    everything = np.arange(3)
    limits.narrow(MOST, np.array([0]), everything, np.array([[10, 6, 6]]), 0)
    limits.narrow(LEAST, np.array([1]), everything, np.array([[7, 4, 0]]), 0)
    limits.settle(lambda: None)
    # The whole has 6 of each at most, so 4 of each at least where it has 7 of the part's.
    assert limits.ends[MOST].tolist() == [[10, 6, 6], [10, 6, 6], [3, 2, 3]]
    assert limits.ends[LEAST].tolist() == [[7, 4, 1], [7, 4, 1], [0, 0, 0]]


WHOLE, ONE, TWO, *REST = range(5)
LINE = [np.arange(5)]


def told(limits: Limits, side: int, cell: int, at: Places, to: list[int]) -> None:
    limits.narrow(side, np.array([cell]), at, np.array([to]), 0)


def test_what_comes_between_days_adds_up() -> None:
    """Two groups have one at least on the eighth day: of 9 up to then, 7 wait up to the seventh."""
    daily = Daily.of(np.array([7, 8]))
    limits = Limits((5, daily.count), daily.columns, LINE)
    seventh, eighth = (daily.upto(1)[daily.place(np.array([day]))] for day in (7, 8))
    told(limits, MOST, WHOLE, eighth, [9])
    for group in (ONE, TWO):
        told(limits, MOST, group, seventh, [2])
        told(limits, LEAST, group, eighth, [3])
    limits.settle(lambda: None)
    assert limits.ends[MOST, WHOLE, seventh] == 7


def test_how_far_both_ways_of_counting_differ_adds_up() -> None:
    """Of 11 up to 20 working days, eight of one group wait longer than 20 days: three do not."""
    daily = Daily.of(np.array([20]))
    limits = Limits((5, daily.count), daily.columns, LINE)
    working, days = (daily.upto(basis)[daily.place(np.array([20]))] for basis in (0, 1))
    told(limits, MOST, WHOLE, working, [11])
    told(limits, LEAST, ONE, working, [9])
    told(limits, MOST, ONE, days, [1])
    limits.settle(lambda: None)
    assert limits.ends[MOST, WHOLE, days] == 3


def test_days_and_working_days_bound_each_other() -> None:
    """Who waits up to 20 days has 15 working days at most, and up to 15 of those take up to 30."""
    daily = Daily.of(np.array([15, 20, 30]))
    limits = Limits((1, daily.count), daily.columns, [])
    at_15, at_20, at_30 = daily.place(np.array([15, 20, 30]))
    working, days = daily.upto(0), daily.upto(1)
    told(limits, LEAST, WHOLE, days[[at_20]], [4])
    told(limits, MOST, WHOLE, days[[at_30]], [6])
    longer = [daily.longer(basis)[at_15] for basis in (0, 1)]
    told(
        limits, LEAST, WHOLE, np.array(longer[:1]), [3]
    )  # in working days: so in days too, whatever n is
    limits.settle(lambda: None)
    assert limits.ends[:, WHOLE, working[at_15]].tolist() == [4, 6]
    assert limits.ends[LEAST, WHOLE, longer[1]] == 3


def test_so_many_days_hold_so_many_working_days_and_no_more() -> None:
    free = holidays.country_holidays("GB", subdiv="ENG", years=range(2018, 2027))
    one_day, start = timedelta(1), date(2019, 1, 1)
    works = [
        (start + k * one_day).weekday() < 5 and start + k * one_day not in free
        for k in range(7 * 365)
    ]
    lengths = (0, 1, 4, 10, 20, 90)
    working, days = counted_twice(lengths)
    for at, length in enumerate(lengths):
        first = range(1, 6 * 365)
        assert working[at] >= max(sum(works[k : k + length]) for k in first)
        longest = 0
        for k in range(1, 6 * 365, 1):
            taken, last = 0, k
            while taken + works[last] <= length:
                taken += works[last]
                last += 1
            longest = max(longest, last - k)
        assert days[at] >= longest
        assert days[at] <= longest + 2  # other years have no longer Christmas
