"""Catalogue times breakdowns: counts and day histograms of every published cell.

Child rows stay in DuckDB: what leaves it is how many rows each cell has, by day where a measure
is a duration.
"""

from dataclasses import dataclass, field

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from data.codes import AGREEMENT_TYPES
from data.rounds import Round
from measures import facts
from measures.breakdowns import ENGLAND, NAMES, TOTAL
from measures.catalogue import BAND_NAMES, BANDS, BASES, DURATIONS
from measures.conditions import CONDITIONS, duration, waiting
from measures.coverage import Coverage, coverage
from measures.grid import Grid
from measures.measure import Duration
from measures.statistics import Curve, DayHistograms, band_counts_by_cell, kaplan_meier

Counts = npt.NDArray[np.int64]
FLAGS = (
    CONDITIONS
    | {m.id: duration(m.start, m.end, m.contacts_only) for m in DURATIONS}
    | {m.waiting_flag: waiting(m.start, m.end) for m in DURATIONS if m.waiting}
)


@dataclass(frozen=True)
class Computed:
    """What a round's returns say, exactly: restricted until `disclosure` has seen it.

    `counts` has an array over the grid's cells for every flag, `agreements` one for every type of
    C0 (NaN where it is not given); `histograms` and `waits` are by (measure, basis), the latter a
    curve for every cell that has one.
    """

    round: Round
    grid: Grid
    coverage: Coverage
    counts: dict[str, Counts]
    agreements: dict[str, npt.NDArray[np.float64]]
    histograms: dict[tuple[str, str], DayHistograms] = field(default_factory=dict)
    waits: dict[tuple[str, str], dict[int, Curve]] = field(default_factory=dict)


def compute(connection: duckdb.DuckDBPyConnection, round_: Round) -> Computed:
    """Compute every measure by every breakdown for a round, from the open warehouse."""
    grid = Grid.of(round_)
    facts.make(connection, round_, grid)
    counts, agreed = _counts(connection, grid), _agreements(connection, round_, grid)
    computed = Computed(round_, grid, coverage(connection, round_), counts, agreed)
    for measure in DURATIONS:
        for basis in BASES:
            key = (measure.id, basis)
            computed.histograms[key] = _histogram(connection, grid, measure, basis)
            counts.update(_bands(grid, measure, basis, computed.histograms[key]))
            if measure.waiting:
                computed.waits[key] = _waits(connection, grid, measure, basis)
    return computed


def _grouped(grid: Grid, *columns: str) -> str:
    sets = ", ".join(f"({', '.join((*names, *columns))})" for names in grid.grouping_sets)
    return f"GROUP BY GROUPING SETS ({sets})"


def _numbered(grid: Grid, found: pd.DataFrame) -> pd.DataFrame:
    found["cell"] = grid.numbers(found["key"].to_numpy(np.int64))
    return found[found["cell"] >= 0]


def _counts(connection: duckdb.DuckDBPyConnection, grid: Grid) -> dict[str, Counts]:
    totals = ", ".join(f'count(*) FILTER (WHERE {sql}) AS "{flag}"' for flag, sql in FLAGS.items())
    sql = f"SELECT {grid.key_sql} AS key, {totals} FROM facts {_grouped(grid)}"
    found = _numbered(grid, connection.execute(sql).df())
    counts = {flag: np.zeros(len(grid.cells), np.int64) for flag in FLAGS}
    for flag, totals_by_cell in counts.items():
        totals_by_cell[found["cell"]] = found[flag]
    return counts


