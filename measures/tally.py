"""Add rows up to every published cell.

Rows are grouped twice: to the few sets of dimensions that all others follow from (`ALIKE`), and
those far smaller tables to cells. A cell that is the sum of others is left to `Grid.add_up`.
"""

from collections.abc import Sequence

import duckdb
import numpy as np
import numpy.typing as npt

from measures.breakdowns import LEVELS, finest
from measures.grid import PLACE, Grid

ALIKE = (
    ("region", "agency", "own_region", "ethnicity_group", "age"),
    ("region", "agency", "own_region", "disability", "gender"),
    ("ethnicity_group", "ethnicity", "disability", "gender", "age"),
    ("region", "agency", "own_region", "stage"),
)
Columns = dict[str, npt.NDArray[np.integer]]


def tally(  # noqa: PLR0913 - what, from where, by what
    connection: duckdb.DuckDBPyConnection,
    grid: Grid,
    sources: Sequence[str],
    totals: dict[str, str],
    by: tuple[dict[str, str], ...] = ({},),
    *,
    staged: bool = False,
) -> list[Columns]:
    """Return sums over the rows of `sources` for every cell that is not the sum of others.

    Each source is a query with the grid's dimensions and `own_region`, read one after the other;
    `totals` are sums over their rows, and `by` is what else to group by, once for each, in SQL by
    name. A part each for some of the cells, with the columns `cell`, those of `by`, each total, and
    `common_` and its name: at an agency's cell what of it lies in its comparator region, elsewhere
    0. Cells without a row are not there.
    """
    for place, source in enumerate(sources):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE source AS {source}")
        for number, alike in enumerate(ALIKE if staged else ALIKE[:-1]):
            fine = " UNION ALL ".join(
                f"""SELECT {", ".join(alike)},
                    {", ".join(f"{sql} AS {name}" for name, sql in (one | totals).items())}
                FROM source GROUP BY {", ".join((*alike, *one.values()))}"""
                for one in by
            )
            into = "INSERT INTO {}" if place else "CREATE OR REPLACE TEMP TABLE {} AS"
            connection.execute(f"{into.format(f'fine_{number}')} {fine}")
    parts = [
        _grouped(connection, grid, (level, names), tuple(totals), tuple(by[0]))
        for level in LEVELS
        for names in finest(level, staged=staged)
    ]
    for name in ("source", *(f"fine_{number}" for number in range(len(ALIKE)))):
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    return parts


def _grouped(
    connection: duckdb.DuckDBPyConnection,
    grid: Grid,
    cells: tuple[str, tuple[str, ...]],
    totals: tuple[str, ...],
    by: tuple[str, ...],
) -> Columns:
    """Return the sums for the cells of a level by a set of breakdowns."""
    level, names = cells
    dimensions = (*PLACE[level], *names)
    number = next(n for n, alike in enumerate(ALIKE) if {*dimensions} <= {*alike})
    common = "coalesce(sum({}) FILTER (own_region), 0)" if level == "Agency" else "0"
    groups = ", ".join((*dimensions, *by))
    sums = ", ".join(
        f"CAST(sum({name}) AS INTEGER) AS {name}, "
        f"CAST({common.format(name)} AS INTEGER) AS common_{name}"
        for name in totals
    )
    found = connection.execute(
        f"SELECT {groups}, {sums} FROM fine_{number} GROUP BY {groups}"
    ).fetchnumpy()
    cell = grid.numbers({name: np.asarray(found.pop(name)) for name in dimensions})
    columns = {"cell": cell.astype(np.int32)} | {
        name: np.asarray(column) for name, column in found.items()
    }
    return {name: column[cell >= 0] for name, column in columns.items()}
