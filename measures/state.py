"""The state of the returns, exact: response, findings, completeness, and rows left out.

Restricted until `disclosure` has seen it: a missing value is somebody's.
"""

from dataclasses import dataclass

import duckdb
import pandas as pd

from data.feedback import QUESTIONS
from data.rounds import Round
from data.tables import Needed
from measures.breakdowns import ENGLAND
from measures.left_out import left_out

_PRE_ORDER_CLOSED = "C8 IS NOT NULL OR C9 IS NOT NULL"


@dataclass(frozen=True)
class State:
    """Tables of one row an agency, or another place: see the functions that make them."""

    returns: pd.DataFrame
    findings: pd.DataFrame
    quality: pd.DataFrame
    left_out: pd.DataFrame
    feedback: pd.DataFrame

    @property
    def used(self) -> dict[str, int]:
        """How many rows of each agency's return were used."""
        came = self.returns[["agency", "used"]].dropna()
        return {agency: int(n) for agency, n in came.itertuples(index=False, name=None)}


def state(connection: duckdb.DuckDBPyConnection, round_: Round) -> State:
    """Return the state of a round's current returns; needs `facts.make` to have been called."""
    connection.execute(
        "CREATE OR REPLACE TEMP VIEW came AS SELECT * FROM returns WHERE current AND round = "
        f"'{round_.key}'"
    )
    return State(
        _returns(connection, round_),
        _findings(connection),
        _quality(connection, round_),
        left_out(connection, round_),
        _feedback(connection),
    )


def _returns(connection: duckdb.DuckDBPyConnection, round_: Round) -> pd.DataFrame:
    """One row an agency of the round: `received`, `rows`, `used`, `left_out`, `errors` …."""
    found = connection.execute(
        """
        SELECT agency, received, rows, used, rows - used AS left_out, covers_pre_order,
            (SELECT count(*) FROM findings AS f WHERE f.return_id = came.return_id
                AND level = 'error') AS errors,
            (SELECT count(*) FROM findings AS f WHERE f.return_id = came.return_id
                AND level = 'query') AS queries
        FROM came"""
    ).df()
    found = pd.DataFrame({"agency": round_.agencies}).merge(found, how="left", on="agency")
    found["late"] = found["received"] > pd.Timestamp(round_.deadline)
    return found


def _findings(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """One row an agency and check: how many findings are `open` and `explained`."""
    return connection.execute(
        f"""
        SELECT coalesce(agency, '{ENGLAND}') AS agency, "check", level,
            count(*) FILTER (WHERE explanation IS NULL) AS open,
            count(*) FILTER (WHERE explanation IS NOT NULL) AS explained
        FROM findings JOIN came USING (return_id)
        GROUP BY GROUPING SETS ((agency, "check", level), ("check", level))
        ORDER BY agency, "check", level"""
    ).df()


def _feedback(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """One row an agency and question it answered: `about` names it, `question` prints it."""
    found = connection.execute(
        "SELECT agency, question AS about, text FROM answers JOIN came USING (return_id)"
    ).df()
    found.insert(2, "question", found["about"].map(QUESTIONS).astype(str))
    return found.sort_values(["about", "agency"], ignore_index=True)


def _where_needed(needed: Needed | None, name: str) -> str:
    if name == "C17":
        return f"({_PRE_ORDER_CLOSED}) AND C11 IS NULL AND C10 BETWEEN $start AND $end"
    if needed is None:
        return "false"
    given = " OR ".join(f"{field} IS NOT NULL" for field in needed.given) or "true"
    return " AND ".join([f"({given})", *(f"{field} IS NOT NULL" for field in needed.on)])


def _quality(connection: duckdb.DuckDBPyConnection, round_: Round) -> pd.DataFrame:
    """One row an agency and field: the rows that `needed` it, and those of them that `had` it."""
    asked = ", ".join(
        f"count_if({_where_needed(field.needed, field.name)}) AS needed_{field.name}, "
        f"count_if(({_where_needed(field.needed, field.name)}) AND {field.name} IS NOT NULL) "
        f"AS had_{field.name}"
        for field in round_.fields
    )
    wide = connection.execute(
        f"""SELECT coalesce(agency, '{ENGLAND}') AS agency, {asked}
        FROM rows JOIN came USING (return_id) GROUP BY GROUPING SETS ((agency), ())
        ORDER BY agency""",
        {"start": round_.start, "end": round_.end},
    ).df()
    parts = [
        pd.DataFrame(
            {
                "agency": wide["agency"],
                "field": field.name,
                "needed": wide[f"needed_{field.name}"].fillna(0).astype(int),
                "had": wide[f"had_{field.name}"].fillna(0).astype(int),
            }
        )
        for field in round_.fields
    ]
    return pd.concat(parts, ignore_index=True)
