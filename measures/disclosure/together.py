"""Protect every linked set of a release; sets share no children that could be subtracted."""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from measures.disclosure.linked import Cell, Linked
from measures.disclosure.policy import Policy
from measures.disclosure.protect import Pattern, Protection

Forced = Mapping[str, Sequence[Cell]]
_WORTH_A_PROCESS = 2_000  # atoms: under it a new process takes longer than the work


def _pattern(linked: Linked, policy: Policy, forced: Sequence[Cell]) -> Pattern:
    return Protection(linked, policy, forced).run()


def patterns(
    sets: Sequence[Linked], policy: Policy, forced: Forced | None = None, workers: int | None = None
) -> list[tuple[Linked, Pattern]]:
    """Return every set with its pattern; `forced` are cells, by flag, that stay hidden.

    Large sets are dealt with side by side, `workers` at a time (as many as there are processors).
    Raises `Refused` where one cannot be made safe.
    """
    stay = [
        [cell for flag in linked.flags for cell in (forced or {}).get(flag, ())] for linked in sets
    ]
    workers = workers or os.cpu_count() or 1
    if workers == 1 or sum(len(linked.atoms) for linked in sets) < _WORTH_A_PROCESS:
        found = [_pattern(linked, policy, hide) for linked, hide in zip(sets, stay, strict=True)]
        return list(zip(sets, found, strict=True))
    # The longest first, so that none is left for the end.
    order = sorted(range(len(sets)), key=lambda k: -len(sets[k].atoms) * len(sets[k].counts))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = {k: pool.submit(_pattern, sets[k], policy, stay[k]) for k in order}
        return [(linked, waiting[k].result()) for k, linked in enumerate(sets)]
