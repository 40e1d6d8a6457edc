"""What the attack takes from a point of a waiting curve, against the waits themselves."""

import numpy as np
import pandas as pd
from hypothesis import assume, given
from hypothesis import strategies as st

from measures.attack import Published, build
from measures.attack.curves import caps
from measures.statistics import kaplan_meier, round_half_away
from tests.small_tables import THRESHOLD, row

MEASURE, BASIS, DAYS = "contact_to_assessment", "calendar_days", (10, 20, 45, 90)
Wait = tuple[int, int, bool]
"""The day that a wait was first seen, for how many days it was, and whether it ended."""
waits = st.lists(
    st.tuples(st.integers(0, 60) | st.just(0), st.integers(0, 60), st.booleans()),
    min_size=10,
    max_size=60,
)


def published(found: list[Wait], day: int) -> pd.DataFrame | None:
    """Publish a place's waits and a point of its curve; None where that is not known, or nought."""
    begin, length, done = (np.array(column) for column in zip(*found, strict=True))
    ones, cell = np.ones_like(begin), np.zeros_like(begin)
    curves = kaplan_meier((cell, begin, ones), (cell, begin + length, done, ones))
    (share,) = curves.still_waiting(day)
    if np.isnan(share) or share < 0.005:
        return None
    n, rest = int(done.sum()), int((~done).sum())
    counts = [(MEASURE, "n", n), (MEASURE, "waiting_at_end", rest // 2)]
    counts.append(("cases_closed", "count", rest - rest // 2))
    rows = [
        row("England", "England", count, 10, measure=measure, statistic=statistic)
        for measure, statistic, count in counts
    ]
    point = {"measure": MEASURE, "basis": BASIS, "statistic": "still_waiting"}
    ends = [100 * end for (end,) in curves.still_waiting_interval(day)]
    low, high = (float(round_half_away(end)) if np.isfinite(end) else np.nan for end in ends)
    value = {"value": float(round_half_away(100 * share)), "status": "ok", "band": f"{day} days"}
    value |= {"lower": low, "upper": high}
    return pd.DataFrame([*rows, row("England", "England", 0, 1) | point | value])


@given(waits, st.sampled_from(DAYS))
def test_the_truth_is_never_ruled_out(found: list[Wait], day: int) -> None:
    figures = published(found, day)
    assume(figures is not None)
    assert figures is not None
    ((_, _, least, most),) = caps(build([Published(figures)]), figures, THRESHOLD)
    by_then = sum(done and begin + length <= day for begin, length, done in found)
    assert by_then <= most
    assert least <= by_then or 1 <= by_then <= THRESHOLD  # of so few no point is shown


def test_where_everybody_waits_still_nobody_was_done() -> None:
    figures = published([(0, 30, True)] * 20 + [(0, 40, False)] * 20, 10)
    assert figures is not None
    ((_, edge, least, most),) = caps(build([Published(figures)]), figures, THRESHOLD)
    assert (edge, least, most < 1) == (1, 0, True)


def test_the_interval_of_a_point_says_how_many_were_done_at_least() -> None:
    """Of 100 who all began on one day 40 were done on another: by the interval 36 at least."""
    figures = published([(0, 9, True)] * 40 + [(0, 50, False)] * 60, 10)
    assert figures is not None
    point = figures[figures["statistic"] == "still_waiting"].iloc[0]
    assert (point["value"], point["lower"], point["upper"]) == (60, 50, 69)
    ((_, _, least, most),) = caps(build([Published(figures)]), figures, THRESHOLD)
    assert np.ceil(least) == 36
    assert most >= 40
    of_another = figures.assign(lower=np.nan, upper=np.nan)
    ((_, _, without, _),) = caps(build([Published(of_another)]), of_another, THRESHOLD)
    assert without == THRESHOLD + 1 < least
