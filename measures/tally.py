"""Group rows by every published cell at once, and by a day where a measure is a duration.

Rows are grouped once by (region, agency) pairs and characteristics; regions, agencies and England
are then added up from that far smaller table.
"""

import duckdb
import numpy as np
import pandas as pd

from measures.breakdowns import ENGLAND, NAMES, published
from measures.grid import DIMENSIONS, Grid

_EVERYWHERE = published("Agency", staged=True)
_ENGLAND_ONLY = [names for names in published(ENGLAND, staged=True) if names not in _EVERYWHERE]


def tally(  # noqa: PLR0913 - what, from where, by what
    connection: duckdb.DuckDBPyConnection,
    grid: Grid,
    source: str,
    totals: dict[str, str],
    by: tuple[str, ...] = (),
    *,
    staged: bool = False,
) -> pd.DataFrame:
    """Return `totals` (SQL sums by name) of `source` for every cell of the grid, and by `by`.

    Columns: `cell`, those of `by`, and the totals; cells without a row are not there.
    """
    made = ", ".join(f"{sql} AS {name}" for name, sql in totals.items())
    everywhere = [names for names in _EVERYWHERE if staged or "stage" not in names]
    sets = [("region", "agency", *names) for names in everywhere] + _ENGLAND_ONLY
    grouped = {name for names in sets for name in names}
    shown = (name if name in grouped else f"NULL AS {name}" for name in DIMENSIONS)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE fine AS
        SELECT {", ".join((*shown, *by))}, {made} FROM {source}
        GROUP BY {_grouping([(*names, *by) for names in sets])}"""
    )
    return added_up(connection, grid, tuple(totals), by)


def added_up(
    connection: duckdb.DuckDBPyConnection,
    grid: Grid,
    totals: tuple[str, ...],
    by: tuple[str, ...] = (),
) -> pd.DataFrame:
    """Return the totals of the table `fine` (see `tally`) for every cell, and by `by`."""
    rest = (*NAMES, *by)
    summed = ", ".join(f"CAST(sum({name}) AS BIGINT) AS {name}" for name in totals)
    sets = _grouping([rest, ("region", *rest), ("agency", *rest)])
    found = connection.execute(
        f"""SELECT {grid.key_sql} AS key, {", ".join((*by, summed))} FROM fine
        WHERE agency IS NOT NULL GROUP BY {sets}
        UNION ALL BY NAME
        SELECT {grid.key_sql} AS key, {", ".join((*by, summed))} FROM fine
        WHERE agency IS NULL GROUP BY {", ".join(("region", "agency", *rest))}"""
    ).df()
    found["cell"] = grid.numbers(found["key"].to_numpy(np.int64))
    return found[found["cell"] >= 0].drop(columns="key")


def shared(
    connection: duckdb.DuckDBPyConnection,
    grid: Grid,
    totals: tuple[str, ...],
    by: tuple[str, ...] = (),
) -> pd.DataFrame:
    """Return for every agency's cell the totals of `fine` that lie in its comparator region."""
    rest = (*NAMES, *by)
    summed = ", ".join(f"CAST(sum({name}) AS BIGINT) AS {name}" for name in totals)
    found = connection.execute(
        f"""SELECT {grid.key_sql} AS key, {", ".join((*by, summed))}
        FROM (SELECT * REPLACE (NULL AS region) FROM fine JOIN comparators USING (region, agency))
        GROUP BY {", ".join(("region", "agency", *rest))}"""
    ).df()
    found["cell"] = grid.numbers(found["key"].to_numpy(np.int64))
    return found[found["cell"] >= 0].drop(columns="key")


def _grouping(sets: list[tuple[str, ...]]) -> str:
    inner = [f"({', '.join(names)})" for names in sets]
    return f"GROUPING SETS ({', '.join(inner)})"
