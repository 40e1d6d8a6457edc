"""How the cells of the grid add up: groups to everybody, codes to groups, places to England."""

from collections.abc import Iterator
from dataclasses import dataclass

from data.codes import ETHNICITY, ETHNICITY_GROUP
from measures.breakdowns import ENGLAND, NAMES, TOTAL
from measures.grid import Grid

NOT_KNOWN = "Not known"
GROUP_OF = {label: ETHNICITY_GROUP.groups[code] for code, label in ETHNICITY.meanings.items()}
Row = tuple[str, ...]
"""A cell by level, geography and the groups of every breakdown."""


@dataclass(frozen=True)
class Line:
    """A cell and those that add up to it, by number; not `all` of them if some have no cell."""

    whole: int
    parts: tuple[int, ...]
    all: bool


def lines(grid: Grid) -> Iterator[Line]:
    """Yield every sum between cells; children of no known region are in no region's cell."""
    found: dict[tuple[int, str], list[int]] = {}
    for row, at in grid.number.items():
        for over, wider in _wider(row):
            if wider in grid.number:
                found.setdefault((grid.number[wider], over), []).append(at)
    for (whole, over), parts in found.items():
        yield Line(whole, tuple(parts), over != "Region")


def _wider(row: Row) -> Iterator[tuple[str, Row]]:
    """Yield the cells that a cell is part of, each with what they add up over."""
    level, place, *groups = row
    if level != ENGLAND:
        yield level, (ENGLAND, ENGLAND, *groups)
    for at, name in enumerate(NAMES):
        if groups[at] != TOTAL:
            yield name, (level, place, *groups[:at], TOTAL, *groups[at + 1 :])
    code = NAMES.index("ethnicity")
    group = GROUP_OF.get(groups[code], NOT_KNOWN)
    # Codes that nobody gave count as not known too, so there the codes fall short.
    if group != NOT_KNOWN:
        coded = list(groups)
        coded[NAMES.index("ethnicity_group")], coded[code] = group, TOTAL
        yield "code", (level, place, *coded)
