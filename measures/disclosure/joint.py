"""A release's counts as linked quantities, set by set, and back to what is hidden by flag.

Counts stand in one set where one contains another, or they add up to a third, so that somebody
could subtract them. See docs/decisions.md for why the sets cannot be combined further.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from measures.contained import ALIKE, AT_LEAST, BANDS, SAME, TIES, WITHIN
from measures.disclosure.likely import of_rows_used
from measures.disclosure.linked import Linked, Mask
from measures.disclosure.linker import Counts, Linker
from measures.disclosure.nested import nested
from measures.disclosure.policy import Policy
from measures.disclosure.revised import Groups, hold_together
from measures.figures import COUNTED
from measures.grid import Grid

NOW = ""  # the name of the release that is made


@dataclass(frozen=True)
class Shown:
    """What a release prints or hides of some counts: those, and the quartiles of their days.

    Of the newest release also how many rows of each return were `used`, which the state of the
    returns tells. Of an earlier release also its `name`, which ends the flags of its own counts,
    and of cells of agencies whose return another release rests on as well, that one's name: the
    counts are the `same` there.
    """

    counts: Counts
    days: pd.DataFrame
    same: Mapping[int, str] = field(default_factory=dict)
    name: str = NOW
    used: Mapping[str, int] = field(default_factory=dict)

    def of(self, flags: Collection[str]) -> "Shown":
        """Return what it is of some flags."""
        counts = {flag: cells for flag, cells in self.counts.items() if flag in flags}
        return replace(self, counts=counts, days=self.days[self.days["flag"].isin(flags)])


@dataclass(frozen=True)
class Beside:
    """What a release is published beside: `earlier` ones of its period, `overlapping` of others.

    Each of these with whether its period lies within the one in question. `groups` have what the
    returns of the one in question have by which of its releases they are in.
    """

    earlier: Sequence[Shown] = ()
    overlapping: Sequence[tuple[Shown, bool]] = ()
    groups: Groups = field(default_factory=dict)

    def of(self, flags: Collection[str]) -> "Beside":
        """Return what it is of some flags."""
        return Beside(
            [one.of(flags) for one in self.earlier],
            [(one.of(flags), within) for one, within in self.overlapping],
            {
                pattern: {flag: by_cell for flag, by_cell in counts.items() if flag in flags}
                for pattern, counts in self.groups.items()
            },
        )


def published(figures: pd.DataFrame) -> dict[str, dict[int, int]]:
    """Return the counts of exact figures that a release prints or hides."""
    return counted(figures[figures["status"] != "x"])


def counted(figures: pd.DataFrame) -> dict[str, dict[int, int]]:
    """Return the counts of exact figures, also of places that no agency there reports on."""
    rows = figures[figures["statistic"].isin(COUNTED)]
    rows = rows.assign(flag=rows["flag"].replace(SAME))
    rows = rows[["flag", "cell", "n"]].drop_duplicates().sort_values(["flag", "cell"])
    return {
        str(flag): dict(zip(of["cell"].tolist(), of["n"].tolist(), strict=True))
        for flag, of in rows.groupby("flag")
    }


def sets_of(flags: Sequence[str]) -> list[list[str]]:
    """Return flags by what hangs together."""
    number = {flag: k for k, flag in enumerate(flags)}
    pairs = [(part, whole) for part, wholes in WITHIN.items() for whole in wholes]
    pairs += [(n, band) for n, by in BANDS.items() for bands in by for band in bands]
    pairs += [
        *ALIKE,
        *((more[0], flag) for more, fewer in (*AT_LEAST, *TIES) for flag in more + fewer),
    ]
    known = [(number[a], number[b]) for a, b in pairs if a in number and b in number]
    ends = np.array(known, np.int64).reshape(-1, 2).T
    graph = coo_matrix((np.ones(len(known)), ends), (len(flags), len(flags)))
    count, label = connected_components(graph, directed=False)
    return [[flag for k, flag in enumerate(flags) if label[k] == one] for one in range(count)]


def linked(now: Shown, beside: Beside, grid: Grid, policy: Policy) -> Linked:
    """Return the counts of one set, linked with those of releases beside it."""
    linker = Linker(grid, policy)
    added = {NOW: linker.add(now.counts, now.days)}
    linker.linking.bounds += of_rows_used(now.used, now.counts, added[NOW], grid, policy)
    for one in beside.earlier:
        same = {
            (flag, cell): number
            for name, numbers in added.items()
            for (flag, cell), number in numbers.items()
            if one.same.get(cell) == name
        }
        added[one.name] = linker.add(one.counts, one.days, same, one.name)
    if beside.earlier:
        hold_together(linker, added, beside.groups)
    for one, within in beside.overlapping:
        other = linker.add(one.counts, one.days, None, one.name)
        for numbers in added.values():
            nested(linker, *((other, numbers) if within else (numbers, other)))
    return linker.linking.done()


def masks(found: Sequence[tuple[Linked, Mask]], grid: Grid) -> dict[str, Mask]:
    """Return by flag in which cells it is hidden, of sets and what is hidden in them.

    For what a rate leaves of its denominator: in which cells the percentage is.
    """
    hidden: dict[str, Mask] = defaultdict(lambda: np.zeros(len(grid.cells), np.bool_))
    for one, pattern in found:
        for at in np.flatnonzero(one.decided).tolist():
            flag, cell = one.names[at]
            hidden[flag][cell] = pattern[at]
    return dict(hidden) | {flag: hidden[same] for flag, same in SAME.items() if same in hidden}
