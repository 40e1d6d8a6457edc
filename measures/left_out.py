"""The rows that a measure leaves out, and why: for England, the regions and the agencies.

Exact, and restricted until `disclosure` has seen them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import pandas as pd

from data.rounds import Round
from measures.breakdowns import geographies
from measures.catalogue import DURATIONS
from measures.conditions import IN_PERIOD
from measures.coverage import coverage
from measures.grid import PLACE, Grid
from measures.measure import Duration

Statistic = tuple[str, str]
"""A measure's id, and a statistic of it that is a count."""


@dataclass(frozen=True)
class LeftOut:
    """Rows of `facts` left out of a measure, for a reason, and where: an SQL condition.

    `beside` are published counts from which it, or one of them from it, could be worked out.
    """

    measure: str
    reason: str
    where: str
    beside: tuple[Statistic, ...] = ()


# Counts of the rows that have a duration's end, whether or not the duration counts.
_ENDED: dict[str, Statistic] = {
    "contact_to_closure": ("cases_closed", "count"),
    "match_to_placement": ("children_placed", "count"),
    "placement_to_order": ("orders_granted", "count"),
    "order_to_contact": ("contacts_received", "count"),
}
# Counts that are, but for a few odd rows, those without a duration's end, or make them up.
_NOT_ENDED: dict[str, tuple[Statistic, ...]] = {
    "contact_to_closure": (("cases_open", "count"),),
    "allocation_to_assessment": (
        ("contact_to_assessment", "waiting_at_end"),
        ("waiting_for_allocation", "count"),
    ),
    "contact_to_assessment_completed": (
        ("contact_to_assessment", "waiting_at_end"),
        ("assessment_duration", "waiting_at_end"),
    ),
}


def _of_duration(measure: Duration) -> Iterator[LeftOut]:
    start, end = measure.start, measure.end
    contact = "C11 IS NOT NULL AND "
    both = contact if measure.contacts_only else ""
    ended = ((measure.id, "n"), _ENDED[measure.id]) if measure.id in _ENDED else ()
    if not measure.contacts_only:  # every contact has its C11
        yield LeftOut(measure.id, "no_start_date", f"{end} {IN_PERIOD} AND {start} IS NULL", ended)
    yield LeftOut(
        measure.id, "end_before_start", f"{both}{end} {IN_PERIOD} AND {start} > {end}", ended
    )
    waits = ((measure.id, "waiting_at_end"),) if measure.waiting else ()
    yield LeftOut(
        measure.id,
        "no_end_date",
        f"{contact if waits else both}C17 IS NULL AND {start} IS NOT NULL AND {end} IS NULL",
        waits or _NOT_ENDED.get(measure.id, ()),
    )


_ALL = (
    *(one for measure in DURATIONS for one in _of_duration(measure)),
    LeftOut(
        "csc_referral_rate",
        "referral_not_known",
        "C11 IS NOT NULL AND (C17 IS NULL OR C17 >= starts) AND C16 IS NULL",
        (("csc_referral_rate", "denominator"), ("cases_open", "count"), ("cases_closed", "count")),
    ),
    LeftOut(
        "review_within_12_months",
        "not_assessed",
        "C11 IS NOT NULL AND C17 IS NULL AND C14 IS NULL",
        (("review_within_12_months", "denominator"), ("cases_open", "count")),
    ),
)
BESIDE = {(one.measure, one.reason): one.beside for one in _ALL}


def left_out(connection: duckdb.DuckDBPyConnection, round_: Round) -> pd.DataFrame:
    """Return one row a measure, reason and place that a return covers; needs `facts` and `came`.

    Columns: `measure` (blank for rows with an error, left out of every measure),
    `geographic_level`, `geography`, `reason`, `rows`.
    """
    grid, covered = Grid.of(round_), coverage(connection, round_)
    asked = ", ".join(f"count_if({one.where}) AS r{n}" for n, one in enumerate(_ALL))
    counted = f"SELECT region, agency, 0 AS error, {asked} FROM facts GROUP BY ALL"
    errors = f"""SELECT coalesce(lookup_region.place, {len(grid.values["region"])}) AS region,
            lookup_agency.place AS agency, count(*) AS error
        FROM rows JOIN came USING (return_id)
        JOIN lookup_agency ON lookup_agency.code = came.agency
        LEFT JOIN lookup_region ON lookup_region.code = C1
        WHERE NOT rows.used GROUP BY ALL"""
    found = connection.execute(f"{counted} UNION ALL BY NAME {errors}").df().fillna(0).astype(int)
    counts = ["error", *(f"r{n}" for n in range(len(_ALL)))]
    parts = []
    for level, place in geographies(round_.agencies):
        if covered.resting_on(level, place):
            here = found
            for name in PLACE[level]:
                here = found[found[name] == grid.values[name].index(place) + 1]
            rows = zip([("", "error"), *BESIDE], here[counts].sum(), strict=True)
            parts += [(measure, level, place, reason, n) for (measure, reason), n in rows]
    columns = ["measure", "geographic_level", "geography", "reason", "rows"]
    return pd.DataFrame(parts, columns=columns).sort_values(columns[:4], ignore_index=True)
