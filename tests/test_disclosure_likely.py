"""What a reader may take for granted: here, that a return's rows are what it was said to have."""

from measures.breakdowns import NAMES, TOTAL
from measures.disclosure.likely import of_rows_used
from tests.released_tables import GRID, POLICY

AGENCY = GRID.agencies[3]
EVERYBODY, BEFORE_ORDER = (
    GRID.number["Agency", AGENCY, *[TOTAL] * (len(NAMES) - 1), stage]
    for stage in (TOTAL, "Pre-order")
)
COUNTS = {"open_at_end": {EVERYBODY: 168}, "closed": {EVERYBODY: 92}, "child": {BEFORE_ORDER: 119}}
AT = {(flag, cell): k for k, (flag, by_cell) in enumerate(COUNTS.items()) for cell in by_cell}


def test_rows_used_are_open_or_closed_or_before_the_order() -> None:
    """379 is told as 380: they are 375 to 384 together."""
    least, most = of_rows_used({AGENCY: 379}, COUNTS, AT, GRID, POLICY)
    assert (least.more, least.fewer, least.least) == ([0, 1, 2], [], 375)
    assert (most.more, most.fewer, -most.least) == ([], [0, 1, 2], 384)
    assert least.loose
    assert most.loose


def test_rows_that_are_neither_say_nothing() -> None:
    assert list(of_rows_used({AGENCY: 380}, COUNTS, AT, GRID, POLICY)) == []
    assert list(of_rows_used({GRID.agencies[4]: 379}, COUNTS, AT, GRID, POLICY)) == []


def test_of_a_few_rows_only_that_they_are_few_is_known() -> None:
    """Three rows are hidden as fourteen are: told as five at most, they would say nearly all."""
    few = {"open_at_end": {EVERYBODY: 2}, "closed": {EVERYBODY: 1}}
    at = {name: number for name, number in AT.items() if name[0] in few}
    (most,) = of_rows_used({AGENCY: 3}, few, at, GRID, POLICY)
    assert (most.more, most.fewer, -most.least) == ([], [0, 1], 14)
