"""A release's counts as linked quantities, set by set, and back to what is hidden by flag.

Counts stand in one set where one contains another, or they add up to a third, so that somebody
could subtract them. See docs/decisions.md for why the sets cannot be combined further.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log1p

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from measures.breakdowns import NAMES, TOTAL
from measures.catalogue import RATES
from measures.contained import BANDS, SAME, WITHIN
from measures.disclosure.days import bounds
from measures.disclosure.linked import NOBODY, Linked, Linking, Mask, Name
from measures.disclosure.policy import Policy
from measures.disclosure.publish import complement
from measures.figures import COUNTED
from measures.grid import Grid
from measures.lines import lines

Counts = Mapping[str, Mapping[int, int]]
"""By flag, the true count of every cell in which it is published."""
COST = {"England": 6.0, "Region": 2.0, "Agency": 1.0}
TOTALS_COST = 3.0
AMONG = {rate.of: rate.among for rate in RATES}


def published(figures: pd.DataFrame) -> dict[str, dict[int, int]]:
    """Return the counts of exact figures that a release prints or hides."""
    rows = figures[figures["statistic"].isin(COUNTED) & (figures["status"] != "x")]
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
    known = [(number[a], number[b]) for a, b in pairs if a in number and b in number]
    ends = np.array(known, np.int64).reshape(-1, 2).T
    graph = coo_matrix((np.ones(len(known)), ends), (len(flags), len(flags)))
    count, label = connected_components(graph, directed=False)
    return [[flag for k, flag in enumerate(flags) if label[k] == one] for one in range(count)]


def linked(counts: Counts, days: pd.DataFrame, grid: Grid, policy: Policy) -> Linked:
    """Return the counts of one set, linked; a quantity's name is its flag and cell number.

    `days` are the quartiles that are published (see `measures.disclosure.days`).
    """
    linking = Linking()
    agency = _agencies(grid)
    at = _printed(linking, counts, grid, policy, agency)
    unknown = _add_lines(linking, counts, grid, at)
    elsewhere = {
        flag: {cell: linking.columns[n][0] for (of, cell), n in unknown.items() if of == flag}
        for flag in counts
    }
    for part, cell in _contained(elsewhere):
        _leave(linking, elsewhere, unknown, (part, cell), NOBODY)
    for part, cell in _contained(counts):
        rest = _leave(linking, counts, at, (part, cell), agency[cell])
        if AMONG.get(part) in WITHIN[part]:
            linking.shares.append((at[part, cell], at[AMONG[part], cell], rest))
    for whole_flag, divisions in BANDS.items():
        for bands in divisions:
            for cell in counts.get(bands[0], ()):
                linking.add_up([at[whole_flag, cell]], [at[band, cell] for band in bands])
    linking.bounds += bounds(days, at, _units(grid, policy), policy)
    return linking.done()


def _add_lines(
    linking: Linking, counts: Counts, grid: Grid, at: Mapping[Name, int]
) -> dict[Name, int]:
    """Add up cells along every line; return the quantities of children of no known region."""
    unknown: dict[Name, int] = {}
    sums = list(lines(grid))
    for flag, by_cell in counts.items():
        for line in sums:
            here = [part for part in line.parts if part in by_cell]
            if line.whole in by_cell and here:
                name = (flag, line.whole)
                numbers = [at[flag, part] for part in here]
                if not line.all:
                    others = by_cell[line.whole] - sum(by_cell[part] for part in here)
                    numbers.append(unknown.setdefault(name, linking.unseen(name, others)))
                linking.add_up([at[name]], numbers)
    return unknown


def _leave(
    linking: Linking, counts: Counts, at: Mapping[Name, int], name: Name, agency: int
) -> int:
    """Add what a part leaves of its wholes together; return its number."""
    part, cell = name
    left = sum(counts[whole][cell] for whole in WITHIN[part]) - counts[part][cell]
    rest = linking.left(name, left, agency)
    linking.add_up([at[whole, cell] for whole in WITHIN[part]], [at[name], rest])
    return rest


def _printed(
    linking: Linking, counts: Counts, grid: Grid, policy: Policy, agency: Sequence[int]
) -> dict[Name, int]:
    """Add every count that is published; a total, and a wide one, is dearer to hide."""
    levels = grid.cells["geographic_level"].tolist()
    totals = (grid.cells[list(NAMES)] == TOTAL).all(axis=1).tolist()
    units = _units(grid, policy)
    return {
        (flag, cell): linking.printed(
            (flag, cell),
            n,
            units[cell],
            agency[cell],
            COST[levels[cell]] + TOTALS_COST * totals[cell] + log1p(n) / 10,
        )
        for flag, by_cell in counts.items()
        for cell, n in by_cell.items()
    }


def _contained(counts: Counts) -> Iterator[Name]:
    """Yield every flag and cell that stands beside all of its wholes."""
    for part, wholes in WITHIN.items():
        if part in counts and all(whole in counts for whole in wholes):
            for cell in counts[part]:
                if all(cell in counts[whole] for whole in wholes):
                    yield part, cell


def _units(grid: Grid, policy: Policy) -> list[int]:
    return [policy.rounding(level) for level in grid.cells["geographic_level"]]


def _agencies(grid: Grid) -> list[int]:
    number = {agency: k for k, agency in enumerate(grid.agencies)}
    places = zip(grid.cells["geographic_level"], grid.cells["geography"], strict=True)
    return [number[place] if level == "Agency" else NOBODY for level, place in places]


def masks(found: Sequence[tuple[Linked, Mask]], grid: Grid) -> dict[str, Mask]:
    """Return by flag in which cells it is hidden, of sets and what is hidden in them.

    For what a rate leaves of its denominator: in which cells the percentage is.
    """
    hidden: dict[str, Mask] = defaultdict(lambda: np.zeros(len(grid.cells), np.bool_))
    for one, pattern in found:
        for at in np.flatnonzero(one.printed).tolist():
            flag, cell = one.names[at]
            hidden[flag][cell] = pattern[at]
        for n, _, rest in one.shares.tolist():
            flag, cell = one.names[n]
            hidden[complement(flag, AMONG[flag])][cell] = pattern[rest]
    return dict(hidden) | {flag: hidden[same] for flag, same in SAME.items() if same in hidden}
