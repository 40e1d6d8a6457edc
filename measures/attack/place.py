"""The counts of one place up to each day that is shown there, and all sums between them.

What limits passed along one sum after the other leave open, several sums may settle together. All
counts of a release up to every day are too many to search for that; those of a place are not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from measures.attack.daily import N
from measures.attack.hull import lines_under
from measures.attack.knowledge import Knowledge
from measures.attack.limits import LEAST, MOST, Entry, Places
from measures.attack.model import Sum
from measures.attack.place_table import PlaceTable
from measures.attack.ranking import WIDEST
from measures.attack.ranks import ranks
from measures.attack.sums import Sums

NO_LESS = (0.0, np.inf)
NOUGHT = (0.0, 0.0)


@dataclass(frozen=True)
class Place(PlaceTable):
    """All that is known of the cells of a place together.

    `lines` say how cells add up, `printed` what else is known of quantities of the measure's model
    (by their places in it), `hidden` are those of it that are hidden.
    """

    lines: Sequence[Places]
    printed: Sequence[Sum]
    hidden: Places

    @cached_property
    def quantities(self) -> Places:
        """What is looked at, by its number if all columns of all cells were.

        Bands only of cells that have them. Of what is hidden of a line, which stands there together
        as well, only n: how many of each waited up to a day is nowhere told.
        """
        banded = self.unseen.cell[self.unseen.column != N]
        is_whole = np.isin(self.cells, [line[0] for line in self.lines])
        parts = [line[1:] for line in self.lines if line[0] in self.unseen.in_two.values()]
        looked_at = np.ones((len(self.cells), len(self.columns)), np.bool_)
        has_bands = np.isin(self.cells, banded)
        looked_at[np.ix_(~has_bands, self.columns >= self.unseen.daily.bands(0)[0])] = False
        only_n = np.isin(self.cells, np.concatenate([[], *parts])) & ~has_bands & ~is_whole
        looked_at[np.ix_(only_n, self.columns != N)] = False
        return np.flatnonzero(looked_at)

    def at(self, quantities: Places) -> Places:
        """Return the numbers of quantities of the model."""
        cell, column = self.unseen.cell[quantities], self.unseen.column[quantities]
        return np.searchsorted(self.quantities, self.number(cell, column))

    def entry(self, side: int, quantity: int) -> Entry:
        """Return where a limit of a quantity stands."""
        cell, column = divmod(int(self.quantities[quantity]), len(self.columns))
        return side, int(self.cells[cell]), int(self.columns[column])

    @cached_property
    def known(self) -> Knowledge:
        """What is known of all that is looked at together; last, what days say of n."""
        cells, columns = len(self.cells), len(self.columns)
        lines = [
            (self.rows_of(line).tolist(), [1.0] + [-1.0] * (len(line) - 1), *NOUGHT)
            for line in self.lines
        ]
        printed = [
            (self.number(self.unseen.cell[at], self.unseen.column[at]).tolist(), *more)
            for at, *more in self.printed
        ]
        sums = Sums.together(
            [
                Sums.of(list(self._within()), columns).of_each(cells),
                Sums.of(lines, cells).in_each(columns),
                Sums.of([*printed, *self.ranked], cells * columns),
            ]
        )
        ends = self.unseen.limits.ends[:, self.cells[:, np.newaxis], self.columns]
        ends = ends.reshape(2, -1)[:, self.quantities]
        return Knowledge.that(sums.only(self.quantities), *ends)

    def _within(self) -> Iterator[Sum]:
        """Yield how the columns of every cell hang together, by where they stand."""
        daily = self.unseen.daily
        for basis, upto in enumerate(self.upto):
            growing = [*self.columns_of(upto).tolist(), N]
            for fewer, more in pairwise(growing):
                yield [more, fewer], [1.0, -1.0], *NO_LESS
            edges = self.columns_of(daily.upto(basis)[daily.edges]).tolist()
            bands = self.columns_of(daily.bands(basis)).tolist()
            for wider, narrower, band in zip([*edges, N], [None, *edges], bands, strict=True):
                parts = [band] if narrower is None else [narrower, band]
                yield [wider, *parts], [1.0] + [-1.0] * len(parts), *NOUGHT
        for basis, other, at in daily.counted_twice:
            # By the first day looked at that is no earlier; of days with the same one, the last.
            by_then = np.searchsorted(self.days[basis], at[self.days[other]])
            last = np.flatnonzero(np.diff(by_then, append=-1))
            last = last[by_then[last] < len(self.days[basis])]
            more, fewer = self.upto[basis][by_then[last]], self.upto[other][last]
            for both in np.stack([self.columns_of(more), self.columns_of(fewer)], axis=1).tolist():
                yield both, [1.0, -1.0], *NO_LESS

    @cached_property
    def ranked(self) -> list[Sum]:
        """What days say of cells whose n is known nearly, but not quite."""
        return list(self._ranked())

    def _ranked(self) -> Iterator[Sum]:
        ends, days = self.unseen.limits.ends, self.unseen.daily.days
        for cell, basis, day, which in self.told.tolist():
            few, many = (int(ends[side, cell, N]) for side in (LEAST, MOST))
            if not 0 < many - few < WIDEST:
                continue
            # As many are up to a day at least; and up to the one before at most.
            for sign, one, heights in zip(
                (1.0, -1.0), (day, day - 1), ranks(which, few, many), strict=True
            ):
                looked_at = self.upto[basis][days[self.days[basis]] == one]
                n, *numbers = self.number(np.array(cell), np.array([N, *looked_at])).tolist()
                for upto in numbers:
                    for slope, height in lines_under(few, heights):
                        members = {upto: sign} | ({n: -slope} if slope else {})
                        yield [*members], [*members.values()], height, np.inf
