"""The counts of one release after the other, linked: what is printed, and how it adds up."""

from collections.abc import Iterator, Mapping
from math import log1p

import pandas as pd

from measures.breakdowns import NAMES, TOTAL
from measures.catalogue import RATES
from measures.contained import BANDS, WITHIN
from measures.disclosure.closed import of_closed_regions
from measures.disclosure.days import between_bases, bounds, days_told
from measures.disclosure.groups import bounds_of_wholes
from measures.disclosure.likely import alike, likely
from measures.disclosure.linked import NOBODY, Linking, Name
from measures.disclosure.policy import Policy
from measures.disclosure.publish import complement
from measures.grid import Grid
from measures.lines import lines

Counts = Mapping[str, Mapping[int, int]]
"""By flag, the true count of every cell in which it is published."""
COST = {"England": 6.0, "Region": 2.0, "Agency": 1.0}
TOTALS_COST = 3.0
CHANGING = ["age", "stage"]  # by which a child is not counted alike in two periods
NO_REGION = " of no known region"
AMONG = {rate.of: rate.among for rate in RATES}


class Linker:
    """Adds counts to a `linking`; a quantity's name is its flag and cell number.

    What a part leaves of its whole has a flag that says so: a rate's percentage goes by it.
    """

    def __init__(self, grid: Grid, policy: Policy) -> None:
        """Learn how cells add up, and who they are of; a total, and a wide one, is dear to hide."""
        self.linking, self.policy, self.grid = Linking(), policy, grid
        levels, places = (grid.cells[name] for name in ("geographic_level", "geography"))
        self.units = [policy.rounding(level) for level in levels]
        number = {agency: k for k, agency in enumerate(grid.agencies)}
        of = zip(levels, places, strict=True)
        self.agency = [number[place] if level == "Agency" else NOBODY for level, place in of]
        totals = (grid.cells[list(NAMES)] == TOTAL).all(axis=1)
        self.totals, self.places = totals.tolist(), places.tolist()
        self.lasting = (grid.cells[CHANGING] == TOTAL).all(axis=1).tolist()
        self.cost = (levels.map(COST) + TOTALS_COST * totals).tolist()
        self.lines = list(lines(grid))
        wider = enumerate(grid.wider["england"].tolist())
        self.england = [cell if of < 0 else of for cell, of in wider]

    def add(
        self,
        counts: Counts,
        days: pd.DataFrame | None,
        known: Mapping[Name, int] | None = None,
        release: str = "",
        *,
        secret: bool = True,
    ) -> dict[Name, int]:
        """Add the counts of a release, and what ties them; return the numbers of them all.

        `days` are the quartiles that are published (see `measures.disclosure.days`), None where
        nobody prints the counts. `known` are those that were added with another release already,
        with what ties them to each other; the names of the others say which `release` they are of.
        What a part leaves, and what nobody prints, may be found out where it is not `secret`.
        """
        known = known or {}
        new = {name: n for name, n in _each(counts) if name not in known}
        if days is None:
            added = {
                name: self._unprinted(name, n, release, secret=secret) for name, n in new.items()
            }
        else:
            added = {name: self._printed(name, n, release) for name, n in new.items()}
        at = {**known, **added}
        unknown = self._add_lines(counts, at, known, release)
        elsewhere = {
            flag: {cell: self.truth(n) for (of, cell), n in unknown.items() if of == flag}
            for flag in counts
        }
        for part, cell in _contained(elsewhere):
            self._leave(elsewhere, unknown, (part, cell), NO_REGION + release, secret=secret)
        for part, cell in _contained(counts):
            if (part, cell) not in known:
                rest = self._leave(counts, at, (part, cell), release, secret=secret)
                if days is not None and AMONG.get(part) in WITHIN[part]:
                    self.linking.shares.append((at[part, cell], at[AMONG[part], cell], rest))
        self._add_bands(counts, at, known)
        if not release:  # of those before, what is written in them is enough to reckon with
            for wholes, part, cell in alike(counts):
                self.linking.add_up([at[whole, cell] for whole in wholes], [at[part, cell]])
            for region, agencies in of_closed_regions(counts, self.grid):
                self.linking.add_up([at[region]], [at[agency] for agency in agencies])
            self.linking.bounds += likely(counts, at, self.totals, self.policy.threshold)
        self.linking.bounds += between_bases(unknown)
        if days is None:
            self.linking.bounds += between_bases(added)
        else:
            told = days_told(days, self.units, self.policy)
            self.linking.bounds += bounds(told, added)
            self.linking.bounds += bounds_of_wholes(told, at, added, self.lines, self.truth)
        return at

    def truth(self, number: int) -> int:
        """Return the true value of a quantity."""
        return self.linking.columns[number][0]

    def _printed(self, name: Name, n: int, release: str) -> int:
        flag, cell = name
        cost = self.cost[cell] + log1p(n) / 10
        number = self.linking.printed(
            (flag + release, cell), n, self.units[cell], self.agency[cell], cost
        )
        if flag in BANDS:
            self.linking.split[number] = self.policy.quantile  # from there on a median is shown
        return number

    def _unprinted(self, name: Name, n: int, release: str, *, secret: bool) -> int:
        flag, cell = name
        called = flag + release, cell
        if secret:
            return self.linking.left(called, n, self.agency[cell])
        return self.linking.unseen(called, n)

    def _add_lines(
        self, counts: Counts, at: Mapping[Name, int], known: Mapping[Name, int], release: str
    ) -> dict[Name, int]:
        """Add up cells along every line; return the quantities of children of no known region."""
        unknown: dict[Name, int] = {}
        for flag, by_cell in counts.items():
            for line in self.lines:
                here = [part for part in line.parts if part in by_cell]
                name = (flag, line.whole)
                if line.whole in by_cell and here and name not in known:
                    numbers = [at[flag, part] for part in here]
                    if not line.all:
                        others = by_cell[line.whole] - sum(by_cell[part] for part in here)
                        called = flag + NO_REGION + release, line.whole
                        unknown.setdefault(name, self.linking.unseen(called, others))
                        numbers.append(unknown[name])
                        if not others and not release:  # who takes it that all are known is right
                            self.linking.add_up([unknown[name]], [])
                    self.linking.add_up([at[name]], numbers)
        return unknown

    def _add_bands(self, counts: Counts, at: Mapping[Name, int], known: Mapping[Name, int]) -> None:
        """Add up bands to n, all that there are."""
        for whole, divisions in BANDS.items():
            for bands in divisions:
                for cell in counts.get(whole, ()):
                    parts = [at[band, cell] for band in bands if (band, cell) in at]
                    if parts and (whole, cell) not in known:
                        self.linking.add_up([at[whole, cell]], parts)

    def _leave(
        self, counts: Counts, at: Mapping[Name, int], name: Name, release: str, *, secret: bool
    ) -> int:
        """Add what a part leaves of its wholes together; return its number."""
        part, cell = name
        wholes = WITHIN[part]
        left = sum(counts[whole][cell] for whole in wholes) - counts[part][cell]
        rest = self._unprinted((_rest(part), cell), left, release, secret=secret)
        self.linking.add_up([at[whole, cell] for whole in wholes], [at[name], rest])
        return rest


def _rest(part: str) -> str:
    """Return the flag of what a part leaves of its wholes."""
    return complement(part, " and ".join(WITHIN[part]))


def _each(counts: Counts) -> Iterator[tuple[Name, int]]:
    for flag, by_cell in counts.items():
        for cell, n in by_cell.items():
            yield (flag, cell), n


def _contained(counts: Counts) -> Iterator[Name]:
    """Yield every flag and cell that stands beside all of its wholes."""
    for part, wholes in WITHIN.items():
        if part in counts and all(whole in counts for whole in wholes):
            for cell in counts[part]:
                if all(cell in counts[whole] for whole in wholes):
                    yield part, cell
