"""A few things that go wrong in real returns, put into the cells of a made-up one."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import numpy as np

from data.submission import Value, as_text

Cells = dict[str, list[Value]]


def _written(kind: str) -> Callable[[date], str]:
    return lambda day: day.strftime(kind)


def _earlier(cells: Cells, row: int) -> None:
    contact = cells["C11"][row]
    if isinstance(contact, date) and cells["C12"][row] is not None:
        cells["C12"][row] = contact - timedelta(days=9)


def _again(cells: Cells, row: int) -> None:
    cells["C3"][row] = cells["C3"][row - 1]


def _set(field: str, value: Value) -> Callable[[Cells, int], None]:
    def put(cells: Cells, row: int) -> None:
        if cells[field][row] is not None:
            cells[field][row] = value

    return put


def _typed(field: str, kind: str) -> Callable[[Cells, int], None]:
    def put(cells: Cells, row: int) -> None:
        day = cells[field][row]
        if isinstance(day, date):
            cells[field][row] = _written(kind)(day)

    return put


def _lower(cells: Cells, row: int) -> None:
    code = as_text(cells["C6"][row])
    cells["C6"][row] = f"{code.lower()} " if code else None


KINDS: tuple[Callable[[Cells, int], None], ...] = (
    _earlier,
    _again,
    _lower,
    _set("C4", None),
    _set("C6", "WHIT"),
    _set("C7", None),
    _set("C7", "Yes"),
    _set("C11", "mid June"),
    _set("C13", None),
    _set("C16", None),
    _typed("C4", "%d/%m/%Y"),
    _typed("C12", "%d/%m/%Y"),
    _typed("C11", "%Y-%m-%d"),
)


def put_in(cells: Cells, share: float, rng: np.random.Generator) -> None:
    """Put a problem into a share of the rows; no two rows next to each other have one."""
    count = len(cells["C3"])
    for row in _apart(rng.permutation(count)[: round(count * share)]):
        KINDS[int(rng.integers(len(KINDS)))](cells, row)


def _apart(rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Iterator[int]:
    previous = 0
    for row in sorted(rows.tolist()):
        if row - previous > 1:
            yield row
            previous = row
