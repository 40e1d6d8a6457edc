"""Spans of whole days, in SQL over `facts`: durations, and the margins of waiting curves.

Each kind of span of each measure is a series of its own, so that all are tallied together.
"""

import duckdb
import numpy as np

from measures.catalogue import BASES, DURATIONS
from measures.conditions import duration
from measures.grid import DIMENSIONS, Grid
from measures.measure import Duration
from measures.statistics import Curves, kaplan_meier_of_tables
from measures.statistics.interval import Short
from measures.tally import tally

_EACH = 4
_BASIS = _EACH * len(DURATIONS)
_SERIES = _BASIS * len(BASES)
_BY = tuple(
    {"series": f"CAST(series + {place * _BASIS} AS UTINYINT)", "day": basis}
    for place, basis in enumerate(BASES)
)


def series(measure: Duration, basis: str) -> range:
    """Return the numbers of a measure's series: lasted, entered, censored, finished.

    The first has the durations. The others are there for a waiting curve: when waits were last
    seen, finished or not, and, of those not seen from their first day on, when first.
    """
    first = BASES.index(basis) * _BASIS + DURATIONS.index(measure) * _EACH
    return range(first, first + _EACH)


def spans(measure: Duration) -> str:
    """Return the query of a measure's spans: dimensions, `own_region`, `series`, days by basis.

    The series is that of the first basis.

    A wait is of a contact that had started and not finished before the period. It is seen from the
    later of its beginning and the period's first day, until it finishes, the case closes, or the
    period ends.
    """
    lasted, entered, censored, finished = series(measure, BASES[0])
    columns = ", ".join((*DIMENSIONS, "own_region"))
    has = duration(measure.start, measure.end, measure.contacts_only)
    parts = [
        f"""SELECT {columns}, {lasted} AS series, {measure.start} AS since, {measure.end} AS until
            FROM facts WHERE {has}"""
    ]
    if measure.waiting:
        waits = f"""
            SELECT *, {measure.start} AS begun, greatest(begun, starts) AS seen,
                least(coalesce(C17, ends), ends) AS gone, least({measure.end}, gone) AS last_seen,
                {measure.end} IS NOT NULL AND {measure.end} <= gone AS finished
            FROM facts
            WHERE C11 IS NOT NULL AND begun IS NOT NULL
                AND ({measure.end} IS NULL OR {measure.end} >= begun) AND last_seen >= seen"""
        parts += [
            f"SELECT {columns}, {entered}, begun, seen FROM ({waits}) WHERE seen > begun",
            f"""SELECT {columns}, CASE WHEN finished THEN {finished} ELSE {censored} END,
                begun, last_seen FROM ({waits})""",
        ]
    return f"""
        SELECT {columns}, CAST(series AS UTINYINT) AS series,
            CAST(until - since AS INTEGER) AS calendar_days,
            later.working - earlier.working AS working_days
        FROM ({" UNION ALL ".join(parts)})
        JOIN calendar AS earlier ON earlier.day = since
        JOIN calendar AS later ON later.day = until"""


class Days:
    """The days of every span of every cell."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, grid: Grid) -> None:
        sources = [spans(measure) for measure in DURATIONS]
        self._parts = []
        for part in tally(connection, grid, sources, {"n": "count(*)"}, _BY):
            order = np.argsort(part["series"], kind="stable")
            self._parts.append({name: column[order] for name, column in part.items()})
        numbers = np.arange(_SERIES + 1)
        self._starts = [np.searchsorted(part["series"], numbers) for part in self._parts]
        self._grid = grid

    def table(self, series: int, total: str = "n", days: int = 0) -> Short:
        """Return int32[cells, days] of a series, from day 0 to its last or more."""
        at = [slice(starts[series], starts[series + 1]) for starts in self._starts]
        parts = [
            (part["cell"][here], part["day"][here], part[total][here])
            for part, here in zip(self._parts, at, strict=True)
        ]
        days = max(days, *(day.max(initial=0) + 1 for _, day, _ in parts))
        made = np.zeros((len(self._grid.cells), days), np.int32)
        for cell, day, n in parts:
            made[cell, day] = n
        self._grid.add_up(made)
        return made

    def curves(self, *waits: int) -> Curves:
        """Return the waiting curves from the series of when waits were first and last seen."""
        days = max(self.table(one).shape[1] for one in waits)
        entered, censored, finished = (self.table(one, days=days) for one in waits)
        # Whoever was not seen first on a later day was so on the first.
        entered[:, 0] += (censored + finished - entered).sum(axis=1)
        return kaplan_meier_of_tables(entered, censored, finished)
