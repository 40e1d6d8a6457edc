"""The engine on the setting that other tools were measured on: few cells hidden, and none open."""

import numpy as np
import pytest
from scipy.optimize import linprog

from measures.disclosure.linked import Linked, Linking
from measures.disclosure.policy import Policy
from measures.disclosure.protect import Protection
from tests.disclosure_setting import linked

AT_MOST = {1: 183, 10: 177}  # what elimination and repair hide, England exact or rounded


@pytest.mark.parametrize("england", AT_MOST)
def test_few_are_hidden_and_none_can_be_worked_out(england: int) -> None:
    counts = linked(england)
    hidden = Protection(counts, Policy()).run()
    small = (counts.truth >= 1) & (counts.truth <= 5)
    assert (len(counts.truth), small.sum()) == (882, 108)
    assert hidden[small].all()
    assert hidden.sum() <= AT_MOST[england]
    assert not (counts.truth[hidden] == 0).any()
    assert _known_too_well(counts, hidden) == {}


def triangles(number: int) -> Linked:
    """Return triples of counts of which each two are shown together, in one large sum.

    Plain subtraction leaves them open; a programme finds that each is half of a sum of two.
    """
    linking, first = Linking(), []
    for k in range(number):
        corners = [linking.printed((f"corner {k}", at), 5) for at in range(3)]
        for at in range(3):
            side = linking.printed((f"side {k}", at), 10)
            linking.add_up([side], [corners[at], corners[at - 1]])
        first.append(corners[0])
    whole = linking.printed(("whole", 0), 5 * number, 10)
    linking.add_up([whole], first)
    return linking.done()


def test_none_can_be_worked_out_where_one_held_count_is_mended_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Those that a search leaves unasked are asked in the next: it ends when none is left."""
    monkeypatch.setattr("measures.disclosure.search.ENOUGH", 1)
    counts = triangles(4)
    assert len(_known_too_well(counts, counts.truth == 5)) == 12
    assert _known_too_well(counts, Protection(counts, Policy()).run()) == {}


def test_the_same_counts_give_the_same_pattern() -> None:
    first, again = (Protection(linked(10), Policy()).run() for _ in range(2))
    assert (first == again).all()


def test_half_of_the_small_counts_are_found_out_where_nothing_else_is_hidden() -> None:
    """What the setting is about: without second suppression most of it is lost."""
    counts = linked(1)
    small = (counts.truth >= 1) & (counts.truth <= 5)
    ranges = [_range(counts, small, at) for at in np.flatnonzero(small).tolist()]
    assert sum(high - low < 1e-6 for low, high in ranges) > 50


def _known_too_well(counts: Linked, hidden: np.ndarray) -> dict[int, tuple[float, float]]:
    """Return the hidden counts that can be worked out to within 3, with what they can be."""
    ranges = {at: _range(counts, hidden, at) for at in np.flatnonzero(hidden).tolist()}
    return {at: ends for at, ends in ranges.items() if ends[1] - ends[0] < 3 - 1e-6}


def _range(counts: Linked, hidden: np.ndarray, at: int) -> tuple[float, float]:
    """Return the least and greatest a hidden count can be, by another solver's front end."""
    half = counts.unit // 2
    near = (counts.truth + half) // counts.unit * counts.unit
    low = np.where(hidden, 1, np.where(counts.truth == 0, 0, np.maximum(6, near - half)))
    high = np.where(hidden, 1e6, np.where(counts.truth == 0, 0, near + (counts.unit - 1) // 2))
    cost = np.zeros(len(hidden))
    cost[at] = 1
    ends = [
        linprog(
            sign * cost,
            A_eq=counts.sums,
            b_eq=np.zeros(counts.sums.shape[0]),
            bounds=np.stack([low, high], axis=1),
        ).fun
        for sign in (1, -1)
    ]
    return ends[0], -ends[1]
