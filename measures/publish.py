"""The line out: compute, protect, attack, swap in."""

from pathlib import Path

import duckdb

from data.rounds import Round
from measures.compute import compute
from measures.disclosure.policy import Policy
from measures.disclosure.primary import primary
from measures.disclosure.whole import publishable
from measures.figures import exact
from measures.release import Origin, write
from measures.state import state

NOT_YET = "This release is not yet protected against subtraction."


def publish(
    connection: duckdb.DuckDBPyConnection, round_: Round, out: Path, policy: Policy | None = None
) -> str:
    """Make the release of a round from the open warehouse at `out`; return its id."""
    policy = policy or Policy()
    computed = compute(connection, round_)
    hidden, stood = primary(computed, policy), state(connection, round_)
    tables = publishable(exact(computed), computed.grid, hidden, stood, policy)
    return write(out, tables, _origin(connection, round_))


def _origin(connection: duckdb.DuckDBPyConnection, round_: Round) -> Origin:
    rows = connection.execute(
        "SELECT agency, fingerprint, made_up FROM returns WHERE current AND round = ? "
        "ORDER BY agency",
        [round_.key],
    ).fetchall()
    inputs = tuple((agency, fingerprint) for agency, fingerprint, _ in rows)
    return Origin(round_, inputs, any(made_up for *_, made_up in rows), notes=(NOT_YET,))
