"""Protect every set of counts of a release, side by side."""

import os
from collections.abc import Collection
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
import pandas as pd

from measures.disclosure.days import quartiles
from measures.disclosure.joint import Counts, linked, masks, published, sets_of
from measures.disclosure.linked import Linked, Mask
from measures.disclosure.policy import Policy
from measures.disclosure.protect import Protection
from measures.grid import Grid

Cells = Collection[tuple[str, int]]
"""Counts, by flag and number of the cell."""
WORTH_A_PROCESS = 2_000  # hidden counts: under it a new process takes longer than the work


@dataclass(frozen=True)
class Before:
    """What earlier releases hid, and what they showed of agencies whose returns have not changed.

    What was hidden stays hidden; what was shown is known, and hiding it protects nobody.
    """

    hidden: Cells = frozenset()
    shown: Cells = frozenset()


def hidden_together(
    figures: pd.DataFrame, grid: Grid, policy: Policy, before: Before | None = None
) -> dict[str, Mask]:
    """Return by flag in which cells of the grid exact figures are to be hidden.

    Raises `Refused` where some cannot be made safe.
    """
    counts, before = published(figures), before or Before()
    sets = [{flag: counts[flag] for flag in flags} for flags in sets_of(list(counts))]
    sets.sort(key=_size, reverse=True)  # the longest first: none is left for the end
    small = sum(1 <= n <= policy.threshold for of in counts.values() for n in of.values())
    days = quartiles(figures, policy)
    work = [(one, days, grid, policy, before) for one in sets]
    if small < WORTH_A_PROCESS or (os.cpu_count() or 1) == 1:
        return masks([_protected(*one) for one in work], grid)
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(_protected, *one) for one in work]
        return masks([one.result() for one in waiting], grid)


def _size(counts: Counts) -> int:
    return sum(map(len, counts.values()))


def _protected(
    counts: Counts, days: pd.DataFrame, grid: Grid, policy: Policy, before: Before
) -> tuple[Linked, Mask]:
    one = linked(counts, days, grid, policy)
    named = {one.names[at]: at for at in np.flatnonzero(one.printed).tolist()}

    def mark(cells: Cells) -> Mask:
        found = np.zeros(len(one.names), np.bool_)
        found[[named[cell] for cell in cells if cell in named]] = True
        return found

    return one, Protection(one, policy, mark(before.hidden), mark(before.shown)).run()
