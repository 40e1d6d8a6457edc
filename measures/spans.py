"""Spans of days: durations, and the margins of waiting curves."""

import duckdb
import numpy as np

from measures.calendar import days_of
from measures.conditions import duration
from measures.grid import Grid
from measures.measure import Duration
from measures.statistics import Curves, kaplan_meier_of_tables
from measures.statistics.interval import Short
from measures.tally import tally

LASTED, FINISHED, CENSORED, ENTERED = range(4)
"""The kinds of spans: a duration; one that also ends a wait that was watched; how long a wait had
lasted when it was last seen, not finished; and when first, if not from its first day on."""


def spans(measure: Duration) -> str:
    """Return the query of a measure's spans over `facts`: `places`, `kind`, `span`.

    A wait is of a contact that had started and not finished before the period. It is seen from the
    later of its beginning and the period's first day, until it finishes, the case closes, or the
    period ends (`gone`).
    """
    start, end = measure.start, measure.end
    has = duration(start, end, measure.contacts_only)
    finished = f"coalesce(C11 IS NOT NULL AND {end} <= gone, false)" if measure.waiting else "false"
    lasted = f"""
        SELECT places, CAST(CASE WHEN {finished} THEN {FINISHED} ELSE {LASTED} END AS UTINYINT)
            AS kind, {end} - {start} AS span
        FROM facts WHERE {has}"""
    if not measure.waiting:
        return lasted
    return f"""{lasted} UNION ALL
        SELECT places, {CENSORED}, gone - {start} FROM facts
        WHERE C11 IS NOT NULL AND {start} <= gone AND gone >= starts
            AND ({end} IS NULL OR {end} > gone)
        UNION ALL
        SELECT places, {ENTERED}, starts - {start} FROM facts
        WHERE C11 IS NOT NULL AND {start} < starts AND gone >= starts
            AND ({end} IS NULL OR {end} >= starts)"""


class Spans:
    """The days of every span of a measure in every cell."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, grid: Grid, measure: Duration
    ) -> None:
        # In this order, rows that are grouped together lie close together.
        self._parts = tally(connection, grid, f"{spans(measure)} ORDER BY span")
        self._grid = grid

    def table(self, basis: str, *kinds: int, shared: bool = False) -> Short:
        """Return int32[cells, days] of some kinds, from day 0 to the last of any kind."""
        last = max(int(days_of(p["span"], basis).max(initial=0)) for p in self._parts)
        made = np.zeros((len(self._grid.cells), last + 1), np.int32)
        for part in self._parts:
            here = np.isin(part["kind"], kinds) & (part["shared"] | (not shared))
            at = part["cell"][here] * np.int64(last + 1) + days_of(part["span"][here], basis)
            np.add.at(made.reshape(-1), at, part["n"][here])
        self._grid.add_up(made)
        return made

    def lasted(self, basis: str, *, shared: bool = False) -> Short:
        """Return the durations."""
        return self.table(basis, LASTED, FINISHED, shared=shared)

    def curves(self, basis: str) -> Curves:
        """Return the waiting curves."""
        kinds = (ENTERED, CENSORED, FINISHED)
        entered, censored, finished = (self.table(basis, kind) for kind in kinds)
        # Whoever was not seen first on a later day was so on the first.
        entered[:, 0] += (censored + finished - entered).sum(axis=1)
        return kaplan_meier_of_tables(entered, censored, finished)
