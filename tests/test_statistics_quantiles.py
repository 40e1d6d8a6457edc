from itertools import pairwise

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from measures.statistics import (
    DayHistograms,
    band_counts,
    band_counts_by_cell,
    bands,
    median_interval,
    median_intervals,
    median_rank,
    median_ranks,
    quantile,
    quantiles,
)

EDGES = (5, 10, 20, 45, 90)
histograms = st.dictionaries(st.integers(0, 200), st.integers(0, 9), max_size=12)
countries = st.dictionaries(st.integers(0, 40), histograms.filter(len), max_size=8)


def expanded(histogram: dict[int, int]) -> list[int]:
    return [day for day in sorted(histogram) for _ in range(histogram[day])]


def columns(histogram: dict[int, int]) -> tuple[list[int], list[int]]:
    return sorted(histogram), [histogram[day] for day in sorted(histogram)]


def laid_out(country: dict[int, dict[int, int]]) -> DayHistograms:
    rows = [(c, d, country[c][d]) for c in sorted(country) for d in sorted(country[c])]
    return DayHistograms.of_cells(*(zip(*rows, strict=True) if rows else ([], [], [])))


@pytest.mark.parametrize(
    ("values", "p", "expected"),
    [
        # Type 7 on 1..n, worked from the definition Q(p) = x[1 + (n - 1) p] of Hyndman & Fan
        # (1996); the same as R's quantile(1:9), quantile(1:10) and fivenum-style quarters.
        (range(1, 10), 0.25, 3.0),
        (range(1, 11), 0.25, 3.25),
        (range(1, 11), 0.5, 5.5),
        (range(1, 11), 0.75, 7.75),
        (range(1, 11), 0.1, 1.9),
        ([7], 0.75, 7.0),
        ([0, 0, 0, 100], 0.75, 25.0),
    ],
)
def test_quantiles_are_type_7(values: list[int], p: float, expected: float) -> None:
    days, counts = np.unique(list(values), return_counts=True)
    assert quantile(days, counts, p) == pytest.approx(expected, abs=1e-12)


@given(histograms, st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]))
def test_quarters_equal_numpy_to_the_last_bit(histogram: dict[int, int], p: float) -> None:
    values = expanded(histogram)
    expected = float(np.quantile(values, p)) if values else None
    assert quantile(*columns(histogram), p) == expected


@given(histograms.filter(lambda h: sum(h.values()) > 0), st.floats(0, 1))
def test_any_quantile_equals_numpy(histogram: dict[int, int], p: float) -> None:
    expected = float(np.quantile(expanded(histogram), p))
    assert quantile(*columns(histogram), p) == pytest.approx(expected, abs=1e-9)


def test_quartiles_equal_those_of_the_database() -> None:
    rng = np.random.default_rng(1)
    days = rng.geometric(0.03, 10_001) - 1
    with duckdb.connect() as connection:
        expected = connection.execute(
            "SELECT quantile_cont(day, [0.25, 0.5, 0.75]) FROM (SELECT unnest(?) AS day)",
            [days.tolist()],
        ).fetchone()
    found = [quantile(*np.unique(days, return_counts=True), p) for p in (0.25, 0.5, 0.75)]
    assert expected is not None
    assert found == expected[0]


@given(countries, st.sampled_from([0.25, 0.5, 0.75, 0.9]))
def test_many_cells_equal_one_at_a_time(country: dict[int, dict[int, int]], p: float) -> None:
    many = laid_out(country)
    found = quantiles(many, p)
    low, high = median_intervals(many)
    assert many.cell.tolist() == sorted(country)
    for i, cell in enumerate(sorted(country)):
        one = columns(country[cell])
        assert many.n[i] == sum(one[1])
        assert (None if np.isnan(found[i]) else found[i]) == quantile(*one, p)
        interval = median_interval(*one)
        assert interval == (None if np.isnan(low[i]) else (low[i], high[i]))


@given(countries)
def test_bands_count_every_duration_once(country: dict[int, dict[int, int]]) -> None:
    counted = band_counts_by_cell(laid_out(country), EDGES)
    assert counted.shape == (len(country), len(EDGES) + 1)
    for row, cell in zip(counted, sorted(country), strict=True):
        values = np.array(expanded(country[cell]))
        limits = [-1, *EDGES, 10**9]
        expected = [int(((values > a) & (values <= b)).sum()) for a, b in pairwise(limits)]
        assert row.tolist() == expected == band_counts(*columns(country[cell]), EDGES).tolist()


def test_bands_hold_their_last_day() -> None:
    shares = bands([0, 5, 6, 90, 91], [1, 1, 2, 3, 3], EDGES)
    assert shares is not None
    assert shares.tolist() == [0.2, 0.2, 0.0, 0.0, 0.3, 0.3]
    assert bands([], [], EDGES) is None
    assert bands([3], [0], EDGES) is None


