"""Tables that the engine hands over: believed as far as they fit, and never more."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.attack import attack
from measures.attack.attacking import bounds
from measures.attack.knowledge import Knowledge
from measures.attack.tables import fitting
from tests.small_tables import model, published
from tests.test_attack_programme import known

TABLE = [[3, 40, 14], [50, 60, 70], [4, 30, 15], [80, 55, 44]]


@settings(max_examples=200)
@given(known(), st.data())
def test_what_is_handed_over_changes_no_answer(known: Knowledge, data: st.DataObject) -> None:
    """Whatever the tables are, true, false or nonsense: they only save looking."""
    size = len(known.least)
    some = st.lists(st.integers(-2, 12) | st.just(np.nan), min_size=size, max_size=size)
    handed = np.array(data.draw(st.lists(some, min_size=1, max_size=4)), float)
    handed = np.concatenate([handed, *([known.seen] if len(known.seen) else [])])
    every = np.arange(size)
    alone = Knowledge(**{**vars(known), "seen": np.empty((0, size))})
    helped = Knowledge(**{**vars(known), "seen": fitting(alone, handed)})
    narrow = []
    for one in (alone, helped):
        least, most = bounds(one, every, 3)
        near = most - least < 3
        narrow.append([(at, least[at], most[at]) for at in np.flatnonzero(near).tolist()])
    assert narrow[0] == narrow[1]


@settings(max_examples=200)
@given(known(), st.data())
def test_a_table_that_is_believed_fits(known: Knowledge, data: st.DataObject) -> None:
    size = len(known.least)
    some = st.lists(st.integers(0, 12), min_size=size, max_size=size)
    handed = np.array([data.draw(some)], float)
    fits = (known.matrix @ handed[0] >= known.low) & (known.matrix @ handed[0] <= known.high)
    within = (handed[0] >= known.least) & (handed[0] <= known.most)
    assert len(fitting(known, handed)) == int(fits.all() and within.all())


def test_what_nobody_prints_follows_from_the_rest_of_its_sum() -> None:
    whole = model(published(TABLE, 10))
    known = Knowledge.of(whole)
    counts = dict.fromkeys(whole.names, np.nan)
    rows = [*TABLE, [sum(column) for column in zip(*TABLE, strict=True)]]
    for number, row in enumerate(rows):
        place = ("Agency", f"Agency {number}") if number < len(TABLE) else ("England", "England")
        for group, n in zip(("Yes", "No", "Not recorded"), row, strict=True):
            name = ("0", "children_supported", "count", "", "", *place, "Total", "Total", group)
            counts[*name, "Total", "Total", "Total"] = n
    table = np.array([[counts[name] for name in whole.names]], float)
    (filled,) = fitting(known, table)  # the totals were left out
    england = whole.index["0", "children_supported", "count", "", "", "England", "England", *ALL]
    assert filled[england] == sum(map(sum, TABLE))


ALL = ("Total",) * 6


@pytest.mark.parametrize("wrong", [0.5, 1.0, -1.0])
def test_a_false_table_saves_nothing_from_being_told(wrong: float) -> None:
    whole = model(published(TABLE, 1))
    told = attack(whole)
    assert told
    true = {one.cell: one.least for one in told}
    table = np.array([[true.get(name, np.nan) for name in whole.names]], float)
    assert attack(whole, np.concatenate([table, table + wrong, table + 3])) == told
