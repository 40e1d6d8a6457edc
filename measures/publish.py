"""The line out: compute, protect, attack, swap in."""

from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from pathlib import Path

import duckdb
import pandas as pd

from data.rounds import Round
from measures.again import parted, shows_the_same
from measures.anew import waited
from measures.before import before
from measures.compute import Computed, compute
from measures.disclosure.linked import Refused
from measures.disclosure.policy import Policy
from measures.disclosure.publish import Publishable
from measures.disclosure.repair import Repair
from measures.disclosure.together import Together
from measures.disclosure.whole import publishable
from measures.figures import exact
from measures.gate import Gate
from measures.kept import keep_earlier
from measures.known import behind, remembered
from measures.naming import Naming
from measures.past import Past, inputs_of, is_made_up
from measures.pool import pool
from measures.state import State, state
from measures.writing import Origin, write

ATTACKS = 20  # rounds of protecting and attacking


def publish(
    connection: duckdb.DuckDBPyConnection, round_: Round, out: Path, policy: Policy | None = None
) -> str:
    """Make the release of a round from the open warehouse at `out`; return its id.

    Counts are protected together, also with what earlier releases of the round and of overlapping
    ones showed, and the figures are attacked before they are written. One of the same returns says
    nothing more where it shows the same. Raises `Refused`, leaving what stands at `out`, where they
    cannot be made safe.
    """
    policy = policy or Policy()
    inputs = inputs_of(connection, round_)
    whole = Past.of(out, round_, inputs)
    past, again = parted(whole, inputs, policy)
    with pool(len(inputs)) as executor:

        def made_beside(past: Past) -> Publishable:
            known = remembered(connection, round_, past, inputs, policy)
            computed = compute(connection, round_)
            returns, figures = state(connection, round_), exact(computed)
            return safe(computed, figures, returns, policy, known, executor=executor)

        made = made_beside(past)
        if not all(shows_the_same(one, made.tables["figures"]) for one in again):
            past = whole
            made = made_beside(past)
    keep_earlier(out)
    origin = Origin(round_, tuple(inputs), is_made_up(connection, round_), past.ids)
    return write(out, made, origin)


def safe(  # noqa: PLR0913 - what a release is made of, and beside what
    computed: Computed,
    figures: pd.DataFrame,
    returns: State,
    policy: Policy,
    past: Past | None = None,
    *,
    executor: Executor | None = None,
) -> Publishable:
    """Protect and attack exact figures; hide what an attack was made from, until nothing gives way.

    They are those of what is `computed`. What is returned is what was attacked. Much work is done
    in the processes of the `executor`, if there is one.
    """
    past, grid = past or Past(), computed.grid
    together = Together(figures, grid, policy, executor, returns.used)
    known = before(past, figures, grid, policy)
    naming = Naming(figures, grid, [one.name for one in past.each], past.groups)
    gate = Gate(
        behind(figures, grid, naming, past, returns.used),
        *past.attacked(),
        threshold=policy.threshold,
        protection=policy.protection,
        quantile=policy.quantile,
        pool=executor,
        waited=waited(computed),
        ahead=True,
    )
    for _ in range(ATTACKS):
        hidden = together.hidden(known)
        gate.proofs = partial(naming.told, together.tables())
        made = publishable(figures, grid, hidden, returns, policy)
        found = gate.broken(made.tables["figures"])
        if not found:
            return made
        repair = Repair(grid, together.counts, hidden, known.shown)
        if not (
            repair.hide_days(naming.groups(found))
            or repair.hide_beside(naming.struck(found), naming.families)
        ):
            break
        known = replace(known, hidden={*known.hidden, *repair.cells})
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    raise Refused(f"the release was refused: {found[0]}{more}")
