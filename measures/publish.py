"""The line out: compute, protect, attack, swap in."""

from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from data.rounds import Round
from measures.compute import Computed, compute
from measures.disclosure.linked import Refused
from measures.disclosure.policy import Policy
from measures.disclosure.publish import Hidden, protected
from measures.disclosure.repair import Repair
from measures.disclosure.together import Together
from measures.disclosure.whole import publishable
from measures.figures import exact
from measures.gate import Gate, own_counts, struck
from measures.past import Earlier, before, earlier, inputs_of
from measures.release import Origin, keep_earlier, write
from measures.state import state

ATTACKS = 8  # rounds of protecting and attacking


def publish(
    connection: duckdb.DuckDBPyConnection, round_: Round, out: Path, policy: Policy | None = None
) -> str:
    """Make the release of a round from the open warehouse at `out`; return its id.

    Counts are protected together, also with what earlier releases of the round showed, and the
    figures are attacked before they are written. Raises `Refused`, leaving what stands at `out`,
    where they cannot be made safe.
    """
    policy = policy or Policy()
    computed = compute(connection, round_)
    figures, inputs = exact(computed), inputs_of(connection, round_)
    past = earlier(out, round_, inputs)
    hidden = _safe(computed, figures, past, policy)
    tables = publishable(figures, computed.grid, hidden, state(connection, round_), policy)
    made_up = any(made for *_, made in inputs)
    prints = tuple((agency, fingerprint) for agency, fingerprint, _ in inputs)
    keep_earlier(out)
    origin = Origin(round_, prints, made_up, tuple(one.release.id for one in past))
    return write(out, tables, origin)


def _safe(computed: Computed, figures: pd.DataFrame, past: list[Earlier], policy: Policy) -> Hidden:
    """Protect and attack; hide what an attack was made from, until nothing gives way."""
    grid = computed.grid
    agreed = {k: np.nan_to_num(n).astype(np.int64) for k, n in computed.agreements.items()}
    gate = Gate(
        own_counts(figures, grid),
        [(one.figures, one.unchanged) for one in past],
        threshold=policy.threshold,
        protection=policy.protection,
    )
    together = Together(figures, grid, policy)
    known = before(past, figures, grid)
    for _ in range(ATTACKS):
        hidden = together.hidden(known)
        found = gate.broken(protected(figures, grid, hidden, policy))
        if not found:
            return hidden
        repair = Repair(grid, computed.counts | agreed, hidden)
        if not repair.hide_beside(*struck(found, figures, grid)):
            break
        known = replace(known, hidden=repair.cells)
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    raise Refused(f"the release was refused: {found[0]}{more}")
