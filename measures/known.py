"""What agencies know of their own children: true counts, now and as earlier releases had them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from data.rounds import Round
from measures.attack import ROWS_USED, Truth, named
from measures.breakdowns import CELL, NAMES, TOTAL
from measures.compute import Computed, compute
from measures.disclosure.joint import NOW, counted
from measures.disclosure.linker import Counts
from measures.disclosure.policy import Policy
from measures.disclosure.revised import Pattern
from measures.figures import COUNTED, exact
from measures.grid import Grid
from measures.past import Earlier, Input, Past, Return
from measures.statistics import round_half_away_each

NAMED = ["measure", "statistic", "basis", "band"]  # as the attack names a figure


def true_counts(figures: pd.DataFrame, grid: Grid, release: str = "0") -> Truth:
    """Return the counts of exact figures, by the names that the attack has for a release's."""
    counted = figures[figures["statistic"].isin(COUNTED) & (figures["status"] != "x")]
    cells = grid.cells[CELL].iloc[counted["cell"]].reset_index(drop=True)
    rows = pd.concat([counted[NAMED].reset_index(drop=True), cells], axis=1)
    plain = rows.assign(n=counted["n"].to_numpy()).astype(object)  # whose words come out faster
    return {named(release, row): n for *row, n in plain.itertuples(index=False, name=None)}


def rows_used(returns: pd.DataFrame) -> Truth:
    """Return the rows used of each agency's return, by a name like those of figures' counts."""
    everybody = (TOTAL,) * len(NAMES)
    came = returns[["agency", "used"]].dropna()
    return {
        ("0", *ROWS_USED, "", "", "Agency", agency, *everybody): int(n)
        for agency, n in came.itertuples(index=False, name=None)
    }


def remembered(
    connection: duckdb.DuckDBPyConnection,
    round_: Round,
    past: Past,
    inputs: Sequence[Input],
    policy: Policy,
) -> Past:
    """Return the past with what it was made from, as far as the warehouse still has it.

    And as far as what it makes of it is what was shown: an agency whose figures a new definition
    has changed is left out; so is, but for what agencies know, a release under another policy.
    What `compute` made for the round in this connection is made anew: call it afterwards.
    """
    numbered = enumerate(past.same, 1)
    same = [_recomputed(connection, round_, one, str(k), policy) for k, one in numbered]
    returns = {NOW: {(agency, fingerprint) for agency, fingerprint, _ in inputs}}
    returns |= {one.name: {*one.inputs} for one in same if one.exact is not None}
    patterns: dict[Pattern, list[Return]] = defaultdict(list)
    for sent in sorted(set().union(*returns.values())):
        patterns[frozenset(name for name, of in returns.items() if sent in of)].append(sent)
    groups = {pattern: _only(connection, round_, sent) for pattern, sent in patterns.items()}
    return replace(past, same=same, groups=groups if len(returns) > 1 else {})


def _recomputed(
    connection: duckdb.DuckDBPyConnection,
    round_: Round,
    earlier: Earlier,
    number: str,
    policy: Policy,
) -> Earlier:
    computed = _made_from(connection, round_, earlier.inputs)
    figures = exact(computed)
    then = true_counts(figures, computed.grid, number)
    wrong = _contradicted(then, earlier.figures, number)
    there = computed.coverage.returned - wrong
    sent_again = there - earlier.unchanged
    known = {name: n for name, n in then.items() if name[5] == "Agency" and name[6] in sent_again}
    whole = not wrong and len(there) == len(earlier.inputs) and earlier.release.is_under(policy)
    return replace(earlier, known=known, exact=figures if whole else None)


def _only(
    connection: duckdb.DuckDBPyConnection, round_: Round, returns: Collection[Return]
) -> Counts:
    """Return the counts of some returns: of their agencies, and wide."""
    computed = _made_from(connection, round_, returns)
    of = computed.grid.cells[["geographic_level", "geography"]]
    others = (of["geographic_level"] == "Agency") & ~of["geography"].isin(dict(returns))
    figures = exact(computed)
    return counted(figures[~others.to_numpy()[figures["cell"]]])


def _made_from(
    connection: duckdb.DuckDBPyConnection, round_: Round, returns: Collection[Return]
) -> Computed:
    """Compute a round as if these returns were the current ones."""
    _as_of(connection, sorted(returns))
    try:
        return compute(connection, round_)
    finally:
        connection.execute("DROP VIEW temp.returns")


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
    """Return the places of which a release said something else than these counts."""
    told = figures[figures["statistic"].isin(COUNTED) & figures["status"].isin(["ok", "c"])]
    rows = told[[*NAMED, *CELL]].astype(object).itertuples(index=False, name=None)
    n = np.array([counts.get(named(release, row), -1) for row in rows], np.int64)
    unit, value = told["rounded_to"].to_numpy(np.int64), told["value"].to_numpy(np.float64)
    rounded = n.copy()
    for to in np.unique(unit):
        rounded[unit == to] = round_half_away_each(n[unit == to], int(to))
    wrong = np.where(told["status"] == "c", n <= 0, rounded != value)
    return set(told["geography"][wrong])
