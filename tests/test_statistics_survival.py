from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.exceptions import StatError

from measures.statistics import Curves, Interval, kaplan_meier

Wait = tuple[int, int, int, int]

waits = st.tuples(st.integers(0, 12), st.integers(0, 15), st.integers(0, 1), st.integers(1, 5)).map(
    lambda w: (w[0], w[0] + w[1], w[2], w[3])
)
waits_from_the_start = waits.map(lambda w: (0, w[1], w[2], w[3]))


class Curve:
    """One cell's curve: only the days on which somebody finished."""

    def __init__(self, curves: Curves) -> None:
        self.curves = curves
        step = curves.finished[0] > 0
        self.day, self.at_risk = curves.day[step], curves.at_risk[0][step]
        self.share, self.greenwood = curves.share[0][step], curves.greenwood[0][step]
        self.known_to = int(curves.known_to[0])


def estimate(rows: list[Wait]) -> Curve:
    entry, leave, event, many = np.array(rows, dtype=int).reshape(-1, 4).T
    cell = np.full(len(rows), 7)
    return Curve(kaplan_meier((cell, entry, many), (cell, leave, event, many)))


def said(number: float) -> float | None:
    return None if np.isnan(number) else float(number)


def still_waiting(curve: Curve, day: int) -> float | None:
    return said(curve.curves.still_waiting(day)[0])


def still_waiting_interval(curve: Curve, day: int) -> Interval | None:
    low, high = curve.curves.still_waiting_interval(day)
    return None if np.isnan(low[0]) else Interval(float(low[0]), float(high[0]))


def median_wait(curve: Curve) -> float | None:
    return said(curve.curves.median()[0])


def in_plain_loops(rows: list[Wait]) -> dict[int, Fraction]:
    """The share still waiting after each day on which somebody finished."""
    share, shares = Fraction(1), {}
    for t in sorted({leave for _, leave, event, _ in rows if event}):
        at_risk = sum(many for begin, leave, _, many in rows if begin <= t <= leave)
        finished = sum(many for _, leave, event, many in rows if event and leave == t)
        share *= 1 - Fraction(finished, at_risk)
        shares[t] = share
    return shares


# Freireich et al. (1963): weeks in remission under 6-MP and under placebo, as in Cox & Oakes
# (1984) table 1.1 and Kleinbaum & Klein (2012) chapter 2.
RELAPSED, CENSORED = (
    [6, 6, 6, 7, 10, 13, 16, 22, 23],
    [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35],
)
SIX_MP = [(0, t, 1, 1) for t in RELAPSED] + [(0, t, 0, 1) for t in CENSORED]
PLACEBO_WEEKS = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
PLACEBO = [(0, t, 1, 1) for t in PLACEBO_WEEKS]


# Stata's `sts list` of these data: at risk, Kaplan-Meier, Greenwood's error, log-log interval.
PUBLISHED = {
    6: (21, 0.8571, 0.0764, 0.6197, 0.9516),
    7: (17, 0.8067, 0.0869, 0.5631, 0.9228),
    10: (15, 0.7529, 0.0963, 0.5032, 0.8894),
    13: (12, 0.6902, 0.1068, 0.4316, 0.8491),
    16: (11, 0.6275, 0.1141, 0.3675, 0.8049),
    22: (7, 0.5378, 0.1282, 0.2678, 0.7468),
    23: (6, 0.4482, 0.1346, 0.1881, 0.6801),
}


def test_the_leukaemia_trial_comes_out_as_published() -> None:
    curve = estimate(SIX_MP)
    errors = curve.share * curve.greenwood**0.5
    assert curve.day.tolist() == list(PUBLISHED)
    for step, (week, published) in enumerate(PUBLISHED.items()):
        share, interval = still_waiting(curve, week), still_waiting_interval(curve, week)
        assert interval is not None
        found = (curve.at_risk[step], share, errors[step], *interval)
        assert found == pytest.approx(published, abs=6e-5)


def test_the_trial_s_medians_come_out_as_published() -> None:
    assert median_wait(estimate(SIX_MP)) == 23
    assert median_wait(estimate(PLACEBO)) == 8


