"""The line out: compute, protect, attack, swap in."""

from collections.abc import Collection, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from data.rounds import Round
from measures.breakdowns import NAMES
from measures.compute import Computed, compute
from measures.contained import SAME
from measures.disclosure.linked import Refused
from measures.disclosure.policy import Policy
from measures.disclosure.primary import primary
from measures.disclosure.publish import Hidden, protected
from measures.disclosure.repair import Repair
from measures.disclosure.together import Before, hidden_together
from measures.disclosure.whole import publishable
from measures.figures import COUNTED, exact
from measures.gate import broken, own_counts, struck
from measures.grid import Grid
from measures.release import Origin, Release, earlier_releases, keep_earlier, write
from measures.state import state

NOT_YET = "This release is not yet protected against subtraction."
Input = tuple[str, str, bool]
"""An agency, the fingerprint of its return, and whether that is made up."""
ATTACKS = 5  # rounds of attacking and hiding more


def publish(
    connection: duckdb.DuckDBPyConnection,
    round_: Round,
    out: Path,
    policy: Policy | None = None,
    *,
    thorough: bool = False,
) -> str:
    """Make the release of a round from the open warehouse at `out`; return its id.

    Small counts are hidden, and the release says that it is not yet protected against subtraction.
    A `thorough` one is: counts are protected together, also with what earlier releases of the
    round showed, and attacked. It takes minutes, and raises `Refused`, leaving what stands at
    `out`, where the figures cannot be made safe.
    """
    policy = policy or Policy()
    computed = compute(connection, round_)
    figures, inputs = exact(computed), _inputs(connection, round_)
    earlier = [one for one in earlier_releases(out) if thorough and one.round == round_]
    hidden: Hidden = primary(computed, policy)
    if thorough:
        hidden = _together(computed, figures, (inputs, earlier), policy)
    tables = publishable(figures, computed.grid, hidden, state(connection, round_), policy)
    made_up = any(made for *_, made in inputs)
    prints = tuple((agency, fingerprint) for agency, fingerprint, _ in inputs)
    notes = () if thorough else (NOT_YET,)
    before = tuple(release.id for release in earlier)
    keep_earlier(out)
    return write(out, tables, Origin(round_, prints, made_up, before, notes))


def _together(
    computed: Computed,
    figures: pd.DataFrame,
    past: tuple[list[Input], list[Release]],
    policy: Policy,
) -> Hidden:
    """Return the pattern that protects all counts together, held against an attack."""
    inputs, earlier = past
    unchanged = _unchanged(inputs, earlier)
    before = _before(figures, computed.grid, earlier, unchanged)
    hidden = hidden_together(figures, computed.grid, policy, before)
    shown = [release.tables["figures"] for release in earlier]
    return _safe(computed, figures, hidden, (shown, unchanged), policy)


def _safe(
    computed: Computed,
    figures: pd.DataFrame,
    hidden: Hidden,
    before: tuple[Sequence[pd.DataFrame], Collection[str]],
    policy: Policy,
) -> Hidden:
    """Attack, hide what an attack was made from, and attack again, until nothing gives way."""
    grid, (shown, unchanged) = computed.grid, before
    agreed = {k: np.nan_to_num(n).astype(np.int64) for k, n in computed.agreements.items()}
    repair = Repair(grid, computed.counts | agreed, hidden)
    own = own_counts(figures, grid)
    for _ in range(ATTACKS):
        now = protected(figures, grid, repair.hidden, policy)
        found = broken(
            [now, *shown],
            own,
            unchanged,
            threshold=policy.threshold,
            protection=policy.protection,
        )
        if not found:
            return repair.hidden
        if not repair.hide_beside(*struck(found, figures, grid)):
            break
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    raise Refused(f"the release was refused: {found[0]}{more}")


def _inputs(connection: duckdb.DuckDBPyConnection, round_: Round) -> list[Input]:
    return connection.execute(
        "SELECT agency, fingerprint, made_up FROM returns WHERE current AND round = ? "
        "ORDER BY agency",
        [round_.key],
    ).fetchall()


def _unchanged(inputs: list[Input], earlier: list[Release]) -> set[str]:
    """Return the agencies whose return is the one that every earlier release rests on."""
    now = {(agency, fingerprint) for agency, fingerprint, _ in inputs}
    for release in earlier:
        now &= {(agency, fingerprint) for agency, fingerprint in release.said("inputs")}
    return {agency for agency, _ in now} if earlier else set()


def _before(
    figures: pd.DataFrame, grid: Grid, earlier: list[Release], unchanged: set[str]
) -> Before:
    """Return what earlier releases hid, and what they showed, of agencies that are unchanged."""
    key = ["measure", "basis", "statistic", "band"]
    flags = figures[[*key, "flag"]].drop_duplicates().set_index(key)["flag"].to_dict()
    place = ["geographic_level", "geography", *NAMES]
    number = {
        row: at for at, row in enumerate(grid.cells[place].itertuples(index=False, name=None))
    }
    cells: dict[str, set[tuple[str, int]]] = {"c": set(), "ok": set()}
    for release in earlier:
        rows = release.tables["figures"]
        rows = rows[
            rows["status"].isin(list(cells))
            & rows["statistic"].isin(COUNTED)
            & rows["geography"].isin(unchanged)
            & (rows["geographic_level"] == "Agency")
        ]
        for status, *row in rows[["status", *key, *place]].itertuples(index=False, name=None):
            flag, cell = flags.get(tuple(row[:4])), number.get(tuple(row[4:]))
            if flag is not None and cell is not None:
                cells[status].add((SAME.get(flag, flag), cell))
    return Before(frozenset(cells["c"]), frozenset(cells["ok"] - cells["c"]))
