"""Every figure equals that of a second computation, on rows made to be nasty."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import duckdb
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from data.codes import AGREEMENT_TYPES
from data.rounds import BY_KEY, PILOT, Round
from data.warehouse import SCHEMA
from measures.compute import compute
from measures.disclosure.policy import Policy
from measures.disclosure.publish import protected
from measures.figures import exact
from tests.oracle.agreement import differences, differences_once_protected
from tests.oracle.figures import figures
from tests.oracle.keeping import keep, submission
from tests.oracle.stored import stored
from tests.single_rules import primary

# A difference names its figure, so that there is no need to spend minutes on a smaller example.
EIGHT = settings(
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    max_examples=8,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
POLICY = Policy()
AGENCIES = ("Adopt East", "Adopt London East", "Family Adoption Links")
START, END, YEAR_AGO = PILOT.start, PILOT.end, date(2024, 9, 30)
EDGES = [
    edge + timedelta(days=days)
    for edge in (START, END, YEAR_AGO, date(2024, 2, 29), date(2025, 4, 20))
    for days in (-1, 0, 1)
]

days = st.one_of(
    st.sampled_from(EDGES),
    st.dates(START - timedelta(days=30), END + timedelta(days=10)),
    st.dates(date(2020, 1, 1), date(2026, 6, 30)),
)
# A stage is often soon after another, on the same day or a little before it.
steps = st.sampled_from([-400, -3, -1, 0, 0, 0, 1, 2, 3, 5, 6, 10, 11, 45, 90, 91, 250])
births = st.one_of(
    st.sampled_from([date(year, 2, 29) for year in (2000, 2004, 2008, 2020)]),
    # A birthday in or about the period: 5, 11, 16, 18 and 26 years on.
    st.builds(
        lambda day, years: date(day.year - years, day.month, min(day.day, 28)),
        days,
        st.sampled_from([0, 4, 5, 10, 11, 15, 16, 17, 18, 25, 26]),
    ),
    st.dates(date(1999, 1, 1), date(2025, 12, 31)),
)
ODD = {
    "C1": ["302", "835", "928", "213B", "909", "203", "301", "306", "99X", None],
    "C5": ["1", "2", "0", "4", "9", 1.0, "X", None],
    "C6": ["WBRI", "wbri ", "APKN", "CHNE", "OOTH", "REFU", "NOBT", "WHIT", None],
    "C7": ["0", "1", 1, "Yes", None],
    "C16": ["0", "1", "1", 0.0, "2", None],
}
ENDINGS = ("", "-1", "-2", "-3", "-02", "-12", "-102", "a-")
STAGES = ("C8", "C9", "C10", "C11", "C12", "C13", "C14", "C15", "C17")
KINDS = (  # which dates a row has
    ("C11", "C12"),
    ("C10", "C11", "C12", "C13", "C14", "C17"),
    ("C11", "C12", "C13", "C14", "C15"),
    ("C11", "C17"),
    ("C11",),
    ("C8", "C9"),
    ("C8", "C9", "C10", "C17"),
    ("C9", "C10"),
    ("C8",),
    ("C8", "C9", "C10", "C11", "C12", "C13"),
    ("C10",),
    ("C12", "C13", "C14"),
    STAGES,
)


@st.composite
def nasty_rows(draw: st.DrawFn) -> dict[str, Any]:
    """One row: dates that follow each other closely, or come in any order."""
    kind = draw(st.sampled_from(KINDS))
    row = {name: draw(st.sampled_from(values)) for name, values in ODD.items()}
    day = draw(days)
    for name in kind:
        row[name] = day
        day = draw(days) if draw(st.integers(0, 3)) == 0 else day + timedelta(days=draw(steps))
    row["C4"] = draw(st.one_of(births, births, births, st.none()))
    child = draw(st.integers(1, 12))
    row["C2"] = f"K{child}"
    row["C3"] = f"K{child}{draw(st.sampled_from(ENDINGS))}"
    return row


def told_apart(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with C3 made different in front, so that most are used and the endings stay."""
    return [row | {"C3": f"{number % 40:02}{row['C3']}"} for number, row in enumerate(rows)]


returns = st.one_of(
    st.lists(nasty_rows(), max_size=3), st.lists(nasty_rows(), min_size=25, max_size=45)
).map(told_apart)
agreements = st.fixed_dictionaries(
    {kind: st.sampled_from([0, 3, 12, "7", None, "some"]) for kind in AGREEMENT_TYPES}
)


@contextmanager
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    connection.execute(SCHEMA)
    try:
        yield connection
    finally:
        connection.close()


def disagreements(round_: Round, made: list[tuple[str, Any, Any]]) -> list[str]:
    """Figures on which the two computations differ, exact or once protected."""
    with warehouse() as connection:
        for agency, rows, c0 in made:
            keep(connection, round_, submission(agency, rows, c0))
        reader = connection.cursor()  # as a later run of the program would be
        computed, told = compute(reader, round_), figures(stored(reader, round_))
    made_of_it, hidden = exact(computed), primary(computed, POLICY)
    published = protected(made_of_it, computed.grid, hidden, POLICY)
    return [
        *differences(made_of_it, computed.grid, told),
        *differences_once_protected(published, told),
    ]


@EIGHT
@given(
    st.sampled_from([*BY_KEY]),
    st.lists(st.tuples(st.sampled_from(AGENCIES), returns, agreements), max_size=3),
)
def test_nasty_rows_give_the_same_figures_twice(key: str, made: list[Any]) -> None:
    assert disagreements(replace(BY_KEY[key], agencies=AGENCIES), made) == []