def _agreements(
    connection: duckdb.DuckDBPyConnection, round_: Round, grid: Grid
) -> dict[str, npt.NDArray[np.float64]]:
    """Return C0 by type for every agency and England, which sums those that gave it."""
    sql = """
        SELECT type, agency, sum(children) AS children
        FROM agreements JOIN returns USING (return_id)
        WHERE current AND round = ? AND children IS NOT NULL GROUP BY GROUPING SETS (
            (type, agency), (type))"""
    cells = grid.cells[(grid.cells[list(NAMES)] == TOTAL).all(axis=1)]
    number = dict(zip(cells["geography"], cells.index, strict=True))
    found = {kind.lower(): np.full(len(grid.cells), np.nan) for kind in AGREEMENT_TYPES}
    for kind, agency, children in connection.execute(sql, [round_.key]).fetchall():
        found[kind][number[agency or ENGLAND]] = children
    return found


def _between(first: str, second: str, basis: str) -> tuple[str, str]:
    """Return the days between two dates in SQL, and the joins that it needs."""
    if basis == "calendar_days":
        return f"{second} - {first}", ""
    joins = f"""JOIN calendar AS c1 ON c1.day = {first} JOIN calendar AS c2 ON c2.day = {second}"""
    return "c2.working - c1.working", joins


def _histogram(
    connection: duckdb.DuckDBPyConnection, grid: Grid, measure: Duration, basis: str
) -> DayHistograms:
    days, joins = _between(measure.start, measure.end, basis)
    sql = f"""
        SELECT {grid.key_sql} AS key, days, count(*) AS n
        FROM (SELECT facts.*, {days} AS days FROM facts {joins} WHERE {FLAGS[measure.id]})
        {_grouped(grid, "days")}"""
    found = _numbered(grid, connection.execute(sql).df()).sort_values(["cell", "days"])
    return DayHistograms.of_cells(found["cell"], found["days"], found["n"])


def _bands(
    grid: Grid, measure: Duration, basis: str, histograms: DayHistograms
) -> dict[str, Counts]:
    """Return the counts of each band by its flag."""
    counts = np.zeros((len(grid.cells), len(BANDS)), np.int64)
    counts[histograms.cell] = band_counts_by_cell(
        histograms, [high for _, high in BANDS if high is not None]
    )
    return {measure.band_flag(basis, band): counts[:, i] for i, band in enumerate(BAND_NAMES)}


def _waits(
    connection: duckdb.DuckDBPyConnection, grid: Grid, measure: Duration, basis: str
) -> dict[int, Curve]:
    """Return the waiting curve of each cell: all who had started and not finished before `start`.

    A wait is seen from the later of its beginning and the period's first day, until it finishes,
    the case closes, or the period ends.
    """
    entry, first = _between("begun", "seen", basis)
    leave, _ = _between("begun", "seen", basis)
    later = first.replace("c1", "c3").replace("c2", "c4").replace("seen", "until")
    leave = leave.replace("c1", "c3").replace("c2", "c4").replace("seen", "until")
    sql = f"""
        WITH waits AS (
            SELECT *, {measure.start} AS begun, greatest(begun, starts) AS seen,
                least(coalesce(C17, ends), ends) AS gone, least({measure.end}, gone) AS until,
                CAST({measure.end} IS NOT NULL AND {measure.end} <= gone AS INTEGER) AS finished
            FROM facts
            WHERE C11 IS NOT NULL AND begun IS NOT NULL
                AND ({measure.end} IS NULL OR {measure.end} >= begun)
                AND until >= seen
        )
        SELECT {grid.key_sql} AS key, enter, leave, finished, count(*) AS n
        FROM (SELECT waits.*, {entry} AS enter, {leave} AS leave FROM waits {first} {later})
        {_grouped(grid, "enter", "leave", "finished")}"""
    found = _numbered(grid, connection.execute(sql).df()).sort_values("cell", kind="stable")
    columns = [found[name].to_numpy() for name in ("enter", "leave", "finished", "n")]
    cells, starts = np.unique(found["cell"].to_numpy(), return_index=True)
    limits = np.append(starts, len(found))
    return {
        int(cell): kaplan_meier(*(column[a:b] for column in columns))
        for cell, a, b in zip(cells, limits[:-1], limits[1:], strict=True)
    }
