"""Catalogue times breakdowns: counts and day histograms of every published cell.

Child rows stay in DuckDB: what leaves it is how many rows each cell has, by day where a measure
is a duration.
"""

from collections.abc import Iterator
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
from measures.grid import DIMENSIONS, Grid
from measures.measure import Duration
from measures.statistics import Curves, DayHistograms, band_counts_by_cell, kaplan_meier
from measures.tally import added_up, shared, tally

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
    C0 (NaN where it is not given); `histograms` and `waits` are by (measure, basis), the latter
    curves of the cells that have one. The `shared` ones are, at an agency's cell, of those of its
    rows that lie in its comparator region: what the two have in common.
    """

    round: Round
    grid: Grid
    coverage: Coverage
    counts: dict[str, Counts]
    agreements: dict[str, npt.NDArray[np.float64]]
    histograms: dict[tuple[str, str], DayHistograms] = field(default_factory=dict)
    waits: dict[tuple[str, str], Curves] = field(default_factory=dict)
    shared_counts: dict[str, Counts] = field(default_factory=dict)
    shared_histograms: dict[tuple[str, str], DayHistograms] = field(default_factory=dict)


def compute(connection: duckdb.DuckDBPyConnection, round_: Round) -> Computed:
    """Compute every measure by every breakdown for a round, from the open warehouse."""
    grid = Grid.of(round_)
    facts.make(connection, round_, grid)
    (counts, in_region), agreed = _counts(connection, grid), _agreements(connection, round_, grid)
    computed = Computed(round_, grid, coverage(connection, round_), counts, agreed)
    computed.shared_counts.update(in_region)
    for measure in DURATIONS:
        for basis, histograms, in_common in _histograms(connection, grid, measure):
            computed.histograms[measure.id, basis] = histograms
            computed.shared_histograms[measure.id, basis] = in_common
            counts.update(_bands(grid, measure, basis, histograms))
        if measure.waiting:
            for basis, curves in _waits(connection, grid, measure):
                computed.waits[measure.id, basis] = curves
    return computed


def _counts(
    connection: duckdb.DuckDBPyConnection, grid: Grid
) -> tuple[dict[str, Counts], dict[str, Counts]]:
    """Return the counts of every flag, and those that agencies share with their regions."""
    names = {flag: f"flag_{place}" for place, flag in enumerate(FLAGS)}
    totals = {names[flag]: f"count(*) FILTER (WHERE {sql})" for flag, sql in FLAGS.items()}
    # Rows that agree on every dimension are put together first: there are far fewer of those.
    made = ", ".join(f"{sql} AS {name}" for name, sql in totals.items())
    dimensions = ", ".join(DIMENSIONS)
    alike = f"(SELECT {dimensions}, {made} FROM facts GROUP BY {dimensions})"
    found = tally(
        connection, grid, alike, {name: f"sum({name})" for name in names.values()}, staged=True
    )
    in_common = shared(connection, grid, tuple(names.values()))
    return _by_flag(grid, names, found), _by_flag(grid, names, in_common)


def _by_flag(grid: Grid, names: dict[str, str], found: pd.DataFrame) -> dict[str, Counts]:
    counts = {flag: np.zeros(len(grid.cells), np.int64) for flag in names}
    for flag, name in names.items():
        counts[flag][found["cell"]] = found[name]
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


def _histograms(
    connection: duckdb.DuckDBPyConnection, grid: Grid, measure: Duration
) -> Iterator[tuple[str, DayHistograms, DayHistograms]]:
    """Yield for every basis the durations of every cell, and those shared with the region."""
    source = f"""(SELECT facts.*, {measure.end} - {measure.start} AS calendar_days,
            later.working - earlier.working AS working_days
        FROM facts JOIN calendar AS earlier ON earlier.day = {measure.start}
        JOIN calendar AS later ON later.day = {measure.end} WHERE {FLAGS[measure.id]})"""
    tally(connection, grid, source, {"n": "count(*)"}, BASES)
    for basis in BASES:
        whole, common = (
            add(connection, grid, ("n",), (basis,)).sort_values(["cell", basis])
            for add in (added_up, shared)
        )
        yield (
            basis,
            DayHistograms.of_cells(whole["cell"], whole[basis], whole["n"]),
            DayHistograms.of_cells(common["cell"], common[basis], common["n"]),
        )


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
    connection: duckdb.DuckDBPyConnection, grid: Grid, measure: Duration
) -> Iterator[tuple[str, Curves]]:
    """Yield for every basis each cell's waiting curve.

    It is of all who had started and not finished before the period. A wait is seen from the later
    of its beginning and the period's first day, until it finishes, the case closes, or the period
    ends.
    """
    source = f"""(
        SELECT waits.*, seen - begun AS enter_calendar_days, until - begun AS leave_calendar_days,
            s.working - b.working AS enter_working_days, u.working - b.working AS leave_working_days
        FROM (
            SELECT *, {measure.start} AS begun, greatest(begun, starts) AS seen,
                least(coalesce(C17, ends), ends) AS gone, least({measure.end}, gone) AS until,
                CAST({measure.end} IS NOT NULL AND {measure.end} <= gone AS INTEGER) AS finished
            FROM facts
            WHERE C11 IS NOT NULL AND begun IS NOT NULL
                AND ({measure.end} IS NULL OR {measure.end} >= begun)
                AND until >= seen
        ) AS waits
        JOIN calendar AS b ON b.day = begun JOIN calendar AS s ON s.day = seen
        JOIN calendar AS u ON u.day = until)"""
    count = {"n": "count(*)"}
    for basis in BASES:
        came = tally(connection, grid, source, count, (f"enter_{basis}",))
        went = tally(connection, grid, source, count, (f"leave_{basis}", "finished"))
        yield (
            basis,
            kaplan_meier(
                (came["cell"], came[f"enter_{basis}"], came["n"]),
                (went["cell"], went[f"leave_{basis}"], went["finished"], went["n"]),
            ),
        )
