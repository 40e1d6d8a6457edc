"""What a printed percentage keeps its counts to, as the attack has it and as the engine does."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.attack.hull import hull, lines_under
from measures.disclosure.hull import at_least, slanting

Points = set[tuple[int, int]]
points = st.sets(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=30)


def within_ours(points: Points) -> Points:
    """Return the whole points that the attack's edges, and the limits of each side, allow."""
    x, y = np.array(sorted(points)).T
    edges = hull(x, y)
    return {
        (n, base)
        for n, base in product(range(x.min(), x.max() + 1), range(y.min(), y.max() + 1))
        if all(low <= a * n + b * base <= high for (a, b), low, high in edges)
    }


def within_theirs(points: Points) -> Points:
    """Return the same of the engine's edges."""
    x, y = np.array(sorted(points)).T
    edges = slanting(np.array(sorted(points), float).tobytes()).tolist()
    return {
        (n, base)
        for n, base in product(range(x.min(), x.max() + 1), range(y.min(), y.max() + 1))
        if all(a * n + b * base >= least for a, b, least in edges)
    }


@given(points)
def test_no_pair_that_prints_alike_is_ruled_out(points: Points) -> None:
    assert points <= within_ours(points)
    assert points <= within_theirs(points)


@given(points)
def test_attack_and_engine_know_the_same(points: Points) -> None:
    assert within_ours(points) == within_theirs(points)


def test_a_percentage_says_more_than_the_limits_of_its_counts() -> None:
    """Of a half of 20 to 29, 10 of 29 is not one."""
    alike = {(n, base) for n in range(10, 15) for base in range(20, 30) if 2 * n == base}
    assert within_ours(alike) == within_theirs(alike) == alike


@given(st.integers(0, 50), st.lists(st.integers(-30, 30), min_size=1, max_size=12))
def test_lines_under_ranks_are_under_all_and_touch_the_hull(first: int, ranks: list[int]) -> None:
    """Each holds of every rank; at no count could any that does be higher."""
    lines = lines_under(first, tuple(ranks))
    assert lines == [
        (pytest.approx(share), pytest.approx(low)) for share, low in at_least(first, tuple(ranks))
    ]
    for n in range(len(ranks)):
        highest = max(slope * (first + n) + height for slope, height in lines)
        between = [
            ranks[i] + (ranks[j] - ranks[i]) * (n - i) / (j - i)
            for i in range(n)
            for j in range(n + 1, len(ranks))
        ]
        assert highest == pytest.approx(min([ranks[n], *between]))
