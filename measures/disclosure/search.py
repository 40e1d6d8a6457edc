"""Move the hidden counts of one part, to see them far apart or to learn what holds them."""

from collections.abc import Iterator
from concurrent.futures import Executor

import numpy as np

from measures.disclosure.alone import Alone
from measures.disclosure.choice import Choice
from measures.disclosure.linked import Ints
from measures.disclosure.moved import Moved
from measures.disclosure.passing import Rows, Settled
from measures.disclosure.programme import Part
from measures.disclosure.spread import Spread

FEW = 20  # quantities: moving as many at once takes longer than moving each alone
ENOUGH = 32  # held quantities: hide what holds those, and many of the others can be moved


class Search:
    """Two programmes of a part at a time, side by side: one moves a way, the other the other."""

    def __init__(self, rows: Rows, part: Part, moved: Moved, threads: Executor) -> None:
        """Begin with what was `moved`: what the programmes see goes into it."""
        self.rows, self.part, self.moved, self.threads = rows, part, moved, threads
        self.at = part.quantities
        self.draw = np.random.default_rng(0)

    def held(self, places: Ints, settled: Settled, choice: Choice) -> Iterator[list[int]]:
        """Yield what holds quantities at some places of the part, those that cannot be moved far.

        One quantity's at a time: any one of a list may be hidden. Not all are asked for where very
        many are held.
        """
        self.spread(places)
        if not len(left := self._too_little(places)):
            return
        ways = {sign: Alone(self.rows, self.part, self.moved.gap) for sign in (1, -1)}
        found = 0
        for place in self.draw.permutation(left).tolist():
            if found < ENOUGH and self._is_held(place, ways):
                found += 1
                if holding := self._holding(ways, settled, choice):
                    yield holding
                else:
                    yield [choice.around(self.at[[place]])]

    def _too_little(self, places: Ints) -> Ints:
        """Return those of some places whose quantities were not yet seen far enough apart."""
        return places[self.moved.too_little(self.at[places])]

    def spread(self, places: Ints) -> None:
        """Move all at once, up and down and weighed as drawn, for as long as that moves many."""
        before = len(places) + FEW
        while FEW <= len(left := self._too_little(places)) <= before - FEW:
            before = len(left)
            up = self.draw.choice([-1.0, 1.0], before)
            weights = 10 ** self.draw.uniform(-1, 1, (2, before))
            spread = (Spread(self.rows, self.part, left, self.moved) for _ in weights)
            for seen in self.threads.map(Spread.solved, spread, (up, -up), weights):
                self.moved.note(self.at, seen)

    def _is_held(self, place: int, ways: dict[int, Alone]) -> bool:
        """Move one quantity as far as it has to go; return whether it goes too little."""
        if len(self._too_little(np.array([place]))):
            for seen in self.threads.map(Alone.solved, ways.values(), (place,) * 2, ways):
                self.moved.note(self.at, seen)
        return bool(len(self._too_little(np.array([place]))))

    def _holding(self, ways: dict[int, Alone], settled: Settled, choice: Choice) -> list[int]:
        """Return what could be hidden of all that holds the last answers where they are."""
        pins: list[int] = []
        for alone in ways.values():
            pins += choice.out_of(*self.rows.sources(settled, *alone.pins()))
        return pins
