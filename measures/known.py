"""What agencies know of their own children: true counts, now and as earlier releases had them."""

from collections.abc import Collection, Sequence

import duckdb
import pandas as pd
import pyarrow as pa

from data.rounds import Round
from measures.attack import Truth, named
from measures.breakdowns import CELL
from measures.compute import compute
from measures.figures import COUNTED, exact
from measures.grid import Grid
from measures.past import Earlier

NAMED = ["measure", "statistic", "basis", "band"]  # as the attack names a figure


def true_counts(figures: pd.DataFrame, grid: Grid, release: str = "0") -> Truth:
    """Return the counts of exact figures, by the names that the attack has for a release's."""
    counted = figures[figures["statistic"].isin(COUNTED) & (figures["status"] != "x")]
    cells = grid.cells[CELL].iloc[counted["cell"]].reset_index(drop=True)
    rows = pd.concat([counted[NAMED].reset_index(drop=True), cells], axis=1)
    plain = rows.assign(n=counted["n"].to_numpy()).astype(object)  # whose words come out faster
    return {named(release, row): n for *row, n in plain.itertuples(index=False, name=None)}


def known_before(
    connection: duckdb.DuckDBPyConnection, round_: Round, past: Sequence[Earlier]
) -> Truth:
    """Return the counts of agencies that have sent again, as earlier releases had them.

    As far as the warehouse still has those returns, and what it makes of them is what the release
    showed: an agency whose figures a new definition has changed is left out. What `compute` made
    for the round in this connection is made anew: call it afterwards.
    """
    known: dict[tuple[str, ...], int] = {}
    for number, one in enumerate(past, 1):
        inputs = [(agency, print_) for agency, print_ in one.release.said("inputs")]
        sent_again = [pair for pair in inputs if pair[0] not in one.unchanged]
        if not sent_again:
            continue
        _as_of(connection, sent_again)
        try:
            computed = compute(connection, round_)
        finally:
            connection.execute("DROP VIEW temp.returns")
        then = true_counts(exact(computed), computed.grid, str(number))
        wrong = _contradicted(then, one.figures, str(number))
        there = computed.coverage.returned - wrong
        known |= {name: n for name, n in then.items() if name[5] == "Agency" and name[6] in there}
    return known


def _as_of(connection: duckdb.DuckDBPyConnection, inputs: Collection[tuple[str, str]]) -> None:
    """Let some earlier returns be the current ones, until the view is dropped."""
    agencies, prints = zip(*inputs, strict=True)
    connection.register("as_of", pa.table({"agency": agencies, "print": prints}))
    connection.execute(
        "CREATE OR REPLACE TEMP VIEW returns AS SELECT * REPLACE ("
        "(agency, fingerprint) IN (SELECT (agency, print) FROM as_of) AS current) "
        f'FROM "{_name(connection)}".main.returns'
    )


def _name(connection: duckdb.DuckDBPyConnection) -> str:
    (name,) = connection.execute("SELECT current_database()").fetchone() or ("",)
    return str(name)


def _contradicted(counts: Truth, figures: pd.DataFrame, release: str) -> set[str]:
    """Return the agencies of which a release showed other counts than these."""
    of_agency = figures["statistic"].isin(COUNTED) & (figures["geographic_level"] == "Agency")
    shown = figures[of_agency & (figures["status"] == "ok") & (figures["rounded_to"] == 1)]
    plain = shown[[*NAMED, *CELL, "value"]].astype(object)
    rows = plain.itertuples(index=False, name=None)
    return {row[5] for *row, value in rows if counts.get(named(release, row)) != value}
