"""Whose days moved a limit: what it was passed along from, step by step, to where it began."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from measures.attack.daily import N
from measures.attack.limits import GROWING, LEAST, MOST, Entry, Limits, Places, added
from measures.attack.ranking import RANK

FARTHEST = 20_000  # limits that are looked at for one


@dataclass(frozen=True)
class Blame:
    """Settled limits, and what says `beside` them from which others some were passed along."""

    limits: Limits
    beside: Callable[[Entry], Iterable[Entry]]

    def cells(self, edge: Iterable[Entry]) -> set[int]:
        """Return the cells whose own days took part in moving some limits."""
        edge = list(edge)
        reached, found = set(edge), set[int]()
        while edge and len(reached) < FARTHEST:
            entry = edge.pop()
            if self.limits.why[entry] == RANK:
                found.add(entry[1])
            more = [one for one in self._behind(entry) if one not in reached]
            reached.update(more)
            edge += more
        return found

    def _behind(self, entry: Entry) -> Iterator[Entry]:
        """Yield the limits from which one was passed along."""
        side, cell, column = entry
        why, limits = int(self.limits.why[entry]), self.limits
        if why == RANK:
            yield from ((end, cell, N) for end in (LEAST, MOST))
        elif why < 0:
            yield from self.beside(entry)
        elif why == GROWING:
            step = -1 if side == LEAST else 1
            for columns in limits.columns.growing:
                at = np.flatnonzero(columns == column) + step
                yield from ((side, cell, int(columns[k])) for k in at if 0 <= k < len(columns))
        elif GROWING < why < limits.first_sum:
            pair = limits.columns.orders[why - GROWING - 1][side]
            to, of = pair if side == LEAST else pair[::-1]
            yield from ((side, cell, int(of[k])) for k in np.flatnonzero(to == column))
        elif limits.first_sum <= why < limits.first_line:
            yield from self._in_sums(entry, limits.columns.sums[why - limits.first_sum])
        elif why >= limits.first_line:
            yield from self._in_line(entry, limits.lines[why - limits.first_line])

    def _in_line(self, entry: Entry, line: Places) -> Iterator[Entry]:
        side, cell, column = entry
        place = line.tolist().index(cell)
        for other, end in _ends(side, place, len(line)):
            yield end, int(line[other]), column

    def _in_sums(self, entry: Entry, members: tuple[Places, ...]) -> Iterator[Entry]:
        """Yield the others of the sums that give a column its limit; of all, if none does now."""
        side, cell, column = entry
        size = max(map(len, members))
        columns = np.stack([np.broadcast_to(of, size) for of in members])
        gives = np.stack(added(*self.limits.ends[:, cell, columns])[side])
        here = columns == column
        exact = here & (gives == self.limits.ends[entry])
        for place, k in np.argwhere(exact if exact.any() else here).tolist():
            for other, end in _ends(side, place, len(members)):
                yield end, cell, int(columns[other, k])


def _ends(side: int, place: int, members: int) -> Iterator[tuple[int, int]]:
    """Yield the other members of a sum, and which limit of each gives the one at a place its own.

    A whole comes first: it is at least what its parts are; a part what the others, at most, leave.
    """
    for other in range(members):
        if other != place:
            yield other, side if 0 in (place, other) else 1 - side
