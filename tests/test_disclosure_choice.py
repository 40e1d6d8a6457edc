"""What is hidden out of what holds several counts: one of each, and few in all."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from measures.disclosure.choice import Choice
from measures.disclosure.linked import Linking

COUNTS = 8
found = st.lists(st.lists(st.integers(0, COUNTS - 1), min_size=1, max_size=4), max_size=8)


def choice(costs: list[float] | None = None) -> Choice:
    """Return the choice among counts that nothing else is known of."""
    linking = Linking()
    for number, cost in enumerate(costs or [1.0] * COUNTS):
        linking.printed((f"count {number}", 0), 20, cost=cost)
    counts = linking.done()
    nothing = np.zeros(COUNTS, np.bool_)
    choice = Choice(counts, nothing)
    choice.look(nothing, np.zeros(COUNTS), {}, 3)
    return choice


@given(found)
def test_of_each_that_was_found_one_is_hidden_and_none_that_was_not_found(
    found: list[list[int]],
) -> None:
    chosen = set(choice().among(found))
    assert all(chosen & set(one) for one in found)
    assert chosen <= {at for one in found for at in one}
    assert len(chosen) <= len(found)


def test_one_that_holds_many_is_worth_its_price() -> None:
    costs = [1.0, 1.0, 1.0, 2.5, 1.0, 1.0, 1.0, 1.0]
    assert choice(costs).among([[0, 3]]) == [0]
    assert choice(costs).among([[0, 3], [1, 3], [2, 3]]) == [3]


def test_one_that_holds_again_and_again_is_worth_its_price() -> None:
    costs = [1.0, 1.0, 1.0, 2.5, 1.0, 1.0, 1.0, 1.0]
    again = choice(costs)
    assert [again.among([[number, 3]]) for number in (0, 1, 2)] == [[0], [1], [3]]
