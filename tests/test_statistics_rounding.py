from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.statistics import percent, percents, round_half_away, round_half_away_each


@pytest.mark.parametrize(
    ("value", "to", "expected"),
    [
        # ASG publication practice: counts to the nearest 10 or 5, halves up.
        (285, 10, 290),
        (284, 10, 280),
        (-285, 10, -290),
        (5, 10, 10),
        (4, 10, 0),
        (12, 5, 10),
        (13, 5, 15),
        (0, 10, 0),
        (0.5, 1, 1),
        (1.5, 1, 2),
        (2.5, 1, 3),
        (-2.5, 1, -3),
        # Halves that binary cannot hold: 0.285 * 100 is 28.499999999999996.
        (0.285 * 100, 1, 29),
        (0.145 * 100, 1, 15),
        (1.005 * 100, 1, 101),
        (28.4999, 1, 28),
        (0.49999999, 1, 0),
        (10**18 + 5, 10, 10**18 + 10),
    ],
)
def test_halves_go_away_from_zero(value: float, to: int, expected: int) -> None:
    assert round_half_away(value, to) == expected
    assert round_half_away_each([value], to).tolist() == [expected]


@given(st.integers(-(10**15), 10**15), st.integers(1, 1000))
def test_whole_numbers_equal_decimal_arithmetic(value: int, to: int) -> None:
    expected = int((Decimal(value) / to).quantize(Decimal(1), ROUND_HALF_UP)) * to
    assert round_half_away(value, to) == expected
    assert round_half_away_each(np.array([value]), to)[0] == expected


@given(st.integers(-(10**6), 10**6), st.integers(0, 999))
def test_decimals_of_three_places_equal_decimal_arithmetic(whole: int, thousandths: int) -> None:
    text = f"{whole}.{thousandths:03}"
    expected = int(Decimal(text).quantize(Decimal(1), ROUND_HALF_UP))
    assert round_half_away(float(text)) == expected


@given(st.floats(-1e6, 1e6), st.integers(1, 100))
def test_one_and_many_agree_and_stay_within_half_a_step(value: float, to: int) -> None:
    rounded = round_half_away(value, to)
    assert round_half_away_each([value], to)[0] == rounded
    assert abs(rounded - value) <= to / 2 * (1 + 1e-6)


def test_arrays_keep_whole_numbers_whole_and_missing_ones_missing() -> None:
    assert round_half_away_each([5, 15]).dtype == np.int64
    assert np.array_equal(round_half_away_each([np.nan, -0.2]), [np.nan, 0.0], equal_nan=True)
    assert not np.signbit(round_half_away_each([-0.2])).any()


def test_what_cannot_be_rounded_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        round_half_away(float("nan"))
    with pytest.raises(ValueError, match="1 or more"):
        round_half_away(1, 0)
    with pytest.raises(ValueError, match="1 or more"):
        round_half_away_each([1], -5)


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(1, 8, 13), (3, 8, 38), (57, 200, 29), (1, 200, 1), (0, 3, 0), (3, 3, 100), (2, 3, 67)],
)
def test_percentages_round_halves_up(numerator: int, denominator: int, expected: int) -> None:
    assert percent(numerator, denominator) == expected


@given(st.integers(0, 10**12), st.integers(1, 10**12))
def test_percentages_equal_exact_fractions(numerator: int, denominator: int) -> None:
    expected = int(Fraction(100 * numerator, denominator) + Fraction(1, 2))
    assert percent(numerator, denominator) == expected
    assert percents([numerator], denominator).tolist() == [expected]


@pytest.mark.parametrize(("numerator", "denominator"), [(0, 0), (-1, 5), (1, -5)])
def test_percentages_of_nothing_are_refused(numerator: int, denominator: int) -> None:
    with pytest.raises(ValueError, match="1 or more"):
        percent(numerator, denominator)
    with pytest.raises(ValueError, match="1 or more"):
        percents([1, numerator], [2, denominator])
