"""Catalogue times breakdowns: counts and day histograms of every published cell.

Child rows stay in DuckDB: what leaves it is how many rows each cell has, by day where a measure
is a duration.
"""

from dataclasses import dataclass, field

import duckdb
import numpy as np
import numpy.typing as npt

from data.codes import AGREEMENT_TYPES
from data.rounds import Round
from measures import facts
from measures.breakdowns import ENGLAND, NAMES, TOTAL
from measures.catalogue import BAND_NAMES, BANDS, BASES, DURATIONS
from measures.conditions import CONDITIONS, duration, waiting
from measures.coverage import Coverage, coverage
from measures.grid import Grid
from measures.measure import Duration
from measures.spans import Spans
from measures.statistics import Curves, DayHistograms, band_counts_by_cell
from measures.tally import tally

Counts = npt.NDArray[np.int64]
FLAGS = (
    CONDITIONS
    | {m.id: duration(m.start, m.end, m.contacts_only) for m in DURATIONS}
    | {m.waiting_flag: waiting(m.start, m.end) for m in DURATIONS if m.waiting}
)
# The others are counted from their days.
COUNTED = tuple(flag for flag in FLAGS if flag not in {m.id for m in DURATIONS})


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
        spans = Spans(connection, grid, measure)
        for basis in BASES:
            histograms = DayHistograms.of_table(spans.lasted(basis))
            computed.histograms[measure.id, basis] = histograms
            computed.shared_histograms[measure.id, basis] = DayHistograms.of_table(
                spans.lasted(basis, shared=True)
            )
            counts[measure.id] = np.zeros(len(grid.cells), np.int64)
            counts[measure.id][histograms.cell] = histograms.n
            counts.update(_bands(grid, measure, basis, histograms))
            if measure.waiting:
                computed.waits[measure.id, basis] = spans.curves(basis)
    return computed


def _counts(
    connection: duckdb.DuckDBPyConnection, grid: Grid
) -> tuple[dict[str, Counts], dict[str, Counts]]:
    """Return the counts of every flag, and those that agencies share with their regions."""
    bits = " + ".join(
        f"CASE WHEN {FLAGS[flag]} THEN {2**place} ELSE 0 END" for place, flag in enumerate(COUNTED)
    )
    # Rows of the same flags are counted together: their flags are the span.
    source = f"SELECT places, CAST(0 AS UTINYINT) AS kind, {bits} AS span FROM facts"
    whole, common = (np.zeros((len(grid.cells), len(COUNTED)), np.int64) for _ in range(2))
    for part in tally(connection, grid, source, staged=True):
        for place in range(len(COUNTED)):
            has = (part["span"] >> place) & 1 == 1
            for table, here in ((whole, has), (common, has & part["shared"])):
                np.add.at(table[:, place], part["cell"][here], part["n"][here])
    for table in (whole, common):
        grid.add_up(table)
    return dict(zip(COUNTED, whole.T, strict=True)), dict(zip(COUNTED, common.T, strict=True))


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


def _bands(
    grid: Grid, measure: Duration, basis: str, histograms: DayHistograms
) -> dict[str, Counts]:
    """Return the counts of each band by its flag."""
    counts = np.zeros((len(grid.cells), len(BANDS)), np.int64)
    counts[histograms.cell] = band_counts_by_cell(
        histograms, [high for _, high in BANDS if high is not None]
    )
    return {measure.band_flag(basis, band): counts[:, i] for i, band in enumerate(BAND_NAMES)}
