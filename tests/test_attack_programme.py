"""The attack's programmes against another front end, however they are searched."""

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from measures.attack import programme as programmes
from measures.attack.knowledge import Knowledge
from measures.attack.parts import Part
from measures.attack.programme import Programme

GAP = 3
WAYS = {
    "many at once, interior points": {"LARGE_PART": 0, "FEW": 1},
    "many at once, vertices": {"LARGE_PART": 10**6, "FEW": 1},
    "one by one": {"LARGE_PART": 10**6, "FEW": 10**6},
}


@st.composite
def known(draw: st.DrawFn) -> Knowledge:
    """Draw sums that some whole numbers fit, to within a little."""
    size, rows = draw(st.integers(2, 7)), draw(st.integers(1, 5))
    weights = st.lists(st.sampled_from([-1.0, 0.0, 1.0, 1.0]), min_size=size, max_size=size)
    matrix = np.array([draw(weights) for _ in range(rows)])
    some = st.lists(st.integers(0, 9), min_size=size, max_size=size)
    truth, below, above = (np.array(draw(some), float) for _ in range(3))
    short = st.lists(st.integers(0, 2), min_size=rows, max_size=rows)
    under, over = (np.array(draw(short), float) for _ in range(2))
    return Knowledge(
        matrix=csr_matrix(matrix),
        low=matrix @ truth - under,
        high=matrix @ truth + over,
        least=np.maximum(truth - below, 0),
        most=truth + above,
        seen=draw(st.sampled_from([truth[np.newaxis], np.empty((0, size))])),
        differences=np.zeros(size, np.bool_),
    )


def narrow(known: Knowledge) -> dict[int, tuple[float, float]]:
    """Return the limits of quantities under the gap apart, as another front end finds them."""
    found = {}
    both = np.vstack([known.matrix.toarray(), -known.matrix.toarray()])
    sides = np.concatenate([known.high, -known.low])
    limits = np.stack([known.least, known.most], axis=1)
    for at, cost in enumerate(np.eye(len(known.least))):
        low = linprog(cost, both, sides, bounds=limits).fun
        high = -linprog(-cost, both, sides, bounds=limits).fun
        low, high = float(np.ceil(low - 1e-6)), float(np.floor(high + 1e-6))
        if high - low < GAP:
            found[at] = (low, high)
    return found


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=100)
@given(known())
def test_what_is_narrow_is_told_and_nothing_else(way: str, known: Knowledge) -> None:
    every = np.arange(len(known.least))
    part = Part(every, np.arange(len(known.low)))
    with patch.multiple(programmes, SMALL_PART=0, **WAYS[way]):
        told = Programme(known, part, every, GAP).ranges()
        found = {at: (low, high) for at, low, high in told}
    assert found == narrow(known)
