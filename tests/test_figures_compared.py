"""Similar, higher or lower: from the rows themselves, by the functions of one comparison."""

from collections import Counter
from pathlib import Path

import duckdb
import pytest

from data.geography import comparator
from data.load import files, load
from data.rounds import PILOT
from data.sample import make
from data.warehouse import opened
from measures.compute import compute
from measures.figures import exact
from measures.statistics import compare_medians, compare_proportions

WHOLE = ("ethnicity_group", "ethnicity", "disability", "gender", "age", "stage")


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory):  # noqa: ANN201
    folder: Path = tmp_path_factory.mktemp("country")
    make(folder / "returns", agencies=12, scale=0.4, seed=7)
    with opened(folder / "warehouse.duckdb") as connection:
        for file in files([folder / "returns"]):
            load(connection, file)
        computed = compute(connection, PILOT)
        figures = exact(computed).join(computed.grid.cells, on="cell")
        yield connection, figures[(figures[list(WHOLE)] == "Total").all(axis=1)], computed.grid


def referrals(
    connection: duckdb.DuckDBPyConnection, where: str, grid_places: list[int]
) -> tuple[int, int]:
    return connection.execute(
        "SELECT count(*) FILTER (WHERE C16), count(*) FROM facts WHERE C11 IS NOT NULL "
        f"AND C16 IS NOT NULL AND (C17 IS NULL OR C17 >= starts) AND {where}",
        grid_places,
    ).fetchall()[0]


def waits(
    connection: duckdb.DuckDBPyConnection, where: str, grid_places: list[int]
) -> tuple[list[int], list[int]]:
    days = connection.execute(
        "SELECT allocated.day - contacted.day FROM facts "
        "JOIN calendar AS contacted ON contacted.stamp = C11 "
        "JOIN calendar AS allocated ON allocated.stamp = C12 "
        f"WHERE C12 BETWEEN starts AND ends AND C11 <= C12 AND {where}",
        grid_places,
    ).fetchall()
    found = sorted(Counter(day for (day,) in days).items())
    return [day for day, _ in found], [n for _, n in found]


def test_an_agency_is_compared_with_the_rest_of_england_and_of_its_region(country) -> None:  # noqa: ANN001
    connection, figures, grid = country
    seen = set()
    agencies = figures[figures["geographic_level"] == "Agency"]
    for name in sorted(set(agencies["geography"]))[:32]:
        agency = grid.values["agency"].index(name) + 1
        region = grid.values["region"].index(comparator(name)) + 1
        mine, outside = "agency = ?", "region = ? AND agency <> ?"
        rates = agencies[
            (agencies["geography"] == name)
            & (agencies["measure"] == "csc_referral_rate")
            & (agencies["statistic"] == "percent")
        ].iloc[0]
        own = referrals(connection, mine, [agency])
        if not own[1]:
            continue
        england = compare_proportions(*own, *referrals(connection, "true", []))
        there = compare_proportions(
            *own, *referrals(connection, outside, [region, agency]), part=False
        )
        assert (rates["than_england"] or None, rates["than_region"] or None) == (england, there)
        medians = agencies[
            (agencies["geography"] == name)
            & (agencies["measure"] == "contact_to_allocation")
            & (agencies["statistic"] == "median")
            & (agencies["basis"] == "calendar_days")
        ].iloc[0]
        own_days = waits(connection, mine, [agency])
        england = compare_medians(own_days, waits(connection, "true", []))
        there = compare_medians(own_days, waits(connection, outside, [region, agency]), part=False)
        assert (medians["than_england"] or None, medians["than_region"] or None) == (
            england,
            there,
        )
        seen |= {england, there}
    assert {"higher", "lower", "similar"} <= seen
