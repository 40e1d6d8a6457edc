import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from measures.statistics import directly_standardised, poisson_limits


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [
        # Garwood (1936), as in the tables of exact 95% Poisson limits printed since (for example
        # Breslow & Day 1987, table 2.11).
        (0, 0.0, 3.689),
        (1, 0.0253, 5.572),
        (2, 0.242, 7.225),
        (5, 1.624, 11.668),
        (10, 4.795, 18.390),
        (20, 12.217, 30.888),
        (100, 81.364, 121.627),
    ],
)
def test_exact_limits_equal_the_published_table(events: int, low: float, high: float) -> None:
    assert poisson_limits(events) == pytest.approx((low, high), abs=6e-4)


@given(st.integers(0, 20_000), st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.998]))
def test_exact_limits_are_chi_square_quantiles(events: int, confidence: float) -> None:
    missed = (1 - confidence) / 2
    low = chi2.ppf(missed, 2 * events) / 2 if events else 0.0
    high = chi2.ppf(1 - missed, 2 * events + 2) / 2
    assert poisson_limits(events, confidence) == pytest.approx((low, high), rel=1e-9)


@pytest.mark.parametrize(("events", "confidence"), [(-1, 0.95), (5, 0.0), (5, 1.0)])
def test_impossible_counts_are_refused(events: int, confidence: float) -> None:
    with pytest.raises(ValueError, match=r"events|confidence"):
        poisson_limits(events, confidence)


# PHEindicatormethods 2, tests/testthat/testdata_DSR_ISR.xlsx, sheets testdata_1976 and
# testresults_DSR: events, population, 1976 European standard population by age band.
EVENTS = [127, 25, 18, 21, 12, 27, 48, 27, 29, 32, 32, 34, 45, 65, 38, 68, 74, 82]
PEOPLE = [636, 558, 609, 543, 384, 594, 669, 843, 660, 576, 606, 522, 426, 273, 300, 288, 153, 123]
EUROPE = [8, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 6, 5, 4, 3, 2, 1, 1]


def test_dobson_equals_the_public_health_package() -> None:
    found = directly_standardised(EVENTS, PEOPLE, EUROPE)
    assert found is not None
    assert found.events == 804
    assert found.value * 1e4 == pytest.approx(859.2097585022366, rel=1e-12)
    # The package takes Byar's limits where ours are exact: the same to a part in 10,000 here.
    assert (found.low * 1e4, found.high * 1e4) == pytest.approx(
        (799.1160931442103, 922.5253880318318), rel=1e-4
    )


def test_dobson_with_the_package_s_own_limits_equals_it_to_the_last_digit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def byar(events: int, confidence: float) -> tuple[float, float]:
        z, above = 1.959963984540054, events + 1
        return (
            events * (1 - 1 / (9 * events) - z / (3 * math.sqrt(events))) ** 3,
            above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3,
        )

    monkeypatch.setattr("measures.statistics.standardisation.poisson_limits", byar)
    found = directly_standardised(EVENTS, PEOPLE, EUROPE)
    assert found is not None
    expected = (859.2097585022366, 799.1160931442103, 922.5253880318318)
    assert np.array(found[:3]) * 1e4 == pytest.approx(expected, rel=1e-9)


def test_the_value_equals_a_published_standardised_rate() -> None:
    # Down's syndrome by mother's age, fifth and later births, Michigan 1950-64: Fleiss (1981)
    # table 14.4; standardised in Fay & Feuer (1997), 75.52901 per 100,000 in the vignette of
    # the R package dsrTest.
    cases = [0, 8, 63, 112, 262, 295]
    births = [327, 30666, 123419, 149919, 104088, 34392]
    standard = [319933, 931318, 786511, 488235, 237863, 61313]
    found = directly_standardised(cases, births, standard)
    assert found is not None
    assert found.value * 1e5 == pytest.approx(75.52901, abs=5e-6)


strata = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 5_000), st.integers(0, 900)),
    min_size=1,
    max_size=8,
)


@given(strata)
def test_dobson_equals_its_formula_in_plain_loops(rows: list[tuple[int, int, int]]) -> None:
    rows = [(x, x + more, w) for x, more, w in rows]
    found = directly_standardised(*zip(*rows, strict=True))
    used = [(x, n, w) for x, n, w in rows if w]
    total, weight = sum(x for x, _, _ in used), sum(w for _, _, w in used)
    if total < 10 or any(n == 0 for _, n, _ in used):
        assert found is None
        return
    value = sum(w / weight * x / n for x, n, w in used)
    variance = sum((w / weight / n) ** 2 * x for x, n, w in used)
    ends = [chi2.ppf(0.025, 2 * total) / 2, chi2.ppf(0.975, 2 * total + 2) / 2]
    low, high = (value + math.sqrt(variance / total) * (end - total) for end in ends)
    assert found == pytest.approx((value, max(low, 0), min(high, 1), total), rel=1e-8, abs=1e-12)


def test_a_group_with_the_standard_s_own_ages_keeps_its_crude_rate_and_poisson_limits() -> None:
    # Dobson's interval is exact where the weights are proportional to the population.
    found = directly_standardised([3, 9, 8], [100, 300, 250], [10, 30, 25])
    assert found is not None
    assert found[:3] == pytest.approx((20 / 650, *(end / 650 for end in poisson_limits(20))))


def test_fewer_than_ten_events_are_not_standardised() -> None:
    assert directly_standardised([4, 5], [40, 40], [1, 1]) is None
    assert directly_standardised([5, 5], [40, 40], [1, 1]) is not None
    assert directly_standardised([5, 50], [40, 60], [1, 0]) is None


def test_an_age_without_anybody_is_not_guessed() -> None:
    assert directly_standardised([20, 0], [40, 0], [1, 1]) is None
    assert directly_standardised([20, 0], [40, 0], [1, 0]) is not None


@pytest.mark.parametrize(
    "rows", [([1, 2], [3], [4]), ([5], [3], [1]), ([-1], [3], [1]), ([1], [3], [-1])]
)
def test_impossible_strata_are_refused(rows: tuple[list[int], list[int], list[int]]) -> None:
    with pytest.raises(ValueError, match="standardisation"):
        directly_standardised(*rows)


def test_limits_stay_shares() -> None:
    # One child of ten carries nearly all the weight, and nearly all events are elsewhere.
    low = directly_standardised([1, 50], [10, 60], [1000, 1])
    assert low is not None
    assert low.low == 0
    high = directly_standardised([12, 12], [12, 12], [1, 1])
    assert high is not None
    assert (high.value, high.high) == (1, 1)
