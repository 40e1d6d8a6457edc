"""Hide more where an attack got through: the neighbours from which a hidden count was worked out.

What the gate finds that the engine did not is not argued with: its neighbours are hidden too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from measures.contained import SAME, WITHIN
from measures.disclosure.linked import Mask
from measures.disclosure.linker import Counts
from measures.disclosure.publish import Hidden
from measures.grid import Grid
from measures.lines import lines

Struck = tuple[str, int]
"""A flag and the number of a cell of the grid."""


class Repair:
    """The hidden cells of a release, and the means to hide more of them."""

    def __init__(
        self, grid: Grid, counts: Counts, hidden: Hidden, stay: Collection[Struck] = ()
    ) -> None:
        """Begin with a pattern, which is copied; `counts` are those that are published.

        Those that `stay` were shown by an earlier release: hiding them protects nobody.
        """
        self.counts, self.stay = counts, stay
        self.hidden: dict[str, Mask] = {flag: mask.copy() for flag, mask in hidden.items()}
        self.beside: dict[int, list[list[int]]] = defaultdict(list)
        self.wider: dict[int, set[int]] = defaultdict(set)
        self.around: dict[int, set[int]] = defaultdict(set)
        for line in lines(grid):
            for cell in line.parts:
                self.beside[cell].append([part for part in line.parts if part != cell])
                self.wider[cell].add(line.whole)
                self.around[cell].add(line.whole)
                self.around[line.whole].add(cell)
        self.related: dict[str, set[str]] = defaultdict(set)
        for part, wholes in WITHIN.items():
            for whole in wholes:
                self.related[part].add(whole)
                self.related[whole].add(part)

    @property
    def cells(self) -> frozenset[Struck]:
        """All that is hidden."""
        return frozenset(
            (flag, cell)
            for flag, mask in self.hidden.items()
            for cell in np.flatnonzero(mask).tolist()
        )

    def hide_beside(self, struck: Iterable[Struck], families: Mapping[str, list[str]]) -> int:
        """Hide, for each cell struck, itself and the least neighbour in every line it stands in.

        `families` has for a flag of bands, or their n, all flags of its division. Where all of them
        are hidden, what gave way did so by a wider cell, or a count that holds it or that it holds:
        the search goes on around those, and where all of these are hidden, around their parts too.
        Returns how many were hidden; none if everything is.
        """
        cells = {(SAME.get(flag, flag), cell) for flag, cell in struck}
        return self._hide_near(cells, families, self.wider) or self._hide_near(
            cells, families, self.around
        )

    def hide_days(self, groups: Iterable[Sequence[Struck]]) -> int:
        """Hide, of each of some groups of counts, the least, if none of it is hidden yet.

        They are the n of groups of children: where n is not shown, no days are. Returns how many
        were hidden.
        """
        hid = 0
        for group in groups:
            if not any(self.hidden[flag][cell] for flag, cell in group):
                hid += self._hide_least(list(group))
        return hid

    def _hide_near(
        self, edge: set[Struck], families: Mapping[str, list[str]], near: Mapping[int, set[int]]
    ) -> int:
        reached = set[Struck]()
        more = 0
        while edge and not more:
            reached |= edge
            for flag, cell in sorted(edge):
                more += self._hide_least([(flag, cell)])
                for others in self.beside[cell]:
                    more += self._hide_least([(flag, other) for other in others])
                family = [other for other in families.get(flag, []) if other != flag]
                more += self._hide_least([(other, cell) for other in family])
            around = {(flag, other) for flag, cell in edge for other in near.get(cell, ())}
            around |= {(other, cell) for flag, cell in edge for other in self.related[flag]}
            edge = around - reached
        return more

    def _hide_least(self, neighbours: list[Struck]) -> int:
        shown = [
            (self.counts[flag][cell], flag, cell)
            for flag, cell in neighbours
            if self.counts.get(flag, {}).get(cell, 0) > 0
            and not self.hidden[flag][cell]
            and (flag, cell) not in self.stay
        ]
        if not shown:
            return 0
        _, flag, cell = min(shown)
        self.hidden[flag][cell] = True
        return 1
