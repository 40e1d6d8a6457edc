"""What an earlier release was made from, made anew: as far as the warehouse still has it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from data.rounds import Round
from measures.attack import Days, Name, Truth, Waited, named
from measures.breakdowns import CELL
from measures.compute import Computed, compute
from measures.disclosure.policy import Policy
from measures.figures import COUNTED, exact
from measures.grid import Grid
from measures.release import Release, Return
from measures.statistics import round_half_away_each

NAMED = ["measure", "statistic", "basis", "band"]  # as the attack names a figure


def true_counts(figures: pd.DataFrame, grid: Grid, release: str = "0") -> Truth:
    """Return the counts of exact figures, by the names that the attack has for a release's."""
    counted = figures[figures["statistic"].isin(COUNTED) & (figures["status"] != "x")]
    cells = grid.cells[CELL].iloc[counted["cell"]].reset_index(drop=True)
    rows = pd.concat([counted[NAMED].reset_index(drop=True), cells], axis=1)
    plain = rows.assign(n=counted["n"].to_numpy()).astype(object)  # whose words come out faster
    return {named(release, row): n for *row, n in plain.itertuples(index=False, name=None)}


def waited(computed: Computed) -> dict[str, Waited]:
    """Return how long true waits took, by measure, by the names that the attack has for cells."""
    names = list(computed.grid.number)
    found = defaultdict[str, dict[Name, dict[str, tuple[Days, Days]]]](lambda: defaultdict(dict))
    for (measure, basis), of in computed.histograms.items():
        before = np.concatenate([[0], of.upto])
        for cell, start, end in zip(of.cell.tolist(), of.start, of.start[1:], strict=False):
            upto = of.upto[start:end] - before[start]
            found[measure][names[cell]][basis] = of.day[start:end], upto
    return {**found}


@dataclass(frozen=True)
class Anew:
    """A release's exact figures as they are made now, and which agencies `there` bear them out.

    `counts` are the true ones, and `waited` how long true waits took, by the names that the attack
    has for them; `whole` says whether all of the release was borne out.
    """

    release: Release
    figures: pd.DataFrame
    grid: Grid
    counts: Truth
    waited: dict[str, Waited]
    there: frozenset[str]
    whole: bool

    @classmethod
    def of(cls, connection: duckdb.DuckDBPyConnection, release: Release, number: str) -> Self:
        """Make anew what a release was made from; the attack will call it by a `number`."""
        computed = made_from(connection, release.round, release.inputs)
        figures = exact(computed)
        counts = true_counts(figures, computed.grid, number)
        wrong = _contradicted(counts, release.tables["figures"], number)
        there = frozenset(computed.coverage.returned - wrong)
        whole = not wrong and len(there) == len(release.inputs)
        return cls(release, figures, computed.grid, counts, waited(computed), there, whole)

    def known(self, agencies: Collection[str]) -> Truth:
        """Return what some agencies know of it, and what is true of wide cells, if that is sure."""
        wide = {n: of for n, of in self.counts.items() if n[5] != "Agency" and self.whole}
        return wide | {n: of for n, of in self.counts.items() if n[6] in agencies}

    def exact(self, grid: Grid, policy: Policy) -> pd.DataFrame | None:
        """Return its figures by the cells of a grid; None where it, or its policy, was another."""
        if not (self.whole and self.release.is_under(policy)):
            return None
        numbers = np.array([grid.number.get(place, -1) for place in self.grid.number])
        figures = self.figures.assign(cell=numbers[self.figures["cell"]])
        return figures[figures["cell"] >= 0]


def made_from(
    connection: duckdb.DuckDBPyConnection, round_: Round, returns: Collection[Return]
) -> Computed:
    """Compute a round as if these returns were the current ones."""
    _as_of(connection, sorted(returns))
    try:
        return compute(connection, round_)
    finally:
        connection.execute("DROP VIEW temp.returns")


def _as_of(connection: duckdb.DuckDBPyConnection, inputs: Collection[Return]) -> None:
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