def test_without_censoring_the_curve_is_the_share_that_waited_longer() -> None:
    # Cox & Oakes (1984), placebo arm: 12 of 21 past week 5, 8 of 21 past week 8 and week 10.
    curve = estimate(PLACEBO)
    for week in range(30):
        longer = sum(t > week for t in PLACEBO_WEEKS) / 21
        assert still_waiting(curve, week) == pytest.approx(longer, abs=1e-12)


@given(st.lists(waits, min_size=1))
def test_shares_equal_exact_fractions(rows: list[Wait]) -> None:
    curve, expected = estimate(rows), in_plain_loops(rows)
    assert curve.day.tolist() == list(expected)
    assert curve.share == pytest.approx([float(s) for s in expected.values()], abs=1e-12)
    for day in range(curve.known_to + 1):
        earlier = [share for t, share in expected.items() if t <= day]
        assert still_waiting(curve, day) == pytest.approx(float(earlier[-1] if earlier else 1))
    halved = [t for t, share in expected.items() if share <= 0.5 and t <= curve.known_to]
    assert median_wait(curve) == (halved[0] if halved else None)


@given(st.lists(waits, min_size=1))
def test_late_entry_equals_a_library(rows: list[Wait]) -> None:
    # Here who enters on day t is at risk on it; in the library only who entered before it, but
    # for the very first: hence half a day less.
    curve = estimate(rows)
    everyone = [(b, leave, event) for b, leave, event, many in rows for _ in range(many)]
    begin, leave, event = np.array(everyone).T
    # It warns, and may stop, where nobody is left at risk; there we say nothing either.
    assume(curve.known_to == leave.max())
    try:
        fitted = KaplanMeierFitter().fit(leave, event, entry=np.maximum(begin - 0.5, 0))
    except StatError:  # the library also refuses where nobody is at risk for an instant
        reject()
    for day in range(curve.known_to + 1):
        share, interval = still_waiting(curve, day), still_waiting_interval(curve, day)
        assert share == pytest.approx(fitted.predict(day), abs=1e-9)
        if interval is not None:
            bounds = fitted.confidence_interval_.loc[:day].iloc[-1]
            assert interval == pytest.approx(bounds.tolist(), abs=1e-9)


@given(st.lists(waits_from_the_start, min_size=1), st.integers(1, 30), st.integers(1, 9))
def test_an_extra_person_still_waiting_never_lowers_the_share(
    rows: list[Wait], day: int, many: int
) -> None:
    before, after = estimate(rows), estimate([*rows, (0, 60, 0, many)])
    was, now = still_waiting(before, day), still_waiting(after, day)
    assert now is not None
    assert was is None or now >= was - 1e-12


@given(st.lists(waits, min_size=1), st.randoms(use_true_random=False))
def test_neither_order_nor_splitting_of_rows_matters(rows: list[Wait], random: Random) -> None:
    ones = [(b, leave, event, 1) for b, leave, event, many in rows for _ in range(many)]
    random.shuffle(ones)
    one, other = estimate(rows), estimate([*ones, (3, 70, 0, 0)])
    assert one.share.tolist() == other.share.tolist()
    assert one.at_risk.tolist() == other.at_risk.tolist()
    assert one.known_to == other.known_to


def test_who_finishes_on_the_day_they_start_counts() -> None:
    curve = estimate([(0, 0, 1, 3), (0, 4, 0, 7)])
    assert still_waiting(curve, 0) == pytest.approx(0.7)


def test_who_finishes_on_the_first_day_seen_counts() -> None:
    # Began 30 days before the period, finished on its first day: at risk on that day.
    curve = estimate([(30, 30, 1, 1), (0, 40, 0, 3)])
    assert curve.at_risk.tolist() == [4]
    assert still_waiting(curve, 30) == pytest.approx(0.75)


def test_finishing_comes_before_censoring_on_the_same_day() -> None:
    assert still_waiting(estimate([(0, 5, 1, 1), (0, 5, 0, 1)]), 5) == pytest.approx(0.5)


