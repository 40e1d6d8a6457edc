"""Protect every set of counts of a release, side by side."""

from collections.abc import Collection
from concurrent.futures import Executor
from dataclasses import dataclass

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
Found = tuple[Linked, Mask]
"""A set of counts, and which of its quantities are hidden."""


@dataclass(frozen=True)
class Before:
    """What earlier releases hid, and what they showed of agencies whose returns have not changed.

    What was hidden stays hidden; what was shown is known, and hiding it protects nobody.
    """

    hidden: Cells = frozenset()
    shown: Cells = frozenset()


class Together:
    """All sets of counts of a release, and what is hidden in them so far."""

    def __init__(
        self, figures: pd.DataFrame, grid: Grid, policy: Policy, pool: Executor | None = None
    ) -> None:
        """Divide the counts of exact figures into sets, to protect in the `pool`, if any."""
        self.counts = counts = published(figures)
        days = quartiles(figures, policy)
        sets = [{flag: counts[flag] for flag in flags} for flags in sets_of(list(counts))]
        sets.sort(key=_size, reverse=True)  # the longest first: none is left for the end
        self.work = [(one, days, grid, policy) for one in sets]
        self.found: list[Found | None] = [None] * len(sets)
        self.grid = grid
        self.pool = pool

    def hidden(self, before: Before | None = None) -> dict[str, Mask]:
        """Return by flag in which cells of the grid exact figures are to be hidden.

        Sets of which nothing more is forced than is hidden already stay as they are. Raises
        `Refused` where some cannot be made safe.
        """
        before = before or Before()
        again = [k for k, one in enumerate(self.found) if one is None or _more(one, before)]
        if self.pool and len(again) > 1:
            waiting = [self.pool.submit(_protected, *self.work[k], before) for k in again]
            done = [one.result() for one in waiting]
        else:
            done = [_protected(*self.work[k], before) for k in again]
        for k, one in zip(again, done, strict=True):
            self.found[k] = one
        return masks([one for one in self.found if one], self.grid)


def _size(counts: Counts) -> int:
    return sum(map(len, counts.values()))


def _marked(one: Linked, cells: Cells) -> Mask:
    """Return which printed quantities are among some cells."""
    numbers = np.flatnonzero(one.printed).tolist()
    found = np.zeros(len(one.names), np.bool_)
    found[[at for at in numbers if one.names[at] in cells]] = True
    return found


def _more(found: Found, before: Before) -> bool:
    one, pattern = found
    return bool((_marked(one, before.hidden) & ~pattern).any())


def _protected(
    counts: Counts, days: pd.DataFrame, grid: Grid, policy: Policy, before: Before
) -> Found:
    one = linked(counts, days, grid, policy)
    forced, stay = _marked(one, before.hidden), _marked(one, before.shown)
    return one, Protection(one, policy, forced, stay).run()
