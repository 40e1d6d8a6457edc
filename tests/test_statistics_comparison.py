import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from measures.statistics import (
    DayHistograms,
    Verdict,
    compare_medians,
    compare_proportions,
    difference_of_medians,
    difference_of_proportions,
    verdicts,
)

counts = st.integers(1, 3_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
histograms = st.dictionaries(st.integers(0, 60), st.integers(1, 9), min_size=1, max_size=12)
Columns = tuple[list[int], list[int]]


def columns(histogram: dict[int, int]) -> Columns:
    return sorted(histogram), [histogram[day] for day in sorted(histogram)]


def together(one: dict[int, int], other: dict[int, int]) -> dict[int, int]:
    return {day: one.get(day, 0) + other.get(day, 0) for day in one | other}


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998) 873-890, examples a to h, method 10.
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_differences_have_the_published_intervals(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    found = difference_of_proportions(*one, *other)
    assert np.round(found, 4).tolist() == [low, high]


@given(counts, counts)
def test_differences_equal_a_library(one: tuple[int, int], other: tuple[int, int]) -> None:
    expected = confint_proportions_2indep(*one, *other, method="newcomb", compare="diff")
    assert difference_of_proportions(*one, *other) == pytest.approx(expected, abs=1e-9)


@given(counts, counts)
def test_a_part_is_compared_with_the_rest(part: tuple[int, int], rest: tuple[int, int]) -> None:
    whole = (part[0] + rest[0], part[1] + rest[1])
    assert compare_proportions(*part, *whole) == compare_proportions(*part, *rest, part=False)
    low, high = difference_of_proportions(*part, *rest)
    expected = Verdict.HIGHER if low > 0 else Verdict.LOWER if high < 0 else Verdict.SIMILAR
    assert compare_proportions(*part, *whole) is expected


OPPOSITE = {
    Verdict.HIGHER: Verdict.LOWER,
    Verdict.LOWER: Verdict.HIGHER,
    Verdict.SIMILAR: Verdict.SIMILAR,
}


@given(counts, counts)
def test_a_part_and_its_rest_say_the_opposite(part: tuple[int, int], rest: tuple[int, int]) -> None:
    whole = (part[0] + rest[0], part[1] + rest[1])
    one, other = compare_proportions(*part, *whole), compare_proportions(*rest, *whole)
    assert one is not None
    assert other is OPPOSITE[one]
    shares_cross = compare_proportions(part[1] - part[0], part[1], whole[1] - whole[0], whole[1])
    assert shares_cross is OPPOSITE[one]


def test_knowing_the_part_matters() -> None:
    # An agency of 300 in a whole of 500: 45% against 40% is really 45% against the rest's 32.5%.
    assert compare_proportions(135, 300, 200, 500, part=False) is Verdict.SIMILAR
    assert compare_proportions(135, 300, 200, 500) is Verdict.HIGHER


@pytest.mark.parametrize("whole", [(3, 10), (0, 0)])
def test_without_anybody_on_a_side_nothing_is_said(whole: tuple[int, int]) -> None:
    assert compare_proportions(*whole, *whole) is None
    assert compare_proportions(0, 0, 5, 10) is None


def test_a_part_cannot_exceed_its_whole() -> None:
    with pytest.raises(ValueError, match="Wilson"):
        compare_proportions(6, 10, 5, 20)
    with pytest.raises(ValueError, match="whole does not have"):
        compare_medians(([5], [7]), ([5], [6]))


def test_verdicts_are_plain_words() -> None:
    said = verdicts(np.array([0.1, -0.2, -0.1, np.nan, 0.0]), np.array([0.2, -0.1, 0.1, 1.0, 1.0]))
    assert said == ["higher", "lower", "similar", None, "similar"]


def test_medians_differ_where_square_and_add_says_so() -> None:
    # 1..10: median 5.5, ranks 2 and 9; 21..30: 25.5, 22 to 29. By hand: the difference is -20,
    # each side reaches 3.5, and 3.5 * sqrt(2) = 4.95.
    one, other = (DayHistograms.of_one(range(a, a + 10), [1] * 10) for a in (1, 21))
    found = difference_of_medians(one, other)
    assert np.concatenate(found) == pytest.approx([-20 - 24.5**0.5, -20 + 24.5**0.5])


@given(histograms, histograms)
def test_a_part_s_median_is_compared_with_the_rest_s(
    part: dict[int, int], rest: dict[int, int]
) -> None:
    mine, others = columns(part), columns(rest)
    whole = columns(together(part, rest))
    said = compare_medians(mine, whole)
    assert said is compare_medians(mine, others, part=False)
    assert (said is None) == (sum(part.values()) < 6 or sum(rest.values()) < 6)
    back = compare_medians(others, whole)
    assert back is (None if said is None else OPPOSITE[said])


def test_the_same_waits_everywhere_are_similar() -> None:
    days = list(range(40))
    assert compare_medians((days, [5] * 40), (days, [50] * 40)) is Verdict.SIMILAR


def test_clearly_longer_waits_are_higher() -> None:
    slow, quick = dict.fromkeys(range(30, 50), 4), dict.fromkeys(range(20), 40)
    whole = columns(together(slow, quick))
    assert compare_medians(columns(slow), whole) is Verdict.HIGHER
    assert compare_medians(columns(quick), whole) is Verdict.LOWER


def test_five_in_a_hundred_agencies_like_the_rest_are_called_different() -> None:
    # The words claim 95%: measured on parts as large as a third of the whole, where the rule
    # "my interval leaves out the other median" would be wrong two to three times as often.
    rng = np.random.default_rng(4)
    draws = rng.exponential(4_000, (2_000, 300)).astype(int)
    one, other = (
        DayHistograms.of_cells(*rows(draws[:, side])) for side in (slice(100), slice(100, 300))
    )
    different = [
        verdict is not Verdict.SIMILAR for verdict in verdicts(*difference_of_medians(one, other))
    ]
    assert 0.02 < np.mean(different) < 0.06


def rows(draws: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    cell = np.repeat(np.arange(len(draws)), draws.shape[1])
    pairs, count = np.unique(np.stack([cell, draws.ravel()]), axis=1, return_counts=True)
    return pairs[0], pairs[1], count
