"""Rows put into a warehouse through the real line, as if they had come in a workbook."""

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256

import duckdb

from data.checks.run import check
from data.load import Outcome
from data.load import keep as keep_one
from data.rounds import Round
from data.submission import Column, Submission, Value
from data.tables import FIELDS

NO_AGREEMENTS = {"Direct": 0, "Indirect": 0, "Virtual": 0}


def submission(
    agency: str,
    rows: Iterable[Mapping[str, Value]],
    agreements: Mapping[str, Value] = NO_AGREEMENTS,
) -> Submission:
    """A return of rows that give a value for some of the fields C1 to C17."""
    given = list(rows)
    columns = {
        field.name: Column("A", field.heading, [row.get(field.name) for row in given])
        for field in FIELDS
    }
    return Submission(
        file="return.xlsx",
        fingerprint=sha256(repr((agency, given, dict(agreements))).encode()).hexdigest(),
        sheet="AS Data",
        agency=agency,
        email="someone@agency.example",
        period=None,
        agreements=agreements,
        rows=range(2, len(given) + 2),
        columns=columns,
    )


def keep(
    connection: duckdb.DuckDBPyConnection,
    round_: Round,
    return_: Submission,
    received: date = date(2026, 7, 1),
) -> None:
    """Check a return and keep it; it has to be one that can be kept."""
    outcome = keep_one(connection, check(return_, round_, received), received)
    assert outcome in (Outcome.LOADED, Outcome.REPLACED, Outcome.UNCHANGED), outcome
