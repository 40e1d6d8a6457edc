"""Regions that are what their agencies are together: where no child lives in another region."""

from collections.abc import Iterator, Mapping

from data.geography import closed_regions
from measures.breakdowns import CELL, NAMES, TOTAL
from measures.disclosure.linked import Name
from measures.grid import Grid

Counts = Mapping[str, Mapping[int, int]]
EVERYBODY = (TOTAL,) * len(NAMES)


def of_closed_regions(counts: Counts, grid: Grid) -> Iterator[tuple[Name, list[Name]]]:
    """Yield what of a region is as many as its agencies' counts are together, with those.

    Of regions only where that is so of everybody in every count: one child who lives elsewhere, and
    nobody can take it for granted.
    """
    place = list(grid.cells[CELL].itertuples(index=False, name=None))
    cells = sorted({cell for by_cell in counts.values() for cell in by_cell})
    agencies = sorted({place[cell][1] for cell in cells if place[cell][0] == "Agency"})
    closed = closed_regions(agencies)
    found: dict[str, list[tuple[Name, list[Name], bool]]] = {region: [] for region in closed}
    for cell in cells:
        level, region, *groups = place[cell]
        if level != "Region" or region not in closed:
            continue
        of = [grid.number["Agency", agency, *groups] for agency in closed[region]]
        for flag, by_cell in counts.items():
            if cell in by_cell:
                parts = [(flag, part) for part in of if part in by_cell]
                alike = by_cell[cell] == sum(by_cell[part] for _, part in parts)
                found[region].append(((flag, cell), parts, alike))
    for each in found.values():
        everybody = [alike for (_, cell), _, alike in each if place[cell][2:] == EVERYBODY]
        if all(everybody):
            yield from ((name, parts) for name, parts, alike in each if alike and parts)
