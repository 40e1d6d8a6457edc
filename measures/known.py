"""What agencies know of their own children: true counts, now and as earlier releases had them."""

from collections.abc import Collection, Sequence
from dataclasses import replace

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

FIGURE = ["measure", "statistic", "basis", "band"]


def true_counts(figures: pd.DataFrame, grid: Grid, release: str = "0") -> Truth:
    """Return the counts of exact figures, by the names that the attack has for a release's."""
    counted = figures[figures["statistic"].isin(COUNTED) & (figures["status"] != "x")]
    cells = grid.cells[CELL].iloc[counted["cell"]].reset_index(drop=True)
    rows = pd.concat([counted[FIGURE].reset_index(drop=True), cells], axis=1)
    plain = rows.assign(n=counted["n"].to_numpy()).astype(object)  # whose words come out faster
    return {named(release, row): n for *row, n in plain.itertuples(index=False, name=None)}


def recomputed(
    connection: duckdb.DuckDBPyConnection, round_: Round, past: Sequence[Earlier]
) -> list[Earlier]:
    """Return earlier releases with what they were made from, as far as the warehouse still has it.

    And as far as what it makes of it is what the release showed: an agency whose figures a new
    definition has changed is left out. What `compute` made for the round in this connection is made
    anew: call it afterwards.
    """
    return [_recomputed(connection, round_, one, str(k)) for k, one in enumerate(past, 1)]


def _recomputed(
    connection: duckdb.DuckDBPyConnection, round_: Round, earlier: Earlier, number: str
) -> Earlier:
    inputs = [(agency, print_) for agency, print_ in earlier.release.said("inputs")]
    _as_of(connection, inputs)
    try:
        computed = compute(connection, round_)
    finally:
        connection.execute("DROP VIEW temp.returns")
    figures = exact(computed)
    then = true_counts(figures, computed.grid, number)
    there = computed.coverage.returned - _contradicted(then, earlier.figures, number)
    sent_again = there - earlier.unchanged
    known = {name: n for name, n in then.items() if name[5] == "Agency" and name[6] in sent_again}
    return replace(earlier, known=known, exact=figures if len(there) == len(inputs) else None)


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
    plain = shown[[*FIGURE, *CELL, "value"]].astype(object)
    rows = plain.itertuples(index=False, name=None)
    return {row[5] for *row, value in rows if counts.get(named(release, row)) != value}
