"""The engine against every whole-number table behind what it would publish, and special tables."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.attack import attack, attack_from_inside
from measures.disclosure.linked import Linking, Refused
from measures.disclosure.policy import Policy
from measures.disclosure.protect import Protection
from tests.small_tables import behind, linked, model, published

MOST = 14
tables = st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=2, max_size=2)
larger = st.integers(2, 3).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(0, 30), min_size=columns, max_size=columns), min_size=1, max_size=6
    )
)
few = settings(max_examples=60)


def protected(table: list[list[int]], england: int, policy: Policy | None = None) -> pd.DataFrame:
    """Return the table as it is published under the engine's pattern."""
    hidden = Protection(linked(table, england), policy or Policy()).run()
    figures = published(table, england)
    figures.loc[hidden, "status"] = "c"
    figures.loc[hidden, "value"] = float("nan")
    return figures


def hidden(figures: pd.DataFrame) -> set[int]:
    return set(figures.index[figures["status"] == "c"])


@few
@given(tables, st.sampled_from([1, 10]))
def test_it_leaves_nothing_open_in_small_tables(table: list[list[int]], england: int) -> None:
    figures = protected(table, england)
    solutions = list(behind(figures, (2, 2), MOST))
    assert solutions
    for row in hidden(figures):
        values = {solution[row] for solution in solutions}
        assert max(values) - min(values) >= 3, (row, values)


@few
@given(larger, st.sampled_from([1, 10]))
def test_nobody_gets_through_larger_tables_not_even_from_inside(
    table: list[list[int]], england: int
) -> None:
    figures = protected(table, england)
    assert attack(model(figures)) == []
    known = model(figures)
    for number, counts in enumerate(table):
        agency = f"Agency {number}"
        own = [name for name in known.names if name[6] == agency]
        truth = dict(zip(own, [sum(counts), *counts], strict=True))
        assert attack_from_inside(known, agency, truth) == []


@few
@given(larger, st.sampled_from([1, 10]))
def test_small_counts_are_hidden_noughts_are_not_and_a_pattern_repeats(
    table: list[list[int]], england: int
) -> None:
    counts = linked(table, england)
    pattern = Protection(counts, Policy()).run()
    assert pattern[(counts.truth >= 1) & (counts.truth <= 5)].all()
    assert not pattern[counts.truth == 0].any()
    assert (pattern == Protection(linked(table, england), Policy()).run()).all()


SPECIAL = {
    "one agency is the whole country": [[4, 40, 60]],
    "an agency of four children": [[4, 0, 0], [40, 50, 60], [70, 80, 90]],
    "an agency of one child": [[0, 1, 0], [40, 50, 60]],
    "everybody in one group": [[30, 0], [40, 0]],
    "a group in one agency only": [[3, 40], [0, 50], [0, 60]],
    "everything small": [[1, 1], [1, 1]],
    "nothing at all": [[0, 0], [0, 0]],
    "a single child": [[1, 0], [0, 0]],
}


@pytest.mark.parametrize("england", [1, 10])
@pytest.mark.parametrize("table", SPECIAL.values(), ids=SPECIAL)
def test_special_tables_stand(table: list[list[int]], england: int) -> None:
    assert attack(model(protected(table, england))) == []


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert hidden(protected([[20, 30], [40, 50]], 10)) == set()


def test_a_stricter_policy_hides_more() -> None:
    table = [[8, 30, 40], [40, 50, 60], [70, 80, 90]]
    assert hidden(protected(table, 10)) == set()
    assert hidden(protected(table, 10, Policy().tightened(threshold=9)))


def test_what_is_known_already_is_not_chosen_and_without_choice_it_is_refused() -> None:
    counts = linked([[3, 30], [40, 50]], 1)
    all_but_small = counts.truth > 5
    with pytest.raises(Refused, match="Agency 0"):
        Protection(counts, Policy(), stay=all_but_small).run()


def test_what_was_hidden_before_stays_hidden() -> None:
    counts = linked([[20, 30], [40, 50]], 10)
    forced = counts.truth == 20
    assert Protection(counts, Policy(), forced=forced).run()[forced].all()


def test_counts_that_do_not_add_up_are_refused() -> None:
    linking = Linking()
    whole, part = linking.printed(("whole", 0), 7), linking.printed(("part", 0), 6)
    linking.add_up([whole], [part])
    with pytest.raises(Refused, match="do not add up"):
        linking.done()


def test_a_part_and_its_whole_are_not_shown_beside_each_other() -> None:
    """Nine of twelve allocated: three were not, and that is nobody's business."""
    linking = Linking()
    whole = linking.printed(("received", 0), 12, 1, 0)
    part = linking.printed(("allocated", 0), 9, 1, 0)
    left = linking.left(("allocated", 0), 3, 0)
    linking.add_up([whole], [part, left])
    linking.shares.append((part, whole, left))
    assert Protection(linking.done(), Policy()).run()[[whole, part]].any()
