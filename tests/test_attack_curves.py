"""What the attack takes from a point of a waiting curve, against the waits themselves."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from measures.attack import Published, build
from measures.attack.curves import Cap, caps
from measures.attack.waits import EDGES
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


def published(found: list[Wait], *days: int) -> pd.DataFrame:
    """Publish a place's waits and points of its curve, those that are known, and not nought."""
    begin, length, done = (np.array(column) for column in zip(*found, strict=True))
    ones, cell = np.ones_like(begin), np.zeros_like(begin)
    curves = kaplan_meier((cell, begin, ones), (cell, begin + length, done, ones))
    n, rest = int(done.sum()), int((~done).sum())
    counts = [(MEASURE, "n", n), (MEASURE, "waiting_at_end", rest // 2)]
    counts.append(("cases_closed", "count", rest - rest // 2))
    rows = [
        row("England", "England", count, 10, measure=measure, statistic=statistic)
        for measure, statistic, count in counts
    ]
    for day in days:
        (share,) = curves.still_waiting(day)
        if share >= 0.005:
            point = {"measure": MEASURE, "basis": BASIS, "statistic": "still_waiting"}
            ends = [share, *(end for (end,) in curves.still_waiting_interval(day))]
            printed = [float(round_half_away(100 * x)) if np.isfinite(x) else np.nan for x in ends]
            values = dict(zip(("value", "lower", "upper"), printed, strict=True))
            more = {"status": "ok", "band": f"{day} days"} | values
            rows.append(row("England", "England", 0, 1) | point | more)
    return pd.DataFrame(rows)


def told(figures: pd.DataFrame) -> list[Cap]:
    return list(caps(build([Published(figures)]), figures, THRESHOLD))


@given(waits)
def test_the_truth_is_never_ruled_out(found: list[Wait]) -> None:
    ended = [begin + length for begin, length, done in found if done]
    for cap in told(published(found, *DAYS)):
        day, before = EDGES[cap.edge], EDGES[cap.edge - 1] if cap.since else -1
        done = sum(before < end <= day for end in ended)
        assert done <= cap.most
        # Of so few no point is shown.
        assert np.ceil(cap.least - 1e-6) <= done or (1 <= done <= THRESHOLD and not cap.since)


def test_where_everybody_waits_still_nobody_was_done() -> None:
    (cap,) = told(published([(0, 30, True)] * 20 + [(0, 40, False)] * 20, 10))
    assert (cap.edge, cap.least, cap.most < 1) == (1, 0, True)


def test_intervals_say_how_many_were_done_at_least() -> None:
    """Of 100 who began on one day 40 were done on another, and 20 of the others on a third."""
    waits = [(0, 9, True)] * 40 + [(0, 15, True)] * 20 + [(0, 50, False)] * 40
    figures = published(waits, 10, 20)
    points = figures.loc[figures["statistic"] == "still_waiting", ["value", "lower", "upper"]]
    assert points.to_numpy().tolist() == [[60, 50, 69], [40, 30, 49]]
    assert [(cap.edge, cap.since, int(np.ceil(cap.least))) for cap in told(figures)] == [
        (1, False, 36),
        (2, False, 51),
        (2, True, 14),
    ]
    without = told(figures.assign(lower=np.nan, upper=np.nan))
    assert [(cap.edge, cap.least) for cap in without] == [(1, THRESHOLD + 1), (2, THRESHOLD + 1)]