# Ranks and coverages of a published table of intervals for the population median (Table A.7,
# "Confidence intervals for the population median", n = 2 to 20): for each n the narrowest
# symmetric pair with at least 95%.
PUBLISHED_RANKS = {
    6: (1, 0.969),
    7: (1, 0.984),
    8: (1, 0.992),
    9: (2, 0.961),
    10: (2, 0.979),
    11: (2, 0.988),
    12: (3, 0.961),
    13: (3, 0.978),
    14: (3, 0.987),
    15: (4, 0.965),
    16: (4, 0.979),
    17: (5, 0.951),
    18: (5, 0.969),
    19: (5, 0.981),
    20: (6, 0.959),
}


@pytest.mark.parametrize(("n", "published"), PUBLISHED_RANKS.items())
def test_median_ranks_equal_the_published_table(n: int, published: tuple[int, float]) -> None:
    rank, coverage = published
    assert median_rank(n) == rank
    assert 1 - 2 * binom.cdf(rank - 1, n, 0.5) == pytest.approx(coverage, abs=0.0006)
    assert median_interval(range(n), [1] * n) == (rank - 1, n - rank)


@pytest.mark.parametrize("n", range(6))
def test_a_median_of_fewer_than_six_has_no_interval(n: int) -> None:
    assert median_rank(n) is None
    assert median_interval(range(n), [1] * n) is None


@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.9, 0.95, 0.99, 0.998, 1 - 1e-9])
def test_median_ranks_are_the_largest_that_the_binomial_allows(confidence: float) -> None:
    n = np.concatenate([np.arange(2_000), [9_999, 10_000, 123_457, 1_500_000, 15_000_001]])
    rank = median_ranks(n, confidence)
    missed = (1 - confidence) / 2
    assert (binom.cdf(rank - 1, n, 0.5) <= missed).all()
    assert (binom.cdf(rank, n, 0.5) > missed).all()


@given(histograms, st.integers(0, 10**6))
def test_the_interval_moves_with_the_days(histogram: dict[int, int], shift: int) -> None:
    days, counts = columns(histogram)
    here, there = (median_interval(np.array(days) + s, counts) for s in (0, shift))
    middle = quantile(days, counts, 0.5)
    if here is None or there is None or middle is None:
        assert here is there is None
    else:
        assert (here.low + shift, here.high + shift) == there
        assert here.low <= middle <= here.high


def test_a_country_of_millions_costs_no_more_than_its_days() -> None:
    days, counts = np.arange(300), np.full(300, 1_000_000)
    assert quantile(days, counts, 0.5) == 149.5
    assert median_interval(days, counts) == (149, 150)


@pytest.mark.parametrize(
    "rows",
    [
        ([0, 0], [3, 3], [1, 1]),
        ([0, 0], [3, 2], [1, 1]),
        ([1, 0], [3, 4], [1, 1]),
        ([0, 0], [3, 4], [1, -1]),
        ([0, 0], [-3, 4], [1, 1]),
        ([0], [3, 4], [1, 1]),
    ],
)
def test_rows_out_of_order_are_refused(rows: tuple[list[int], list[int], list[int]]) -> None:
    with pytest.raises(ValueError, match="histogram rows"):
        DayHistograms.of_cells(*rows)


def test_impossible_requests_are_refused() -> None:
    with pytest.raises(ValueError, match="0 to 1"):
        quantile([1], [1], 1.5)
    with pytest.raises(ValueError, match="ascend"):
        bands([1], [1], (5, 5))
    with pytest.raises(ValueError, match="0 or more"):
        median_rank(-1)
    with pytest.raises(ValueError, match="confidence"):
        median_rank(10, 1.0)


@given(countries, countries)
def test_taking_a_part_out_undoes_putting_it_in(
    rest: dict[int, dict[int, int]], part: dict[int, dict[int, int]]
) -> None:
    both = sorted(rest.keys() & part.keys())
    whole = {
        cell: {
            day: rest[cell].get(day, 0) + part[cell].get(day, 0) for day in rest[cell] | part[cell]
        }
        for cell in both
    }
    wholes, parts = laid_out(whole), laid_out(part)
    at = np.arange(len(both))[::-1]
    found = wholes.without(at, parts, np.searchsorted(parts.cell, np.array(both, dtype=int)[at]))
    assert found.n.tolist() == [sum(rest[both[i]].values()) for i in at]
    expected = [quantile(*columns(rest[both[i]]), 0.5) for i in at]
    assert [None if np.isnan(m) else m for m in quantiles(found, 0.5)] == expected


@pytest.mark.parametrize("part", [([5], [5]), ([5, 6], [2, 3])])
def test_a_part_must_be_in_its_whole(part: tuple[list[int], list[int]]) -> None:
    whole, first = DayHistograms.of_one([5, 6], [2, 2]), np.zeros(1, dtype=np.int64)
    with pytest.raises(ValueError, match="whole does not have"):
        whole.without(first, DayHistograms.of_one(*part), first)
