"""Move the hidden counts of one part, to see them far apart or to learn what holds them."""

from collections.abc import Iterator
from concurrent.futures import Executor

import numpy as np

from measures.disclosure.choice import Choice
from measures.disclosure.linked import Floats, Ints
from measures.disclosure.moved import Moved
from measures.disclosure.passing import Rows, Settled
from measures.disclosure.programme import Part, Programme

IDLE = 2  # draws that moved under a tenth of what was left
FEW = 4  # that many are asked for one by one
ENOUGH = 32  # held quantities: hide what holds those, and many of the others can be moved


class Search:
    """Two programmes of a part: one moves quantities one way, one the other, side by side."""

    def __init__(self, rows: Rows, part: Part, moved: Moved, threads: Executor) -> None:
        """Set them up; what they see goes into `moved`."""
        self.both = Programme(rows, part), Programme(rows, part)
        self.at, self.moved, self.threads = part.quantities, moved, threads
        self.draw = np.random.default_rng(0)

    def held(self, places: Ints, settled: Settled, choice: Choice) -> Iterator[list[int]]:
        """Yield what holds quantities at some places of the part, those that cannot be moved far.

        One quantity's at a time: any one of a list may be hidden. Not all are asked for where very
        many are held.
        """
        found = 0
        for place in self.draw.permutation(self._left_after_draws(places)).tolist():
            if found < ENOUGH and self._is_held(np.array([place])):
                found += 1
                if holding := self._holding(settled, choice):
                    yield holding
                else:
                    yield from ([at] for at in choice.beside(self.at[[place]]))

    def _left_after_draws(self, places: Ints) -> Ints:
        """Move all at once, by signs drawn; return the places that are left to ask one by one."""
        idle = 0
        while len(left := places[self.moved.too_little(self.at[places])]) >= FEW and idle < IDLE:
            self._move(left, self.draw.choice([-1.0, 1.0], len(left)))
            still = self.moved.too_little(self.at[left]).sum()
            idle = idle + 1 if still > 0.9 * len(left) else 0
        return left

    def _is_held(self, place: Ints) -> bool:
        """Move one quantity as far as it goes; return whether that is too little."""
        if self.moved.too_little(self.at[place])[0]:
            self._move(place, np.ones(1))
        return bool(self.moved.too_little(self.at[place])[0])

    def _move(self, places: Ints, signs: Floats) -> None:
        for seen in self.threads.map(Programme.least, self.both, (places,) * 2, (signs, -signs)):
            self.moved.note(self.at, seen)

    def _holding(self, settled: Settled, choice: Choice) -> list[int]:
        """Return what could be hidden of all that holds the last answers where they are."""
        pins: list[int] = []
        for programme in self.both:
            ends, shares = programme.pins()
            quantities, more = programme.rows.sources(settled, ends)
            pins += choice.out_of(quantities, np.union1d(shares, more))
        return pins