def test_who_came_in_later_was_not_at_risk_before() -> None:
    # Of 4 watched on day 2 one finishes; the 96 who had already waited 10 days say nothing of it.
    curve = estimate([(0, 2, 1, 1), (0, 20, 0, 3), (10, 20, 0, 96)])
    assert still_waiting(curve, 2) == pytest.approx(0.75)


def test_nothing_is_said_past_the_last_day_seen() -> None:
    curve = estimate([(0, 5, 1, 1), (0, 8, 0, 1)])
    assert still_waiting(curve, 8) == pytest.approx(0.5)
    assert still_waiting(curve, 9) is None
    # Unless everybody was seen to finish: then nobody waits longer.
    assert still_waiting(estimate([(0, 5, 1, 2)]), 9) == 0


@pytest.mark.parametrize(
    ("rows", "known_to"),
    [
        # Nobody was watched from the start.
        ([(3, 9, 1, 4), (5, 20, 0, 4)], -1),
        # Nobody was at risk on days 5 to 8.
        ([(0, 2, 1, 1), (0, 4, 0, 3), (9, 20, 1, 4)], 4),
        # The only one watched finished on day 0, while others had waited 5 days and more.
        ([(0, 0, 1, 1), (5, 20, 1, 9)], -1),
        ([(0, 3, 1, 1), (4, 20, 1, 9)], 2),
        # The next comes in on the very next day: no gap.
        ([(0, 3, 0, 1), (4, 20, 0, 9)], 20),
    ],
)
def test_nothing_is_said_where_nobody_was_watched(rows: list[Wait], known_to: int) -> None:
    curve = estimate(rows)
    assert curve.known_to == known_to
    assert still_waiting(curve, known_to + 1) is None
    assert still_waiting_interval(curve, known_to + 1) is None
    assert median_wait(curve) is None


def test_a_half_that_rounding_hides_is_still_the_median() -> None:
    # 6/7 * 5/6 * 7/10 is exactly a half; in doubles it may end above.
    rows = [(0, 1, 1, 1), (0, 2, 1, 1), (0, 9, 0, 5), (3, 3, 1, 3), (3, 9, 0, 2)]
    assert in_plain_loops(rows)[3] == Fraction(1, 2)
    assert median_wait(estimate(rows)) == 3


def test_at_none_and_all_waiting_there_is_no_interval() -> None:
    curve = estimate([(0, 3, 1, 2), (0, 5, 1, 2)])
    assert still_waiting_interval(curve, 2) is None
    assert still_waiting_interval(curve, 3) is not None
    assert still_waiting_interval(curve, 5) is None


@pytest.mark.parametrize(
    "rows", [[(5, 4, 1, 1)], [(-1, 4, 1, 1)], [(0, 4, 1, -1)]], ids=["order", "entry", "count"]
)
def test_impossible_waits_are_refused(rows: list[Wait]) -> None:
    with pytest.raises(ValueError, match="waits"):
        estimate(rows)


def test_who_enters_must_leave() -> None:
    with pytest.raises(ValueError, match="waits"):
        kaplan_meier(([1, 1], [0, 0], [1, 1]), ([1], [1], [1], [1]))
    with pytest.raises(ValueError, match="waits"):
        kaplan_meier(([1], [0], [1]), ([2], [1], [1], [1]))


@given(st.lists(st.lists(waits, min_size=1), min_size=1, max_size=4))
def test_cells_are_estimated_together_as_each_alone(cells: list[list[Wait]]) -> None:
    together = [(cell, *wait) for cell, rows in enumerate(cells) for wait in rows]
    cell, entry, leave, event, many = np.array(together).T
    curves = kaplan_meier((cell, entry, many), (cell, leave, event, many))
    for place, rows in enumerate(cells):
        alone = estimate(rows)
        assert curves.known_to[place] == alone.known_to
        assert said(curves.median()[place]) == median_wait(alone)
        for day in (-1, 0, 3, 10, 99):
            low, high = curves.still_waiting_interval(day)
            assert said(curves.still_waiting(day)[place]) == still_waiting(alone, day)
            assert (said(low[place]), said(high[place])) == (
                still_waiting_interval(alone, day) or (None, None)
            )
