from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from statsmodels.stats.proportion import proportion_confint

from measures.statistics import Z_95, Z_998, funnel_limits, normal_quantile, wilson, wilson_limits

counts = st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3 (score).
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_equals_the_published_intervals(x: int, n: int, low: float, high: float) -> None:
    found = wilson(x, n)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("x", "n", "z", "low", "high"),
    [
        # PHEindicatormethods 2, tests/testthat/testdata_Byars_Wilson.xlsx.
        (65, 100, Z_95, 0.5525444329688797, 0.7363575175690247),
        (1045, 5000, Z_95, 0.19795549880013297, 0.22049130373189027),
        (0.445, 1, Z_95, 0.04381744772058822, 0.9334621276979156),
        (65, 100, Z_998, 0.4954946574070431, 0.7783540614089697),
        (1045, 5000, Z_998, 0.19179381799015244, 0.22731562902525818),
    ],
)
def test_wilson_equals_the_public_health_package(
    x: float, n: int, z: float, low: float, high: float
) -> None:
    assert wilson(x, n, z) == pytest.approx((low, high), abs=1e-12)


@given(counts)
def test_wilson_equals_a_library(count: tuple[int, int]) -> None:
    found = wilson(*count)
    assert found == pytest.approx(proportion_confint(*count, method="wilson"), abs=1e-9)
    assert found is not None
    assert 0 <= found.low <= count[0] / count[1] <= found.high <= 1


@given(st.lists(counts, min_size=1))
def test_many_proportions_equal_one_at_a_time(pairs: list[tuple[int, int]]) -> None:
    low, high = wilson_limits(*np.array(pairs).T)
    assert list(zip(low, high, strict=True)) == [wilson(*pair) for pair in pairs]


def test_the_ends_are_exact_and_nothing_has_no_interval() -> None:
    for n in range(1, 500):
        none, everyone = wilson(0, n), wilson(n, n)
        assert none is not None
        assert everyone is not None
        assert none.low == 0
        assert everyone.high == 1
        assert none.high == pytest.approx(1 - everyone.low, abs=1e-15)
    assert wilson(0, 0) is None
    low, high = wilson_limits([0, 1], [0, 2])
    assert np.isnan([low[0], high[0]]).all()
    assert not np.isnan([low[1], high[1]]).any()


@pytest.mark.parametrize(("x", "n", "z"), [(-1, 5, Z_95), (6, 5, Z_95), (1, 0, Z_95), (1, 5, 0)])
def test_impossible_proportions_are_refused(x: int, n: int, z: float) -> None:
    with pytest.raises(ValueError, match="Wilson"):
        wilson(x, n, z)


def test_z_is_the_normal_quantile() -> None:
    assert pytest.approx(NormalDist().inv_cdf(0.975), abs=1e-15) == Z_95
    assert pytest.approx(NormalDist().inv_cdf(0.999), abs=1e-15) == Z_998
    assert normal_quantile(0.95) == pytest.approx(Z_95, abs=1e-12)


# PHEindicatormethods 2, tests/testthat/testdata_funnel_prop_outputs.csv: population, then lower
# and upper limits at 95% and at 99.8%, in percent; the baseline is 80.642448.
PUBLISHED_FUNNEL = [
    (1, 3.204264, 100, 0, 100),
    (2, 25.885383, 100, 0, 100),
    (3, 35.933491, 100, 10.150815, 100),
    (4, 41.923356, 100, 19.594903, 100),
    (7, 51.373565, 100, 34.494842, 100),
]


@pytest.mark.parametrize("row", PUBLISHED_FUNNEL)
def test_funnel_limits_equal_the_published_ones(row: tuple[float, ...]) -> None:
    n, low_95, high_95, low_998, high_998 = row
    inner, outer = (funnel_limits(0.80642448, n, z) for z in (Z_95, Z_998))
    assert 100 * np.array(inner) == pytest.approx([low_95, high_95], abs=2e-6)
    assert 100 * np.array(outer) == pytest.approx([low_998, high_998], abs=2e-6)


@given(st.floats(0.001, 0.999), st.integers(1, 10**5), st.sampled_from([Z_95, Z_998]))
def test_on_a_limit_the_wilson_interval_just_touches_the_target(
    target: float, n: int, z: float
) -> None:
    low, high = (float(limit) for limit in funnel_limits(target, n, z))

    def gap(share: float, end: int) -> float:
        interval = wilson(share * n, n, z)
        assert interval is not None
        return interval[end] - target

    if low > 0:
        assert low == pytest.approx(brentq(gap, 0, target, args=(1,), xtol=1e-13), abs=1e-9)
    if high < 1:
        assert high == pytest.approx(brentq(gap, target, 1, args=(0,), xtol=1e-13), abs=1e-9)


def test_a_funnel_closes_on_its_target() -> None:
    low, high = funnel_limits(0.3, [0, 10, 100, 10**12])
    assert np.isnan([low[0], high[0]]).all()
    assert (np.diff(low[1:]) > 0).all()
    assert (np.diff(high[1:]) < 0).all()
    assert low[-1] == pytest.approx(0.3, abs=1e-6)


@pytest.mark.parametrize(("target", "n", "z"), [(1.1, 5, 1), (0.5, -1, 1), (0.5, 5, -1)])
def test_impossible_funnels_are_refused(target: float, n: int, z: float) -> None:
    with pytest.raises(ValueError, match="funnel"):
        funnel_limits(target, n, z)
