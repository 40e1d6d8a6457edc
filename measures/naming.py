"""What the engine calls a count, and what the attack does: each knows nothing of the other."""

from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import permutations

import numpy as np
import numpy.typing as npt
import pandas as pd

from measures.attack import LATER, ONLY_IN, REST, SINCE, Broken, Model, Name, Truth, named
from measures.contained import SAME
from measures.disclosure.joint import NOW
from measures.disclosure.revised import Groups, Pattern, called
from measures.figures import COUNTED
from measures.grid import Grid

Count = tuple[str, int]
"""A flag and the number of a cell: a count of the engine's."""
Tables = Sequence[tuple[Sequence[Count], npt.NDArray[np.float64]]]
"""By set of counts, those, and tables of them: a row each."""


class Naming:
    """The names of exact figures' counts, and of those of the releases and groups beside them.

    `earlier` are the engine's names of other releases, `patterns` its groups of returns (see
    `measures.disclosure.revised`).
    """

    def __init__(
        self,
        figures: pd.DataFrame,
        grid: Grid,
        earlier: Sequence[str] = (),
        patterns: Collection[Pattern] = (),
    ) -> None:
        """Learn which flag each figure counts, and which bands divide the same n."""
        self.grid = grid
        number = {name: str(number) for number, name in enumerate([NOW, *earlier])}
        self.releases = {number[name]: name for name in number}
        self.releases |= {
            ONLY_IN + " and ".join(sorted(number[name] for name in pattern)): called(pattern)
            for pattern in patterns
        }
        for more, fewer in permutations(number, 2):
            rest = [pattern for pattern in patterns if more in pattern and fewer not in pattern]
            if len(rest) == 1:
                self.releases[number[more] + SINCE + number[fewer]] = called(rest[0])
        kinds = figures[["measure", "statistic", "basis", "band", "flag"]].drop_duplicates()
        kinds = kinds[kinds["statistic"].isin(COUNTED)]
        self.flags: dict[Name, str] = {}
        self._divisions: dict[str, list[str]] = {}
        for *row, flag in kinds.itertuples(index=False, name=None):
            self.flags.setdefault(named("", row), flag)
            if row[1] in {"band", "n"}:  # n comes last: it is the greatest
                self._divisions.setdefault(f"{row[0]} {row[2]}", []).append(flag)

    @cached_property
    def families(self) -> dict[str, list[str]]:
        """For a flag of bands, or their n, all flags of its division."""
        return {flag: family for family in self._divisions.values() for flag in family}

    def of_groups(self, groups: Groups) -> Truth:
        """Return the counts of groups, by the names that the attack has for them."""
        counts = {called(pattern): of for pattern, of in groups.items()}
        places = list(self.grid.number)
        return {
            (release, *kind[1:], *places[cell]): n
            for release, name in self.releases.items()
            for kind, flag in self.flags.items()
            for cell, n in counts.get(name, {}).get(flag, {}).items()
        }

    def _count(self, name: Name, statistic: str) -> Count | None:
        flag = self.flags.get(("", name[1], statistic, *name[3:5]))
        cell = self.grid.number.get(name[5:])
        return None if flag is None or cell is None else (SAME.get(flag, flag), cell)

    def struck(self, found: Collection[Broken]) -> set[Count]:
        """Return the counts of this release that gave way, or whose difference to another did."""
        names = (one.cell for one in found)
        statistics = ((name, name[2].removesuffix(LATER).removesuffix(REST)) for name in names)
        return {count for name, of in statistics if (count := self._count(name, of)) is not None}

    def groups(self, found: Collection[Broken]) -> list[list[Count]]:
        """Return, for each count that groups' days gave away, the n of those groups."""
        groups = [[self._count(name, "n") for name in one.by] for one in found if one.by]
        return [[count for count in group if count is not None] for group in groups]

    def told(self, tables: Tables, part: Model) -> npt.NDArray[np.float64] | None:
        """Return the engine's tables of a part of the attack's model, None where there are none.

        A row each, with a value a quantity, NaN where the engine has none.
        """
        of = [self._called(name) for name in part.names]
        for counts, values in tables:
            place = {count: column for column, count in enumerate(counts)}
            at = np.array([-1 if count is None else place.get(count, -1) for count in of])
            if (at >= 0).any():
                return np.where(at >= 0, values[:, at], np.nan)
        return None

    def _called(self, name: Name) -> Count | None:
        count = self._count(name, name[2])
        if count is None or name[0] not in self.releases:
            return None
        return count[0] + self.releases[name[0]], count[1]
