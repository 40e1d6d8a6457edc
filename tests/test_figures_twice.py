"""Every figure of a round equals that of a second computation in plain loops."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

from data.load import load
from data.rounds import PILOT, ROUNDS, Round
from data.sample import make
from data.warehouse import opened
from measures.compute import Computed, compute
from measures.disclosure.policy import Policy
from measures.disclosure.publish import protected
from measures.figures import exact
from tests.oracle.agreement import differences, differences_once_protected
from tests.oracle.figures import Round as Submitted
from tests.oracle.figures import Told, figures
from tests.oracle.stored import stored
from tests.oracle.submitted import submitted
from tests.single_rules import primary


class Country(NamedTuple):
    seed: int
    scale: float
    agencies: int
    round: Round


class Made(NamedTuple):
    """A country in the warehouse: what the product computes, and the rows to compute again from."""

    computed: Computed
    stored: Submitted
    figures: pd.DataFrame
    told: list[Told]
    paths: list[Path]


FEW = replace(PILOT, agencies=PILOT.agencies[:6])
COUNTRIES = {
    "a third of the agencies": Country(1, 0.15, 10, PILOT),
    "few and large": Country(2, 0.4, 4, FEW),
    "the next round": Country(3, 0.15, 6, replace(ROUNDS[1], agencies=PILOT.agencies[10:18])),
}


@pytest.fixture(scope="module", params=COUNTRIES)
def country(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    seed, scale, agencies, round_ = COUNTRIES[request.param]
    folder = tmp_path_factory.mktemp("country")
    paths = make(folder / "returns", agencies=agencies, scale=scale, seed=seed, round_=round_)
    with opened(folder / "warehouse.duckdb") as connection:
        for path in paths:
            load(connection, path, round_=round_, received=round_.deadline)
        computed, rows = compute(connection, round_), stored(connection, round_)
    return Made(computed, rows, exact(computed), figures(rows), paths)


def test_every_figure_equals_a_second_computation(country: Made) -> None:
    assert len(country.figures) > 50_000
    assert differences(country.figures, country.computed.grid, country.told) == []


def test_the_warehouse_holds_what_was_submitted(country: Made) -> None:
    """The same rows are used whether typed by the checks or by a second reading."""
    again = submitted(country.paths, country.computed.round)

    def sorted_rows(read: Submitted) -> list[tuple[str, ...]]:
        return sorted(tuple(f"{name}={row[name]}" for name in sorted(row)) for row in read.rows)

    assert sorted_rows(again) == sorted_rows(country.stored)
    assert again.returned == country.stored.returned
    assert again.agreements == country.stored.agreements


def test_a_country_puts_the_figures_to_the_test(country: Made) -> None:
    """Every statistic has values here, and something is missing in every way."""
    figures = country.figures
    valued = figures[figures["value"].notna() & (figures["status"] == "ok")]
    assert set(valued["statistic"]) >= set(figures["statistic"]) - {"standardised_percent"}
    assert {"ok", "x", "z"} == set(figures["status"])
    assert set(valued["measure"]) == set(figures["measure"])


def test_every_protected_figure_follows_from_the_second_computation(country: Made) -> None:
    policy = Policy()
    hidden = primary(country.computed, policy)
    published = protected(country.figures, country.computed.grid, hidden, policy)
    assert differences_once_protected(published, country.told) == []
    assert {"ok", "c", "x", "z"} <= set(published["status"])
