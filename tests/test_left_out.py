"""Rows left out, and why: by hand, and published so that they give nothing away."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data.load import load
from data.rounds import PILOT
from data.sample import make
from data.warehouse import SCHEMA, opened
from measures.catalogue import BY_ID, DURATIONS
from measures.compute import compute
from measures.disclosure.policy import Policy
from measures.disclosure.whole import publishable
from measures.figures import exact
from measures.left_out import BESIDE
from measures.publish import publish
from measures.release import read
from measures.state import state
from measures.views.book import Book
from measures.views.receipt import before_the_order, left_out, receipt
from tests.oracle.keeping import keep, submission
from tests.single_rules import primary

HERE, SILENT = "Adopt London East", "Adopt East"
SMALL = replace(PILOT, agencies=(HERE, SILENT))
CHILD = {"C1": "301", "C4": date(2015, 5, 1), "C5": "1", "C6": "WBRI", "C7": "0", "C16": "0"}


def contact(number: int, **more: object) -> dict[str, object]:
    return CHILD | {"C2": f"K{number}", "C3": f"K{number}-1"} | more


def published(
    connection: duckdb.DuckDBPyConnection,
    round_=SMALL,  # noqa: ANN001
) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """The exact rows left out, and the tables of the release."""
    computed, policy = compute(connection, round_), Policy()
    found = state(connection, round_)
    tables = publishable(
        exact(computed), computed.grid, primary(computed, policy), found, policy
    ).tables
    return found.left_out, dict(tables)


@pytest.fixture
def rows() -> list[dict[str, object]]:
    first, before = date(2025, 5, 12), date(2025, 5, 9)
    return [
        *(contact(n, C11=first, C12=date(2025, 5, 20)) for n in range(20)),
        *(contact(n, C11=first, C12=before) for n in range(20, 27)),  # out of order
        *(contact(n, C11=first, C1="835") for n in range(27, 35)),  # in no region of the agency
        contact(35, C11=first, C16=None),
        *(contact(n, C11="some day") for n in range(36, 45)),  # nothing has happened: an error
        contact(45, C11=before, C17=date(2025, 5, 8)),
    ]


def test_rows_left_out_by_hand(rows: list[dict[str, object]]) -> None:
    with duckdb.connect() as connection:
        connection.execute(SCHEMA)
        keep(connection, SMALL, submission(HERE, rows))
        left, tables = published(connection)

    def said(measure: str, reason: str, place: str) -> int:
        one = left[
            (left["measure"] == measure) & (left["reason"] == reason) & (left["geography"] == place)
        ]
        return int(one["rows"].item())

    wait = "contact_to_allocation"
    for place in ("England", HERE):
        assert said("", "error", place) == 9
        assert said(wait, "end_before_start", place) == 7
        assert said(wait, "no_start_date", place) == 0
        assert said(wait, "no_end_date", place) == 9
        assert said("csc_referral_rate", "referral_not_known", place) == 1
        assert said("contact_to_closure", "end_before_start", place) == 1
    assert said(wait, "no_end_date", "London") == 1
    assert said(wait, "end_before_start", "London") == 7
    assert SILENT not in set(left["geography"])
    shown = tables["left_out"].set_index(["measure", "reason", "geography"])
    assert shown.loc[("", "error", HERE), "rows"] == 10
    assert shown.loc[("", "error", "England"), "rows"] == 10
    assert shown.loc[(wait, "end_before_start", "London"), "rows"] == 10
    assert shown.loc[("csc_referral_rate", "referral_not_known", "England"), "rows_status"] == "c"


@pytest.fixture(scope="module")
def country(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    folder: Path = tmp_path_factory.mktemp("country")
    round_ = replace(PILOT, agencies=PILOT.agencies[:8])
    with opened(folder / "warehouse.duckdb") as connection:
        for path in make(folder / "returns", agencies=8, scale=0.12, seed=5, round_=round_):
            load(connection, path, round_=round_)
        return published(connection, round_)


def test_no_receipt_shows_a_small_count(country) -> None:  # noqa: ANN001
    left, tables = country
    shown = left.merge(
        tables["left_out"], on=["measure", "geographic_level", "geography", "reason"]
    )
    assert len(shown) == len(left)
    small = shown["rows_x"] <= 5  # which of them are none would say too much
    assert small.any()
    assert set(shown["rows_status"][small]) == {"c"}
    assert {"ok", "c"} == set(shown["rows_status"])
    assert not shown["rows_y"][shown["rows_status"] == "c"].notna().any()
    assert (shown["rows_y"][shown["rows_status"] == "ok"] % 10 == 0).all()
    assert set(shown["geographic_level"]) == {"England", "Region", "Agency"}


def test_no_receipt_stands_beside_a_hidden_count_that_it_would_give_away(country) -> None:  # noqa: ANN001
    _, tables = country
    figures, receipts = tables["figures"], tables["left_out"]
    names = ["ethnicity_group", "ethnicity", "disability", "gender", "age", "stage"]
    totals = figures[(figures[names] == "Total").all(axis=1)]
    status = totals.groupby(["measure", "statistic", "geography"])["status"].agg(set)
    seen = set()
    for one in receipts.itertuples():
        for measure, statistic in BESIDE.get((one.measure, one.reason), ()):
            if "c" in status[measure, statistic, one.geography]:
                seen.add(one.measure)
                assert one.rows_status == "c"
    assert len(seen) > 3


def test_counts_beside_are_published_ones() -> None:
    assert {measure for measure, _ in BESIDE} >= {measure.id for measure in DURATIONS}
    for beside in BESIDE.values():
        for measure, _ in beside:
            assert measure in BY_ID


def test_a_receipt_says_what_is_left_out_of_every_place_and_what_pre_order_figures_rest_on(
    rows: list[dict[str, object]], tmp_path: Path
) -> None:
    with duckdb.connect() as connection:
        connection.execute(SCHEMA)
        keep(connection, SMALL, submission(HERE, rows))
        publish(connection, SMALL, tmp_path / "release.duckdb")
    book = Book(read(tmp_path / "release.duckdb"))
    assert left_out(book, "contact_to_allocation", SILENT) == "no return"
    assert "dates are out of order: about 10" in left_out(book, "contact_to_allocation", "London")
    assert "with an error: about 10" in left_out(book, "contact_to_allocation", HERE)
    assert "second date, not counted yet: about 10" in left_out(book, "contact_to_allocation", HERE)
    for place, words in (("England", "0 of 1 agencies"), (HERE, "0 of 1"), (SILENT, "0 of 0")):
        assert words in dict(before_the_order(book, place))["Children before the order"]
    assert "Children before the order" in dict(receipt(book, "matches_approved"))
    assert "Children before the order" not in dict(receipt(book, "contacts_received"))
