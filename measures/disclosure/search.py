"""Move the hidden counts of one part, to see them far apart or to learn what holds them."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor

import numpy as np

from measures.disclosure.alone import Alone, Pins
from measures.disclosure.choice import Choice
from measures.disclosure.linked import Floats, Ints
from measures.disclosure.moved import Moved
from measures.disclosure.passing import Rows, Settled
from measures.disclosure.programme import Part, Programme
from measures.disclosure.spread import Spread

FEW = 40  # quantities: moving as many at once takes longer than moving each alone
FEWER, MANY_STEPS = 5, 500  # where each alone takes so many steps of the solver
SOME = 5  # questions that tell how long each takes
SIDE_BY_SIDE = 2
ENOUGH = 32  # held quantities: hide what holds those, and many of the others can be moved


class Search:
    """Two programmes of a part at a time, side by side."""

    def __init__(self, rows: Rows, part: Part, moved: Moved, threads: Executor) -> None:
        """Begin with what was `moved`: what the programmes see goes into it."""
        self.rows, self.moved, self.threads = rows, moved, threads
        self.programme, self.at = Programme(rows, part), part.quantities
        self.draw = np.random.default_rng(0)

    def held(self, places: Ints, settled: Settled, choice: Choice) -> Iterator[list[int]]:
        """Yield what holds quantities at some places of the part, those that cannot be moved far.

        One quantity's at a time: any one of a list may be hidden. Not all are asked for where very
        many are held.
        """
        self.spread(places, FEW)
        left = self.draw.permutation(self._too_little(places)).tolist()
        programmes = [Alone(self.programme, self.moved.gap) for _ in left[:SIDE_BY_SIDE]]
        found, few, steps = 0, FEW, list[int]()
        while found < ENOUGH and (asked := self._next(left)):
            # All are waited for: what one saw must not hang on how fast another was.
            moved = list(self.threads.map(self._moved, asked, programmes))
            for place, answers in zip(asked, moved, strict=True):
                for seen, _ in answers:
                    self.moved.note(self.at, seen)
                if len(self._too_little(np.array([place]))):
                    found += 1
                    yield self._holding([pins for _, pins in answers], settled, choice) or [
                        choice.around(self.at[[place]])
                    ]
            steps += [one.steps for one in programmes[: len(asked)]]
            if few == FEW and len(steps) >= SOME and np.mean(steps) > MANY_STEPS:
                few = FEWER
                self.spread(places, few)

    def _too_little(self, places: Ints) -> Ints:
        """Return those of some places whose quantities were not yet seen far enough apart."""
        return places[self.moved.too_little(self.at[places])]

    def spread(self, places: Ints, few: int) -> None:
        """Move all at once, up and down and weighed as drawn, for as long as it moves a `few`."""
        before = len(places) + few
        while few <= len(left := self._too_little(places)) <= before - few:
            before = len(left)
            up = self.draw.choice([-1.0, 1.0], before)
            weights = 10 ** self.draw.uniform(-1, 1, (2, before))
            spread = (Spread(self.programme, left, self.moved) for _ in weights)
            for seen in self.threads.map(Spread.solved, spread, (up, -up), weights):
                self.moved.note(self.at, seen)

    def _next(self, left: list[int]) -> list[int]:
        """Take some places off a list whose quantities were not yet seen far enough apart."""
        asked: list[int] = []
        while left and len(asked) < SIDE_BY_SIDE:
            asked += self._too_little(np.array([left.pop(0)])).tolist()
        return asked

    def _moved(self, place: int, alone: Alone) -> list[tuple[Floats, Pins]]:
        """Move one quantity as far as it has to go, one way and then if need be the other.

        Return the tables, and what holds it there in each.
        """
        at, answers = int(self.at[place]), list[tuple[Floats, Pins]]()
        for sign in (-1, 1) if self.moved.left[at] else (1, -1):
            seen = alone.solved(place, sign)
            answers.append((seen, alone.pins()))
            if self.moved.is_enough(at, seen[place]):
                break
        return answers

    def _holding(self, pins: Sequence[Pins], settled: Settled, choice: Choice) -> list[int]:
        """Return what could be hidden of all that holds a quantity where it is."""
        return [at for one in pins for at in choice.out_of(*self.rows.sources(settled, *one))]
