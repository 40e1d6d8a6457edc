"""The attacker against every whole-number solution of small tables: misses none, invents none."""

from itertools import permutations
from unittest.mock import patch

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from measures.attack import (
    Published,
    Truth,
    attack,
    attack_from_every_inside,
    attack_from_inside,
    build,
    groups,
)
from measures.attack import insider as insiders
from tests.small_tables import behind, model, published

MOST = 12
tables = st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=2, max_size=2)
larger = st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=7)
few = settings(max_examples=60)


def hide(figures: pd.DataFrame, rows: list[int]) -> pd.DataFrame:
    figures = figures.copy()
    some = [row for row in rows if row < len(figures) and figures["value"][row] != 0]
    figures.loc[some, "status"] = "c"
    figures.loc[some, "value"] = float("nan")
    return figures


def named(figures: pd.DataFrame, row: int) -> tuple[str, ...]:
    line = figures.loc[row]
    return (line["geographic_level"], line["geography"], line["disability"])


@few
@given(tables, st.sampled_from([1, 10]), st.lists(st.integers(0, 8), max_size=5))
def test_it_finds_what_every_solution_agrees_on(
    table: list[list[int]], england: int, more: list[int]
) -> None:
    figures = hide(published(table, england), more)
    hidden = figures.index[figures["status"] == "c"].tolist()
    solutions = list(behind(figures, (2, 2), MOST))
    assert solutions
    # Where a table reaches the limit of the enumeration it could go on beyond it.
    assume(all(solution[row] < MOST for solution in solutions for row in hidden))
    expected = {}
    for row in hidden:
        values = {solution[row] for solution in solutions}
        if max(values) - min(values) < 3:
            expected[named(figures, row)] = (min(values), max(values))
    found = {(b.cell[5], b.cell[6], b.cell[9]): (b.least, b.most) for b in attack(model(figures))}
    assert found == expected


@few
@given(tables, st.sampled_from([1, 10]), st.lists(st.integers(0, 8), max_size=5))
def test_an_insider_finds_what_its_own_children_settle(
    table: list[list[int]], england: int, more: list[int]
) -> None:
    figures = hide(published(table, england), more)
    own = dict(zip(("Total", "Yes", "No"), (sum(table[0]), *table[0]), strict=True))
    truth = {
        (
            "0",
            "children_supported",
            "count",
            "",
            "",
            "Agency",
            "Agency 0",
            "Total",
            "Total",
            value,
            "Total",
            "Total",
            "Total",
        ): count
        for value, count in own.items()
    }
    solutions = [
        solution
        for solution in behind(figures, (2, 2), MOST)
        if (solution[0], solution[1], solution[2]) == tuple(own.values())
    ]
    rows = [row for row in (3, 4, 5) if figures["status"][row] == "c"]
    assume(all(solution[row] < MOST for solution in solutions for row in rows))
    expected = {
        figures["disability"][row]
        for row in rows
        if len({solution[row] for solution in solutions}) == 1
    }
    found = {b.cell[9] for b in attack_from_inside(model(figures), "Agency 0", truth)}
    assert found == expected


def true_counts(table: list[list[int]], figures: pd.DataFrame) -> Truth:
    counts = [count for line in table for count in (sum(line), *line)]
    sums = [sum(column) for column in zip(*table, strict=True)]
    everything = build([Published(figures.assign(status="c", value=float("nan")))])
    return dict(zip(everything.names, [*counts, sum(sums), *sums], strict=False))


@few
@given(larger, st.sampled_from([1, 10]), st.sets(st.integers(0, 31)), st.integers(0, 2))
def test_all_insiders_at_once_find_what_each_finds_alone(
    table: list[list[int]], england: int, more: set[int], near: int
) -> None:
    """However much of what is far each is taken to know at first."""
    figures = hide(published(table, england), sorted(more))
    truth, known = true_counts(table, figures), model(figures)
    alone = set()
    for agency in {name[6] for name in truth if name[5] == "Agency"}:
        own = {name: count for name, count in truth.items() if name[6] == agency}
        alone |= {(one.cell, one.least) for one in attack_from_inside(known, agency, own)}
    with patch.object(insiders, "NEAR", near):
        found = attack_from_every_inside(known, truth)
    assert {(one.cell, one.least) for one in found} == alone
    assert all(truth[one.cell] == one.least for one in found)


@pytest.mark.parametrize("number", [0, 1, 2, 3, 7, 29, 40])
def test_every_agency_is_asked_also_without_any_one_other(number: int) -> None:
    agencies = [f"Agency {k}" for k in range(number)]
    found = [set(group) for group in groups(agencies)]
    assert set().union(*found) == set(agencies)
    for one, other in permutations(agencies, 2):
        assert any(one in group and other not in group for group in found)


def test_figures_that_contradict_each_other_are_told() -> None:
    figures = published([[20, 30], [40, 50]], 1)
    figures.loc[0, "value"] = 51.0
    (broken,) = attack(model(figures))
    assert "contradict" in broken.why


@pytest.mark.parametrize("england", [1, 10])
def test_nothing_hidden_is_nothing_broken(england: int) -> None:
    assert attack(model(published([[20, 30], [40, 50]], england))) == []


def test_a_single_hidden_cell_of_a_line_is_worked_out_and_named() -> None:
    (broken,) = attack(model(published([[20, 3], [40, 50]], 10)))
    assert (broken.least, broken.most) == (3, 3)
    assert str(broken).startswith("children_supported count, Agency Agency 0: No is 3")
