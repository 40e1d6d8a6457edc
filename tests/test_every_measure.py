"""Every measure by every breakdown, on nothing, on little, and on numbers worked out by hand."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import duckdb
import holidays
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from data.geography import agencies
from data.rounds import PILOT, ROUNDS, Round
from data.sample import rows as sample
from data.warehouse import SCHEMA
from measures import calendar
from measures.catalogue import MEASURES
from measures.compute import compute
from measures.figures import exact
from measures.grid import Grid
from tests.oracle.keeping import keep, submission
from tests.oracle.working_days import bank_holidays, is_working_day, working_days

HERE, SILENT = "Adopt London East", "Adopt East"
SMALL = replace(PILOT, agencies=(HERE, SILENT))
CHILD = {"C1": "301", "C4": date(2015, 5, 1), "C5": "1", "C6": "WBRI", "C7": "0"}
KEY = ("basis", "statistic", "band")
PRE_ORDER = {m.id for m in MEASURES if m.pre_order}


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(SCHEMA)
        yield connection


def figures_of(connection: duckdb.DuckDBPyConnection, round_: Round = SMALL) -> pd.DataFrame:
    """Every figure with the columns of its cell."""
    computed = compute(connection, round_)
    figures = exact(computed)
    assert set(figures["measure"]) == {measure.id for measure in MEASURES}
    cells = computed.grid.cells.iloc[figures["cell"]].reset_index(drop=True)
    return pd.concat([cells, figures], axis=1)


def contact(number: int, **dates: Any) -> dict[str, Any]:
    return CHILD | {"C2": f"K{number}", "C3": f"K{number}-1", "C16": "0"} | dates


class Answers:
    """The figures of England in total, by measure, statistic, basis and band."""

    def __init__(self, figures: pd.DataFrame) -> None:
        names = ["ethnicity_group", "ethnicity", "disability", "gender", "age", "stage"]
        self.figures = figures
        self.total = figures[(figures[names] == "Total").all(axis=1)]

    def __call__(
        self, measure: str, statistic: str, basis: str = "", band: str = "", place: str = "England"
    ) -> Any:
        wanted = {"measure": measure, "statistic": statistic, "basis": basis, "band": band}
        found = self.total
        for name, value in (wanted | {"geography": place}).items():
            found = found[found[name] == value]
        (row,) = found.to_dict("records")
        return row["value"] if row["status"] == "ok" else row["status"]


Ask = Callable[..., Answers]


@pytest.fixture
def asked(warehouse: duckdb.DuckDBPyConnection) -> Ask:
    """Keep the rows as one agency's return, and answer what its figures are."""

    def ask(rows: list[dict[str, Any]], round_: Round = SMALL) -> Answers:
        keep(warehouse, round_, submission(HERE, rows))
        return Answers(figures_of(warehouse, round_))

    return ask


@pytest.mark.parametrize("round_", ROUNDS, ids=lambda round_: round_.key)
def test_a_round_without_returns_has_no_figure(
    warehouse: duckdb.DuckDBPyConnection, round_: Round
) -> None:
    figures = figures_of(warehouse, round_)
    assert set(figures["status"]) == {"x"}
    assert set(figures["geography"]) >= {"England", *agencies()}
    assert len(figures) == len(figures.drop_duplicates(["cell", "measure", *KEY]))


def test_one_row_is_counted_where_it_belongs(asked: Ask) -> None:
    answers = asked([contact(1, C11=date(2025, 5, 2), C12=date(2025, 5, 6))])
    assert answers("children_supported", "count") == 1
    assert answers("contacts_received", "count", place="London") == 1
    assert answers("contacts_received", "count", place=HERE) == 1
    assert answers("contacts_received", "count", place="North West") == "x"
    assert answers("contacts_received", "count", place=SILENT) == "x"
    # A Friday to a Tuesday, over a bank holiday.
    assert answers("contact_to_allocation", "median", "calendar_days") == 4
    assert answers("contact_to_allocation", "median", "working_days") == 1
    assert answers("assessment_duration", "median", "calendar_days") == "z"
    counted = answers.figures[
        (answers.figures["measure"] == "contacts_received") & (answers.figures["value"] == 1)
    ]
    england = counted[counted["geographic_level"] == "England"]
    assert len(england) == 1 + 5 + 6, "in total, by each of five, by each pair of four"
    assert set(counted["ethnicity"]) == {"Total", "White – British"}  # noqa: RUF001


