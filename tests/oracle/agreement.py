"""Whether the figures of the product are those of the second computation, every one of them."""

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from measures.grid import Grid
from tests.oracle.cells import Cell
from tests.oracle.figures import Figure, Key, Told, key
from tests.oracle.protection import shown

COLUMNS = ("cell", "measure", "basis", "statistic", "band", "value", "lower", "upper", "status")


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _rows(table: pd.DataFrame, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    return zip(*(table[column].tolist() for column in columns), strict=True)


def product(exact: pd.DataFrame, grid: Grid) -> dict[Key, tuple[object, ...]]:
    """The product's figures by their place; nothing is there twice."""
    names = list(Cell._fields)
    cells = [Cell(*row) for row in _rows(grid.cells, names)]
    found: dict[Key, tuple[object, ...]] = {}
    for row in _rows(exact, [*COLUMNS, "n", "base"]):
        number, measure, basis, statistic, band, value, lower, upper, status, n, base = row
        place = cells[number], measure, basis, statistic, band
        assert place not in found, f"twice: {place}"
        found[place] = _number(value), _number(lower), _number(upper), status, n, base
    return found


def _columns(figure: Figure, status: str) -> tuple[object, ...]:
    lower, upper = figure.ends or (None, None)
    return figure.value, lower, upper, status, figure.parts[0], figure.parts[-1]


def _same(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return one == other


def differences(exact: pd.DataFrame, grid: Grid, told: list[Told]) -> list[str]:
    """Every figure on which the two computations differ, in words; counts must be equal."""
    ours = product(exact, grid)
    theirs = {key(cell, figure): _columns(figure, status) for cell, figure, status in told}
    found = [f"only in the product: {place}" for place in ours.keys() - theirs.keys()]
    found += [f"only in the oracle: {place}" for place in theirs.keys() - ours.keys()]
    for place in ours.keys() & theirs.keys():
        one, other = ours[place], theirs[place]
        if one != other and not all(map(_same, one, other)):
            found.append(f"{place}: product {one}, oracle {other}")
    return sorted(found)


def released(protected: pd.DataFrame) -> dict[Key, tuple[object, ...]]:
    """Protected figures by their place: status, value, ends."""
    places = [*Cell._fields, "measure", "basis", "statistic", "band"]
    found: dict[Key, tuple[object, ...]] = {}
    for row in _rows(protected, [*places, "status", "value", "lower", "upper"]):
        *place, status, value, lower, upper = row
        parts = len(Cell._fields)
        at = (Cell(*place[:parts]), *place[parts:])
        assert at not in found, f"twice: {at}"
        found[at] = status, _number(value), _number(lower), _number(upper)
    return found


def differences_once_protected(protected: pd.DataFrame, told: list[Told]) -> list[str]:
    """Every figure that is published otherwise than the rules for one figure have it."""
    ours = released(protected)
    theirs = {
        place: (figure.status, figure.value, *(figure.ends or (None, None)))
        for place, figure in shown(told).items()
    }
    found = [f"only on one side: {place}" for place in ours.keys() ^ theirs.keys()]
    found += [
        f"{place}: product {ours[place]}, oracle {theirs[place]}"
        for place in ours.keys() & theirs.keys()
        if ours[place] != theirs[place]
    ]
    return sorted(found)
