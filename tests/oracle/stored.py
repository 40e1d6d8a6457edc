"""The round as the warehouse holds it: plain tuples, read as they lie."""

from collections.abc import Iterator
from dataclasses import replace

import duckdb

from data.rounds import Round as Declared
from tests.oracle.children import Row
from tests.oracle.figures import Round

FIELDS = tuple(f"C{number}" for number in range(1, 18))


def stored(connection: duckdb.DuckDBPyConnection, declared: Declared) -> Round:
    """The used rows of the current returns of a round, and what the returns say of themselves."""
    returns = {
        number: (agency, covers)
        for number, agency, round_key, current, covers in connection.execute(
            "SELECT return_id, agency, round, current, covers_pre_order FROM returns"
        ).fetchall()
        if current and round_key == declared.key
    }
    agreements = connection.execute("SELECT return_id, type, children FROM agreements").fetchall()
    empty = Round(declared.start, declared.end, declared.agencies, [], {}, {})
    return replace(
        empty,
        rows=[*_rows(connection, {number: agency for number, (agency, _) in returns.items()})],
        returned=dict(returns.values()),
        agreements={
            (returns[number][0], kind): children
            for number, kind, children in agreements
            if number in returns
        },
    )


def _rows(connection: duckdb.DuckDBPyConnection, agencies: dict[int, str]) -> Iterator[Row]:
    everything = connection.execute(f"SELECT return_id, used, {', '.join(FIELDS)} FROM rows")
    for number, used, *values in everything.fetchall():
        if used and number in agencies:
            yield {"agency": agencies[number], **dict(zip(FIELDS, values, strict=True))}