@pytest.mark.parametrize(
    "rows",
    [[], [CHILD], [contact(1), contact(2, C11="mid June")]],
    ids=["no row", "a row without identifiers", "rows without a date"],
)
def test_a_return_without_a_usable_row_is_a_return(asked: Ask, rows: list[dict[str, Any]]) -> None:
    answers = asked(rows)
    for place in ("England", HERE, "London"):
        assert answers("children_supported", "count", place=place) == 0
        assert answers("cases_open", "count", place=place) == 0
        assert answers("allocation_rate", "denominator", place=place) == 0
        assert answers("allocation_rate", "percent", place=place) == "z"
        assert answers("contact_to_allocation", "median", "working_days", place=place) == "z"
    assert answers("children_supported", "count", place=SILENT) == "x"


def test_agencies_without_children_before_the_order_have_no_such_figures(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    keep(warehouse, SMALL, submission(HERE, [contact(1, C11=date(2025, 5, 2))]))
    before = figures_of(warehouse)
    assert set(before[before["measure"].isin(PRE_ORDER)]["status"]) == {"x"}
    assert set(before[before["stage"] == "Pre-order"]["status"]) == {"x"}
    match = CHILD | {"C1": "302", "C2": "M1", "C3": "M1", "C8": date(2025, 6, 2)}
    keep(warehouse, SMALL, submission(SILENT, [match]))
    after = figures_of(warehouse)
    pre_order = after[after["measure"].isin(PRE_ORDER)]
    status = pre_order.groupby("geography")["status"].agg(set)
    assert status[HERE] == {"x"}
    assert "x" not in status["England"] | status[SILENT]
    assert Answers(after)("matches_approved", "count") == 1


def _value(value: Any) -> Any:
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value


def test_every_measure_runs_on_the_sample(warehouse: duckdb.DuckDBPyConnection) -> None:
    round_ = replace(PILOT, agencies=PILOT.agencies[:3])
    for made in sample(round_, agencies=3, scale=0.1):
        given = [
            {name: _value(value) for name, value in row.items()} for row in made.to_dict("records")
        ]
        keep(warehouse, round_, submission(given[0]["agency"], given))
    figures = figures_of(warehouse, round_)
    assert set(figures[figures["status"] == "ok"]["measure"]) == set(figures["measure"])
    counts = figures[figures["statistic"] == "count"].groupby("status")["value"]
    assert not counts.get_group("ok").isna().any()
    assert len(Grid.of(round_).cells) == figures["cell"].nunique()


# From contact to allocation: of 7, type 7 reads 1.5, 3 and 4.5 places from the first.
DAYS = (0, 2, 3, 10, 20, 45, 91)


def test_quantiles_interval_and_bands_by_hand(asked: Ask) -> None:
    first = date(2025, 5, 12)
    rows = [contact(n, C11=first, C12=first + timedelta(days=d)) for n, d in enumerate(DAYS)]
    rows.append(contact(8, C11=first, C12=first - timedelta(days=1)))  # out of order: left out
    rows.append(contact(9, C11=first, C12=date(2025, 10, 1)))  # after the end: not yet
    answers = asked(rows)

    def wait(statistic: str, band: str = "") -> float:
        return answers("contact_to_allocation", statistic, "calendar_days", band)

    assert wait("n") == 7
    assert [wait("lower_quartile"), wait("median"), wait("upper_quartile")] == [2.5, 10, 32.5]
    total = answers.total.set_index(["geography", "measure", *KEY])
    median = total.loc[("England", "contact_to_allocation", "calendar_days", "median", "")]
    assert (median["lower"], median["upper"]) == (0, 91)  # of 7, the smallest and the largest
    bands = [wait("band", band) for band in ("0 to 5", "6 to 10", "11 to 20", "21 to 45")]
    assert bands == [3, 1, 1, 1]
    assert [wait("band", "46 to 90"), wait("band", "91 and over")] == [0, 1]
    # Of 8: one after 0, 2, 3 and 10 days each (7/8, 6/8, 5/8, 4/8), then 20 and 45; 91 later.
    shares = [wait("still_waiting", f"{day} days") for day in (10, 20, 45, 90)]
    assert shares == pytest.approx([50, 37.5, 25, 25])
    assert wait("waiting_median") == 10
    assert wait("waiting_at_end") == 1
    assert answers("waiting_for_allocation", "count") == 1
    assert answers("allocation_rate", "numerator") == 8
    assert answers("allocation_rate", "percent") == pytest.approx(100 * 8 / 9)


def test_who_came_late_and_who_left_early_by_hand(asked: Ask) -> None:
    """Delayed entry, closure, and a share nobody was watched for."""
    rows = [
        contact(1, C11=date(2025, 4, 1), C12=date(2025, 4, 11)),  # 10 days
        contact(2, C11=date(2025, 4, 1), C17=date(2025, 4, 6)),  # watched for 5 days
        contact(3, C11=date(2025, 3, 25), C12=date(2025, 4, 1)),  # seen on its 7th day only
        contact(4, C11=date(2025, 3, 1), C12=date(2025, 3, 31)),  # over before the period
        contact(5, C11=date(2025, 6, 2), C12=date(2025, 6, 5), C17=date(2025, 6, 4)),
        contact(6, C11=date(2025, 9, 30)),  # watched on its first day
    ]
    answers = asked(rows)

    def share(day: int) -> Any:
        found = "contact_to_allocation", "still_waiting", "calendar_days", f"{day} days"
        return answers(*found)

    # On day 7 two are watched and one finishes, on day 10 the last one: nobody waits ever after.
    assert [share(day) for day in (10, 20, 90)] == [0, 0, 0]
    assert answers("contact_to_allocation", "waiting_median", "calendar_days") == 7
    assert answers("contact_to_allocation", "waiting_at_end", "calendar_days") == 1
    assert answers("contact_to_allocation", "n", "calendar_days") == 3


def test_contacts_on_the_edges_by_hand(asked: Ask) -> None:
    rows = [
        contact(1, C11=date(2025, 3, 31), C14=date(2024, 9, 30), C15=date(2024, 10, 1)),
        contact(2, C11=date(2025, 4, 1), C17=date(2025, 9, 30), C16="1"),
        contact(3, C11=date(2025, 9, 30), C14=date(2024, 9, 30), C15=date(2024, 9, 30)),
        contact(4, C11=date(2025, 10, 1)),  # not yet happened
        contact(5, C11=date(2024, 1, 5), C17=date(2025, 3, 31), C16="1"),  # closed before
        contact(6, C11=date(2024, 1, 5), C17=date(2025, 4, 1), C16=None),  # active, not known
        contact(2, C11=date(2025, 6, 2), C3="K2-2", C17=date(2025, 10, 1)),
        contact(3, C11=date(2024, 6, 3), C3="K3-0", C17=date(2024, 9, 30)),
    ]
    answers = asked(rows)
    assert answers("children_supported", "count") == 6
    assert answers("contacts_received", "count") == 3
    assert answers("cases_open", "count") == 3
    assert answers("cases_closed", "count") == 2
    assert answers("csc_referral_rate", "numerator") == 1
    assert answers("csc_referral_rate", "denominator") == 4
    assert answers("csc_referral_rate", "percent") == 25
    assert answers("repeat_contact_rate", "numerator") == 2  # K2-2, and K3 after an earlier one
    assert answers("review_within_12_months", "numerator") == 1
    assert answers("review_within_12_months", "denominator") == 2


@cache
def working_up_to() -> dict[date, int]:
    """The product's calendar, by day."""
    table: pa.Table = calendar.table()
    return dict(zip(table["day"].to_pylist(), table["working"].to_pylist(), strict=True))


def working_days_between(first: date, last: date) -> int:
    return working_up_to()[last] - working_up_to()[first]


def test_working_days() -> None:
    assert working_days_between(date(2025, 5, 9), date(2025, 5, 12)) == 1, "Friday to Monday"
    assert working_days_between(date(2025, 5, 10), date(2025, 5, 11)) == 0, "Saturday to Sunday"
    assert working_days_between(date(2025, 4, 1), date(2025, 9, 30)) == 125, "the whole period"
    assert working_days_between(date(2025, 3, 31), date(2025, 9, 30)) == 126, "its first day too"
    assert working_days_between(date(2025, 4, 17), date(2025, 4, 22)) == 1, "over Easter"
    for monday in (date(2025, 5, 5), date(2025, 5, 26), date(2025, 8, 25)):
        friday, tuesday = monday - timedelta(days=3), monday + timedelta(days=1)
        assert working_days_between(friday, tuesday) == 1, "over a bank holiday"
    assert working_days_between(date(2025, 12, 24), date(2025, 12, 29)) == 1, "over Christmas"


def test_the_calendar_counts_as_counting_day_by_day_does() -> None:
    first, last = date(1996, 1, 1), date(2035, 12, 31)
    since = {day: count for day, count in working_up_to().items() if first <= day <= last}
    differ = [d for d, n in since.items() if n - since[first] != working_days(first, d)]
    assert differ == []


def test_the_difference_of_two_stamps_holds_the_days_between_in_both_bases() -> None:
    last = 65_535  # 6 June 2079: enough for any round
    stamps = calendar.table()["stamp"].to_numpy().astype(np.int64)[: last + 1]
    assert (np.diff(stamps) > 0).all(), "in the order of the days"
    working = calendar.table()["working"].to_numpy()[: last + 1]
    for since, until in ((0, 0), (45_750, 45_932), (45_931, 45_932), (0, last)):
        span = np.array([stamps[until] - stamps[since]]).astype(np.uint32)
        assert calendar.days_of(span, "calendar_days") == [until - since]
        assert calendar.days_of(span, "working_days") == [working[until] - working[since]]


# England's bank holidays as published, month and day.
PUBLISHED = {
    2015: "0101 0403 0406 0504 0525 0831 1225 1228",
    2016: "0101 0325 0328 0502 0530 0829 1226 1227",
    2017: "0102 0414 0417 0501 0529 0828 1225 1226",
    2018: "0101 0330 0402 0507 0528 0827 1225 1226",
    2019: "0101 0419 0422 0506 0527 0826 1225 1226",
    2020: "0101 0410 0413 0508 0525 0831 1225 1228",
    2021: "0101 0402 0405 0503 0531 0830 1227 1228",
    2022: "0103 0415 0418 0502 0602 0603 0829 0919 1226 1227",
    2023: "0102 0407 0410 0501 0508 0529 0828 1225 1226",
    2024: "0101 0329 0401 0506 0527 0826 1225 1226",
    2025: "0101 0418 0421 0505 0526 0825 1225 1226",
    2026: "0101 0403 0406 0504 0525 0831 1225 1228",
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_bank_holidays(year: int) -> None:
    published = {date(year, int(d[:2]), int(d[2:])) for d in PUBLISHED[year].split()}
    assert bank_holidays(year) == published
    package = holidays.country_holidays("GB", subdiv="ENG", years=year)
    assert {day for day in package if day.weekday() < 5} == published
    assert not any(map(is_working_day, published))
