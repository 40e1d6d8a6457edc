"""Protect every set of counts of a release, side by side."""

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from measures.disclosure.days import quartiles
from measures.disclosure.joint import Beside, Shown, linked, masks, published, sets_of
from measures.disclosure.linked import Floats, Linked, Mask, Name, Refused
from measures.disclosure.policy import Policy
from measures.disclosure.protect import Protection
from measures.grid import Grid

Cells = Collection[tuple[str, int]]
"""Counts by flag and number of the cell; percentages by the flag of what they leave."""


@dataclass(frozen=True)
class Before:
    """What earlier releases hid, and what they showed of agencies whose returns have not changed.

    What was hidden stays hidden; what was shown is known, and hiding it protects nobody. `beside`
    has each release's own counts, which somebody could hold against those of now; what it hid and
    showed of them goes by their names.
    """

    hidden: Cells = frozenset()
    shown: Cells = frozenset()
    beside: Beside = field(default_factory=Beside)


class Together:
    """All sets of counts of a release, and what is hidden in them so far."""

    def __init__(
        self,
        figures: pd.DataFrame,
        grid: Grid,
        policy: Policy,
        pool: Executor | None = None,
        used: Mapping[str, int] | None = None,
    ) -> None:
        """Divide the counts of exact figures into sets, to protect in the `pool`, if any.

        `used` says how many rows of each agency's return were.
        """
        self.counts = published(figures)
        whole = Shown(self.counts, quartiles(figures, policy), used=used or {})
        self.sets = [whole.of(flags) for flags in sets_of(list(self.counts))]
        self.sets.sort(key=_size, reverse=True)  # the longest first: none is left for the end
        self.found: list[Protection | None] = [None] * len(self.sets)
        self.grid, self.policy = grid, policy
        self.pool = pool

    def hidden(self, before: Before | None = None) -> dict[str, Mask]:
        """Return by flag in which cells of the grid exact figures are to be hidden.

        Sets of which nothing more is forced than is hidden already stay as they are, the others go
        on from where they were. Raises `Refused` where some cannot be made safe.
        """
        before = before or Before()
        again = [k for k, one in enumerate(self.found) if one is None or _more(one, before)]
        work = [(self.sets[k], before, self.grid, self.policy, self.found[k]) for k in again]
        if self.pool and len(again) > 1:
            waiting = [self.pool.submit(protected_set, *one) for one in work]
            done = [one.result() for one in waiting]
        else:
            done = [protected_set(*one) for one in work]
        for k, one in zip(again, done, strict=True):
            self.found[k] = one
        return masks([(one.linked, one.hidden) for one in self.found if one], self.grid)

    def tables(self) -> list[tuple[Sequence[Name], Floats]]:
        """Return for every set whose counts its tables are of, and these (see `Protection`)."""
        return [(one.linked.names, one.tables()) for one in self.found if one]


def _size(shown: Shown) -> int:
    return sum(map(len, shown.counts.values()))


def _marked(one: Linked, cells: Cells) -> Mask:
    """Return which quantities that a pattern decides of are among some cells."""
    numbers = np.flatnonzero(one.decided).tolist()
    found = np.zeros(len(one.names), np.bool_)
    found[[at for at in numbers if one.names[at] in cells]] = True
    return found


def _more(found: Protection, before: Before) -> bool:
    return bool((_marked(found.linked, before.hidden) & ~found.hidden).any())


def protected_set(
    now: Shown, before: Before, grid: Grid, policy: Policy, found: Protection | None = None
) -> Protection:
    """Return one set of counts, protected: together with what stands beside it, if that can be.

    It goes on from what was `found` when less was to be hidden. Where the set cannot be made safe
    together with others, it is protected alone, and the gate judges it beside them. Raises
    `Refused` where not even that can be.
    """
    beside = before.beside.of(now.counts)
    try:
        return protected_together(now, replace(before, beside=beside), grid, policy, found)
    except Refused:
        if not (beside.earlier or beside.overlapping):
            raise
        return protected_together(now, replace(before, beside=Beside()), grid, policy)


def protected_together(
    now: Shown, before: Before, grid: Grid, policy: Policy, found: Protection | None = None
) -> Protection:
    """Return one set of counts, linked with what other releases have of it, and protected.

    Raises `Refused` where it cannot be.
    """
    if found:
        found.force(_marked(found.linked, before.hidden))
    else:
        one = linked(now, before.beside, grid, policy)
        forced, stay = _marked(one, before.hidden), _marked(one, before.shown)
        found = Protection(one, policy, forced, stay)
    found.run()
    return found
