"""The rows that measures count: one temporary table, typed, grouped and blanked after the end."""

from datetime import date

import duckdb
import pyarrow as pa

from data.codes import DISABILITY, ETHNICITY, ETHNICITY_GROUP, GENDER
from data.geography import comparator
from data.rounds import Round
from data.tables import LOCAL_AUTHORITIES
from measures import calendar
from measures.breakdowns import AGES
from measures.grid import DIMENSIONS, SHARED, Grid

_FIELD_OF = {
    "region": ("C1", LOCAL_AUTHORITIES),
    "ethnicity_group": ("C6", ETHNICITY_GROUP),
    "ethnicity": ("C6", ETHNICITY),
    "disability": ("C7", DISABILITY),
    "gender": ("C5", GENDER),
}
_STAGE_DATES = ("C8", "C9", "C10", "C11", "C12", "C13", "C14", "C15", "C17")


def _places(labels: dict[str, str], values: tuple[str, ...]) -> pa.Table:
    """Return a lookup from a code to the place, from 1, of its label among the values."""
    places = {code: values.index(label) + 1 for code, label in labels.items()}
    return pa.table({"code": list(places), "place": pa.array(places.values(), pa.int32())})


def _comparators(grid: Grid) -> pa.Table:
    """Return the places of every agency and its comparator region."""
    known = {agency: comparator(agency) for agency in grid.agencies}
    pairs = [(region, agency) for agency, region in known.items() if region]
    places = {
        "region": [grid.values["region"].index(region) + 1 for region, _ in pairs],
        "agency": [grid.values["agency"].index(agency) + 1 for _, agency in pairs],
    }
    return pa.table({name: pa.array(place, pa.uint8()) for name, place in places.items()})


def year_before(day: date) -> date:
    """Return the day twelve months before, 28 February for a 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def make(connection: duckdb.DuckDBPyConnection, round_: Round, grid: Grid) -> None:
    """Make the temporary view `facts` of a round: the used rows of each agency's current return.

    Its dates are stamps of `measures.calendar`, blank where they had not yet happened; C16 is true
    or false. It has the dimensions of the grid, each a place from 1 among its values, and all of
    them in `places` (see `Grid.bits`); `characterises` (on the row that gives a child its
    characteristics), `again` (for repeat contacts) and `gone`, when a contact was last watched.
    Beside it are the tables `calendar` and `comparators`, of agencies with their regions.
    """
    connection.register("calendar_days", calendar.table())
    connection.execute("CREATE OR REPLACE TEMP TABLE calendar AS FROM calendar_days")
    for name, (_, codes) in _FIELD_OF.items():
        connection.register(f"lookup_{name}", _places(codes.groups, grid.values[name]))
    agencies = {agency: agency for agency in round_.agencies}
    connection.register("lookup_agency", _places(agencies, grid.values["agency"]))
    connection.register("comparator_places", _comparators(grid))
    connection.execute("CREATE OR REPLACE TEMP TABLE comparators AS FROM comparator_places")
    connection.execute(_sql(round_, grid))


def _sql(round_: Round, grid: Grid) -> str:
    happened = ", ".join(
        f"CASE WHEN {c} <= DATE '{round_.end}' THEN {c} END AS {c}" for c in _STAGE_DATES
    )
    stamps = ", ".join(f"on_{c}.stamp AS {c}" for c in _STAGE_DATES)
    joins = "\n".join(
        (
            *(f"LEFT JOIN calendar AS on_{c} ON on_{c}.day = {c}" for c in _STAGE_DATES),
            *(
                f"LEFT JOIN lookup_{name} ON lookup_{name}.code = {field}"
                for name, (field, _) in _FIELD_OF.items()
            ),
        )
    )
    ages = " ".join(
        f"WHEN years BETWEEN {low} AND {high} THEN {place}"
        for place, (low, high) in enumerate(AGES.values(), 1)
    )
    # The last value of each is the unknown one.
    place_of = {
        name: f"coalesce(lookup_{name}.place, {len(grid.values[name])})" for name in _FIELD_OF
    } | {
        "agency": "agency_place",
        "age": f"CASE {ages} ELSE {len(AGES) + 1} END",
        "stage": "CASE WHEN C11 IS NOT NULL THEN 2 WHEN C8 IS NOT NULL OR C9 IS NOT NULL THEN 1 "
        "WHEN submitted_pre_order THEN 1 ELSE 2 END",
        SHARED: "coalesce(lookup_region.place = comparator, false)",
    }
    places = " | ".join(
        f"(CAST({sql} AS UINTEGER) << {grid.bits[name][0]})" for name, sql in place_of.items()
    )
    apart = ", ".join(
        f"CAST((places & {grid.mask(name)}) >> {grid.bits[name][0]} AS UTINYINT) AS {name}"
        for name in DIMENSIONS
    )
    days = {"starts": round_.start, "ends": round_.end, "year_ago": year_before(round_.end)}
    marks = ", ".join(
        f"CAST({calendar.stamp(day)} AS UINTEGER) AS {name}" for name, day in days.items()
    )
    return f"""
CREATE OR REPLACE TEMP VIEW submitted AS
SELECT return_id, row, lookup_agency.place AS agency_place, comparators.region AS comparator,
    {happened}, C1, C2, C3, C4, C5, C6, C7, C16,
    r.C11 IS NULL AND (r.C8 IS NOT NULL OR r.C9 IS NOT NULL) AS submitted_pre_order
FROM rows AS r JOIN returns USING (return_id)
JOIN lookup_agency ON lookup_agency.code = returns.agency
LEFT JOIN comparators ON comparators.agency = lookup_agency.place
WHERE r.used AND returns.current AND returns.round = '{round_.key}';

-- Few children have more than one row, and only theirs have to be put in order.
CREATE OR REPLACE TEMP TABLE ordered AS
SELECT return_id, row,
    row_number() OVER (PARTITION BY return_id, C2
        ORDER BY C11 DESC NULLS LAST, C8 DESC NULLS LAST, C3 DESC) AS nth,
    min(C11) OVER (PARTITION BY return_id, C2) AS first_contact
FROM submitted WHERE hash(return_id, C2) IN (
    SELECT hash(return_id, C2) AS child FROM submitted GROUP BY child HAVING count(*) > 1
);

CREATE OR REPLACE TEMP TABLE happened AS
WITH aged AS (
    SELECT *, coalesce(C11, C8, C9) AS aged_on,
        year(aged_on) - year(C4) - CAST(month(aged_on) < month(C4) OR (
            month(aged_on) = month(C4) AND day(aged_on) < day(C4)) AS INTEGER) AS years
    FROM submitted
)
SELECT {stamps}, C16 = '1' AS C16, {places} AS places, coalesce(nth, 1) = 1 AS characterises,
    coalesce(C11 > first_contact, false) OR CASE WHEN contains(right(C3, 3), '-')
        THEN regexp_matches(C3, '-([2-9]|[1-9][0-9])$') ELSE false END AS again
FROM aged LEFT JOIN ordered USING (return_id, row) {joins};

CREATE OR REPLACE TEMP VIEW facts AS
SELECT *, {apart}, {marks}, coalesce(C17, ends) AS gone FROM happened;
DROP TABLE ordered;
"""
