"""Each edge case that the methods page explains, by hand, and that it does explain it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import pytest

from data.rounds import PILOT
from data.warehouse import SCHEMA
from measures.catalogue import MEASURES
from measures.compute import compute
from measures.figures import exact
from measures.views.methods import EDGES, definition
from tests.oracle.keeping import keep, submission

HERE, THERE = "Adopt London East", "Family Adoption Links"
SMALL = replace(PILOT, agencies=(HERE, THERE))
CHILD = {"C1": "301", "C4": date(2015, 5, 1), "C5": "1", "C6": "WBRI", "C7": "0", "C16": "0"}
IN_MAY, IN_JUNE = date(2025, 5, 12), date(2025, 6, 16)
Rows = list[dict[str, Any]]
Ask = Callable[..., Any]


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(SCHEMA)
        yield connection


@pytest.fixture
def figures(connection: duckdb.DuckDBPyConnection) -> Callable[..., Ask]:
    """Keep the rows of agencies, and answer what a figure of a group of children is."""

    def made(**returns: Rows) -> Ask:
        for agency, rows in returns.items():
            keep(connection, SMALL, submission({"here": HERE, "there": THERE}[agency], rows))
        computed = compute(connection, SMALL)
        found = exact(computed).join(computed.grid.cells, on="cell")

        def ask(measure: str, statistic: str, place: str = "England", **group: str) -> Any:
            wanted = {"measure": measure, "statistic": statistic, "geography": place}
            names = ("ethnicity_group", "ethnicity", "disability", "gender", "age", "stage")
            wanted |= dict.fromkeys(names, "Total") | group
            rows = found
            for name, value in wanted.items():
                rows = rows[rows[name] == value]
            row = rows.iloc[0]
            return row["value"] if row["status"] == "ok" else row["status"]

        return ask

    return made


def row(number: int, **more: Any) -> dict[str, Any]:
    return CHILD | {"C2": f"K{number}", "C3": f"K{number}-1"} | more


def test_a_child_with_several_contacts_is_one_child_as_at_the_latest(figures: Ask) -> None:
    told = figures(
        here=[
            row(1, C11=IN_MAY, C6="WBRI"),
            row(1, C3="K1-2", C11=IN_JUNE, C6="APKN"),
        ]
    )
    assert told("children_supported", "count") == 1
    assert told("children_supported", "count", ethnicity_group="Asian or Asian British") == 1
    assert told("contacts_received", "count") == 2
    assert told("contacts_received", "count", ethnicity_group="White") == 1
    assert told("repeat_contact_rate", "numerator") == 1


def test_a_child_at_two_agencies_counts_at_each_and_twice_in_england(figures: Ask) -> None:
    told = figures(here=[row(1, C11=IN_MAY)], there=[row(1, C11=IN_JUNE)])
    assert [told("children_supported", "count", place) for place in (HERE, THERE)] == [1, 1]
    assert told("children_supported", "count") == 2
    assert told("repeat_contact_rate", "numerator") == 0


def test_a_row_before_and_after_the_order_counts_as_both(figures: Ask) -> None:
    both = row(
        1, C8=date(2025, 4, 2), C9=date(2025, 4, 9), C10=date(2025, 5, 7), C11=IN_JUNE, C12=IN_JUNE
    )
    told = figures(here=[both])
    for measure in ("matches_approved", "children_placed", "orders_granted", "contacts_received"):
        assert told(measure, "count") == 1
    assert told("children_supported", "count", stage="Post-order") == 1
    assert told("children_supported", "count", stage="Pre-order") == 0


def test_what_lies_after_the_end_has_not_happened_yet(figures: Ask) -> None:
    later = date(2025, 10, 1)
    told = figures(
        here=[row(1, C11=IN_MAY, C12=later, C17=later), row(2, C8=IN_MAY, C9=later, C16=None)]
    )
    assert told("cases_open", "count") == 1
    assert told("cases_closed", "count") == 0
    assert told("waiting_for_allocation", "count") == 1
    assert told("contact_to_allocation", "n") == 0
    assert told("children_placed", "count") == 0


def test_an_old_authority_counts_in_its_successors_region(figures: Ask) -> None:
    # 928 was Northamptonshire, divided in two in 2021.
    told = figures(there=[row(1, C11=IN_MAY, C1="928"), row(2, C11=IN_MAY, C1="940")])
    assert told("contacts_received", "count", "East Midlands") == 2


def test_where_no_children_before_the_order_are_returned_the_figures_are_x(figures: Ask) -> None:
    told = figures(here=[row(1, C11=IN_MAY)], there=[row(1, C8=IN_MAY, C16=None)])
    assert told("matches_approved", "count", HERE) == "x"
    assert told("match_to_placement", "n", HERE) == "x"
    assert told("matches_approved", "count", THERE) == 1
    assert told("matches_approved", "count") == 1


def test_a_return_without_a_usable_row_has_noughts_and_no_return_x(figures: Ask) -> None:
    told = figures(here=[row(1)])
    assert told("contacts_received", "count", HERE) == 0
    assert told("allocation_rate", "percent", HERE) == "z"
    assert told("contacts_received", "count", THERE) == "x"
    assert told("contacts_received", "count") == 0


def test_a_round_without_a_return_has_no_figure(figures: Ask) -> None:
    told = figures()
    assert told("contacts_received", "count") == "x"
    assert told("allocation_rate", "denominator") == "x"


def test_what_is_not_known_is_a_group_of_its_own_and_in_the_denominator(figures: Ask) -> None:
    told = figures(
        here=[
            *(row(n, C11=IN_MAY, C12=IN_JUNE, C6=code, C1="zzz") for n, code in enumerate("XY")),
            row(3, C11=IN_MAY, C6="REFU", C5="0", C7=None, C4=None, C16=None),
        ]
    )
    unknown = {
        "ethnicity_group": "Not known",
        "gender": "Not known",
        "age": "Not known",
        "disability": "Not recorded",
    }
    expected = {"ethnicity_group": 3, "gender": 1, "age": 1, "disability": 1}
    for name, value in unknown.items():
        found = told("allocation_rate", "denominator", **{name: value})
        assert found == expected[name], name
    assert told("allocation_rate", "denominator") == 3
    # A referral that is not known is out of that denominator; an unknown authority in no region.
    assert told("csc_referral_rate", "denominator") == 2
    assert told("contacts_received", "count", "London") == 1
    assert told("contacts_received", "count", HERE) == 3


@pytest.mark.parametrize(
    "words",
    [
        *("several rows", "two agencies", "Before and after the order", "after the period"),
        *("Old authority codes", "No children before the order", "without a usable row"),
        *("without a return", "Not known", "out of order", "with an error"),
    ],
)
def test_the_methods_page_explains_it(words: str) -> None:
    assert any(words in title for title, _ in EDGES)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_a_definition_says_who_moves_it_and_where_the_unknown_are(measure: Any) -> None:
    said = dict(definition(measure.id))
    assert said["Who may see it moved, by what"].endswith(".")
    assert said["Better when"]
    assert said["Not known"].startswith(("In", "Out"))
