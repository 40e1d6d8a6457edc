"""What a reader may assume of sound dates: the gate does where it is true, and only there."""

import pandas as pd

from measures.attack import ROWS_USED, Truth, named
from measures.gate import Gate
from tests.small_tables import row

ALL = ("Total",) * 6
CLOSED = {"measure": "cases_closed", "statistic": "count"}
LENGTHS = {"measure": "contact_to_closure", "statistic": "n", "basis": "calendar_days"}
RECEIVED = {"measure": "contacts_received", "statistic": "count"}
ALLOCATED = {"measure": "allocation_rate", "statistic": "numerator"}
WAITS = {"measure": "contact_to_allocation", "statistic": "n", "basis": "calendar_days"}
CHILDREN = {"measure": "children_supported", "statistic": "count"}
OPEN = {"measure": "cases_open", "statistic": "count"}
Kind = dict[str, str]


def figures(*counts: tuple[Kind, int, bool]) -> tuple[pd.DataFrame, Truth]:
    """Publish counts of one agency, hidden or not, and say how many there really are."""
    rows, truth = [], {}
    for kind, n, is_hidden in counts:
        line = row("Agency", "A", n, 1, **kind)
        line |= {"status": "c", "value": float("nan")} if is_hidden else {}
        rows.append(line)
        groups = [line[name] for name in ("ethnicity_group", "ethnicity", "disability")]
        groups += [line[name] for name in ("gender", "age", "stage")]
        head = [str(line[name]) for name in ("measure", "statistic", "basis", "band")]
        truth[named("0", [*head, "Agency", "A", *map(str, groups)])] = n
    return pd.DataFrame(rows), truth


def told(published: pd.DataFrame, truth: Truth) -> set[tuple[str, int, int]]:
    # What agencies know of themselves is not asked here: there is one.
    return {(one.cell[1], one.least, one.most) for one in Gate(truth).broken(published)}


def test_a_length_for_every_closed_case_tells_how_many_are_closed() -> None:
    published, truth = figures((CLOSED, 174, True), (LENGTHS, 174, False))
    assert told(published, truth) == {("cases_closed", 174, 174)}
    assert told(published, {}) == set()


def test_where_few_have_no_length_nobody_knows_how_few() -> None:
    published, truth = figures((CLOSED, 177, True), (LENGTHS, 174, False))
    assert told(published, truth) == set()


def test_contacts_allocated_are_among_those_with_a_wait() -> None:
    counts = ((RECEIVED, 90, True), (ALLOCATED, 40, True), (WAITS, 41, False))
    published, truth = figures(*counts)
    assert told(published, truth) == set()
    at_least = (
        (ALLOCATED | {"gender": "Female"}, 39, False),
        (ALLOCATED | {"gender": "Male"}, 1, True),
    )
    published, truth = figures(*counts, *at_least)
    assert told(published, truth) >= {("allocation_rate", 40, 41), ("allocation_rate", 1, 2)}
    assert told(published, {}) == set()


def test_contacts_of_the_period_are_open_or_closed() -> None:
    counts = [(OPEN, 60, False), (CLOSED, 30, False), (RECEIVED, 90, True)]
    parts = ((RECEIVED | {"gender": "Female"}, 88, False), (RECEIVED | {"gender": "Male"}, 2, True))
    published, truth = figures(*counts, *parts)
    assert told(published, truth) == {("contacts_received", 89, 90), ("contacts_received", 1, 2)}
    assert told(published, {}) == set()


def test_rows_used_to_ten_are_reckoned_with() -> None:
    rows = {("0", *ROWS_USED, "", "", "Agency", "A", *ALL): 379}
    before = (CHILDREN | {"stage": "Pre-order"}, 119, False)
    counts = (OPEN, 168, False), (CLOSED, 92, True), before
    parts = (CLOSED | {"gender": "Female"}, 91, False), (CLOSED | {"gender": "Male"}, 1, True)
    published, truth = figures(*counts, *parts)
    assert told(published, truth | rows) == set()  # 375 to 384: 88 to 97
    counts = (OPEN, 168, False), (CLOSED, 97, True), before
    parts = (CLOSED | {"gender": "Female"}, 95, False), (CLOSED | {"gender": "Male"}, 2, True)
    published, truth = figures(*counts, *parts)
    rows = dict.fromkeys(rows, 384)
    assert told(published, truth | rows) == {("cases_closed", 96, 97), ("cases_closed", 1, 2)}


def test_a_few_rows_are_told_as_up_to_fourteen() -> None:
    """Five at most would leave open and closed cases one to three each."""
    rows = {("0", *ROWS_USED, "", "", "Agency", "A", *ALL): 3}
    before = (CHILDREN | {"stage": "Pre-order"}, 1, True)
    published, truth = figures((OPEN, 1, True), (CLOSED, 1, True), before)
    assert told(published, truth | rows) == set()
