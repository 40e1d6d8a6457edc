"""Add rows up to every published cell.

Rows are grouped twice: to the few sets of dimensions that all others follow from (`ALIKE`), and
those smaller tables to cells. A cell that is the sum of others is left to `Grid.add_up`.
"""

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from measures.breakdowns import LEVELS, finest
from measures.grid import PLACE, SHARED, Grid

ALIKE = (
    ("region", "agency", SHARED, "ethnicity_group", "age"),
    ("region", "agency", SHARED, "disability", "gender"),
    ("ethnicity_group", "ethnicity", "disability", "gender", "age"),
    ("region", "agency", SHARED, "stage"),
)
Columns = dict[str, npt.NDArray[np.integer]]


def tally(
    connection: duckdb.DuckDBPyConnection, grid: Grid, source: str, *, staged: bool = False
) -> list[Columns]:
    """Return how many rows of `source` each cell has that is not the sum of others.

    The query `source` gives a row's `places` (see `Grid.bits`), and `kind` and `span`, whole
    numbers to count it by. A part each for some of the cells, with the columns `cell`, `shared`,
    `kind`, `span`, `n`. What of an agency's cell lies in its comparator region is `shared`, and
    apart from what does not. What is 0 is not there.
    """
    connection.register("numbered", _numbered(grid))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE source AS {source}")
    cells = {
        (*PLACE[level], *names, *((SHARED,) if level == "Agency" else ()))
        for level in LEVELS
        for names in finest(level, staged=staged)
    }
    parts = []
    for alike in ALIKE:
        following = {dimensions for dimensions in cells if {*dimensions} <= {*alike}}
        if following:
            parts.append(_grouped(connection, grid, alike, sorted(following)))
        cells -= following
    connection.execute("DROP TABLE source")
    return parts


def _grouped(
    connection: duckdb.DuckDBPyConnection,
    grid: Grid,
    alike: tuple[str, ...],
    cells: list[tuple[str, ...]],
) -> Columns:
    """Return the counts of the cells by some sets of dimensions, all of them in `alike`."""
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE fine AS
        SELECT CAST(places & {grid.mask(*alike)} AS UINTEGER) AS places, kind, span, count(*) AS n
        FROM source GROUP BY ALL ORDER BY span""")
    groups = " UNION ALL ".join(
        f"""SELECT CAST(places & {grid.mask(*dimensions)} AS UINTEGER) AS places, kind, span,
            CAST(sum(n) AS INTEGER) AS n FROM fine GROUP BY ALL"""
        for dimensions in cells
    )
    found = connection.execute(
        f"SELECT cell, shared, kind, span, n FROM ({groups}) JOIN numbered USING (places)"
    ).fetchnumpy()
    connection.execute("DROP TABLE fine")
    return {name: np.asarray(column) for name, column in found.items()}


def _numbered(grid: Grid) -> pd.DataFrame:
    """Return the number of every cell by its places, those of agencies also with `SHARED`."""
    cells = pd.DataFrame(
        {"places": grid.cells["key"].astype("uint32"), "cell": grid.cells.index.astype("uint16")}
    ).assign(shared=False)
    shared = cells[(grid.cells["geographic_level"] == "Agency").to_numpy()].assign(shared=True)
    shared["places"] |= grid.mask(SHARED)
    return pd.concat([cells, shared])
