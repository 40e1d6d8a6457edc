"""The pattern of a whole linked set: which counts and which percentages are shown.

Counts are taken wholes first, each with its tables; a table shares cells with others (totals,
England's single characteristics), so tables are revisited until nothing more is hidden. A part may
move only as far as its wholes and its own parts allow, and where a difference between a whole and
its part is small it must be movable like any hidden count.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from measures.disclosure.figure import printed
from measures.disclosure.grids import Grid, band_grids, count_grids
from measures.disclosure.linked import CHARACTERISTICS, ENGLAND, TOTAL, Cell, Count, Linked, Refused
from measures.disclosure.table import FAR, NOBODY, Facts, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    import numpy.typing as npt

    from measures.disclosure.policy import Policy

    Ints = npt.NDArray[np.int64]
    Percent = tuple[str, Cell, tuple[int, int]]

_ROUNDS = 6
_ROOM = 2  # more than the protection, where a table knows its totals only about
_PRICE = {"England": 4.0, "Region": 2.0, "Agency": 1.0}  # of hiding a cell: what readers lose


@dataclass
class Pattern:
    """What is known of every cell of a linked set: its true value, whether it is hidden."""

    truth: dict[Cell, int] = field(default_factory=dict)
    hidden: set[Cell] = field(default_factory=set)
    locked: set[Cell] = field(default_factory=set)
    percents_hidden: set[tuple[str, Cell]] = field(default_factory=set)
    reach: dict[Cell, dict[str, tuple[int, int]]] = field(default_factory=dict)

    def reached(self, cell: Cell) -> tuple[float, float]:
        """Return how far a cell moves in all of its own tables, as far as they were asked."""
        found = self.reach.get(cell, {"": (-np.inf, np.inf)}).values()
        return max(low for low, _ in found), min(high for _, high in found)


def printing_range(value: int, unit: int, threshold: int) -> tuple[int, int]:
    """Return the least and greatest count that would be shown as this one is."""
    if value == 0:
        return 0, 0
    shown = (2 * value + unit) // (2 * unit) * unit
    return max(threshold + 1, shown - unit // 2), shown + (unit - 1) // 2


@lru_cache(maxsize=100_000)
def percent_range(numerator: int, denominator: int, reach: int, *, moving: str) -> tuple[int, int]:
    """Return how far one of the two may move, up to `reach`, the percentage printed the same."""
    same = printed(numerator, denominator)

    def prints_same(step: int) -> bool:
        n = numerator + step if moving == "numerator" else numerator
        d = denominator + step if moving == "denominator" else denominator
        return 0 <= n <= d and d > 0 and printed(n, d) == same

    low = high = 0
    while low > -reach and prints_same(low - 1):
        low -= 1
    while high < reach and prints_same(high + 1):
        high += 1
    return low, high


@lru_cache(maxsize=100_000)
def share_range(
    numerator: int, denominator: int, unit: int, threshold: int
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the ranges of both counts, rounded as they are, that print the same percentage."""
    same = printed(numerator, denominator)
    tops, bottoms = (printing_range(v, unit, threshold) for v in (numerator, denominator))
    pairs = [
        (n, d)
        for n in range(tops[0], tops[1] + 1)
        for d in range(max(n, bottoms[0]), bottoms[1] + 1)
        if printed(n, d) == same
    ]
    return (
        (min(n for n, _ in pairs), max(n for n, _ in pairs)),
        (min(d for _, d in pairs), max(d for _, d in pairs)),
    )


class Protection:
    """One linked set under protection. Call `run` once."""

    def __init__(
        self,
        linked: Linked,
        policy: Policy,
        forced: Collection[Cell] = (),
        known: Collection[Cell] = (),
        *,
        insiders: bool = True,
    ) -> None:
        self.linked, self.policy, self.insiders = linked, policy, insiders
        self.forced, self.known = frozenset(forced), frozenset(known)
        self.pattern = Pattern()
        self.counts = {count.flag: count for count in linked.counts}
        self.numbers = linked.atoms["n"].to_numpy(np.int64)

    def run(self) -> Pattern:
        """Return the pattern; `Refused` where none is safe."""
        order = _wholes_first(tuple(c for c in self.linked.counts if not c.bands_of))
        grids = {count.flag: count_grids(self.linked, count) for count in order}
        for found in grids.values():
            self._learn(found)
        todo = [count.flag for count in order]
        for _ in range(_ROUNDS):
            for flag in todo:
                self._settle(flag, grids[flag])
            todo = [count.flag for count in order if self._stale(grids[count.flag])]
            if not todo:
                break
        else:
            raise Refused(f"the counts of {self.linked.name} do not come to rest")
        for count in order:
            bands = band_grids(self.linked, count)
            self._learn(bands)
            self._settle(count.flag, bands)
        return self.pattern

    def _stale(self, grids: list[Grid]) -> bool:
        """Whether a whole was hidden since, so that its part has cells to be hidden too."""
        return any(
            cell not in self.pattern.hidden and self._must_hide(cell)
            for grid in grids
            for cell in grid.cells
        )

    def _sizes(self, grid: Grid) -> Ints:
        flags = self.linked.atoms[grid.counted].to_numpy(np.int64) if grid.counted else 1
        return grid.sizes(self.numbers * flags)

    def _learn(self, grids: list[Grid]) -> None:
        """Note the true value of every cell; the tables that share one must agree."""
        for grid in grids:
            values = [int(value) for value in grid.rows @ self._sizes(grid)]
            for cell, value in zip(grid.cells, values, strict=True):
                if self.pattern.truth.setdefault(cell, value) != value:
                    raise Refused(f"{cell} counts differently in two tables")

    def _settle(self, flag: str, grids: list[Grid]) -> None:
        for grid in grids:
            self._hide_small(grid.cells)
        stale = list(range(len(grids)))
        for _ in range(_ROUNDS * max(1, len(grids))):
            if not stale:
                return
            at = stale.pop(0)
            fresh = self._table(grids[at])
            touched = {k for k, g in enumerate(grids) if k != at and not fresh.isdisjoint(g.cells)}
            stale += sorted(touched - set(stale))
        raise Refused(f"the tables of {flag} do not come to rest")

    def _hide_small(self, cells: Iterable[Cell]) -> None:
        pattern = self.pattern
        for cell in cells:
            forced = self._must_hide(cell)
            if forced:
                pattern.hidden.add(cell)
            if forced or pattern.truth[cell] == 0 or cell in self.known:
                pattern.locked.add(cell)

    def _must_hide(self, cell: Cell) -> bool:
        """Whether a count is small, or would give a small or hidden one away by itself."""
        value = self.pattern.truth[cell]
        return (
            cell in self.forced
            or 1 <= value <= self.policy.threshold
            or self._small_difference(cell, exact=True)
            or (value > 0 and self._close_to_hidden(cell))
        )

    def _wholes(self, flag: str) -> tuple[tuple[str, ...], ...]:
        count = self.counts[flag]
        return (*count.within, *(((count.bands_of,),) if count.bands_of else ()))

    def _rests(self, cell: Cell) -> Iterator[tuple[list[Cell], int]]:
        """Yield the wholes of a count in its cell, and by how much they exceed it."""
        for wholes in self._wholes(cell.flag):
            cells = [cell._replace(flag=flag) for flag in wholes]
            if all(c in self.pattern.truth for c in cells):
                rest = sum(self.pattern.truth[c] for c in cells) - self.pattern.truth[cell]
                yield cells, rest

    def _close_to_hidden(self, cell: Cell) -> bool:
        """Whether a hidden whole is nearly this count, which would then stand for it."""
        return any(
            rest <= self.policy.threshold and not self.pattern.hidden.isdisjoint(cells)
            for cells, rest in self._rests(cell)
        )

    def _small_difference(self, cell: Cell, *, exact: bool) -> bool:
        """Whether a shown whole less this count is small, at a level shown exactly or not."""
        if (self.policy.rounding(cell.geographic_level) == 1) != exact:
            return False
        return any(
            1 <= rest <= self.policy.threshold and self.pattern.hidden.isdisjoint(cells)
            for cells, rest in self._rests(cell)  # from a hidden whole nobody can subtract
        )

    def _reach(self, cell: Cell) -> tuple[int, int]:
        """Return the least and greatest value that a count may have, as others see it."""
        if cell in self.pattern.hidden:
            return min(1, self.pattern.truth[cell]), self.pattern.truth[cell] + FAR
        unit = self.policy.rounding(cell.geographic_level)
        low, high = printing_range(self.pattern.truth[cell], unit, self.policy.threshold)
        for ratio in self.linked.ratios if unit > 1 else ():
            pair = [cell._replace(flag=flag) for flag in (ratio.numerator, ratio.denominator)]
            if cell in pair and all(c in self.pattern.truth for c in pair):
                top, bottom = pair
                n, d = self.pattern.truth[top], self.pattern.truth[bottom]
                if d and self._percent_shown(top, bottom):
                    ends = share_range(n, d, unit, self.policy.threshold)[pair.index(cell)]
                    low, high = max(low, ends[0]), min(high, ends[1])
        return low, high

    def _within(self, cell: Cell) -> tuple[float, float]:
        """Return the least and greatest value of a count that its wholes and parts allow."""
        low, high, truth = 0.0, np.inf, self.pattern.truth
        for cells, _ in self._rests(cell):
            high = min(high, sum(self._reach(c)[1] for c in cells))
        for part in self.linked.counts:
            for wholes in self._wholes(part.flag):
                if cell.flag in wholes and not part.bands_of:
                    low = max(low, self._part(cell, part, wholes))
        return low, max(high, truth[cell])

    def _part(self, cell: Cell, part: Count, wholes: tuple[str, ...]) -> float:
        """Return how much of a whole one part, not yet protected, is sure to take up.

        Nothing where it is small or nearly the whole: it is going to be hidden with the whole.
        """
        truth = self.pattern.truth
        value = truth.get(cell._replace(flag=part.flag), 0)
        rest = sum(truth.get(cell._replace(flag=flag), 0) for flag in wholes) - value
        if min(value, rest) <= self.policy.threshold:
            return 0.0
        unit = self.policy.rounding(cell.geographic_level)
        inside, _ = printing_range(value, unit, self.policy.threshold)
        others = [cell._replace(flag=flag) for flag in wholes if flag != cell.flag]
        return float(inside - sum(self._reach(c)[1] for c in others))

    def _table(self, grid: Grid) -> set[Cell]:
        """Protect one table; return the cells that it newly hid."""
        cells, size = grid.cells, self._sizes(grid)
        percents = [
            (ratio, cell, reach)
            for cell in cells
            if cell not in self.pattern.hidden
            for ratio, reach in self._percents(cell)
        ]
        self._hide_telling(percents)
        percents = [
            p
            for p in percents
            if (p[0], p[1]._replace(flag=p[0])) not in self.pattern.percents_hidden
        ]
        at = {cell: place for place, cell in enumerate(cells)}
        every = [*range(len(cells)), *(at[cell] for _, cell, _ in percents)]
        facts = self._facts(grid, cells, percents)
        rows = grid.rows[every]
        if caps := list(self._caps(cells)):
            sums = [grid.rows[[at[cell] for cell in some]].sum(axis=0) for some, _ in caps]
            rows = sparse.vstack([rows, sparse.csr_array(np.array(sums))]).tocsr()
            facts = facts.capped([rest for _, rest in caps])
        table = Table(
            rows,
            size,
            grid.agencies,
            grid.homes(size),
            facts,
            self.policy.protection,
            alone=min(self.policy.rounding_england, self.policy.rounding_region) > 1,
        )
        before = facts.hidden.copy()
        table.protect(insiders=self.insiders)
        fresh = set()
        for place, cell in enumerate(cells):
            if facts.hidden[place] and not before[place]:
                fresh.add(cell)
        self.pattern.hidden |= fresh
        for place, cell in enumerate(cells):
            if not grid.parents[place] and self._is_parent(cell):
                self.pattern.reach.setdefault(cell, {})[grid.name] = table.reach(place)
        for k, (ratio, cell, _) in enumerate(percents):
            if facts.hidden[len(cells) + k]:
                self.pattern.percents_hidden.add((ratio, cell._replace(flag=ratio)))
        return fresh

    def _caps(self, cells: Sequence[Cell]) -> Iterator[tuple[list[Cell], int]]:
        """Yield an agency's cells whose wholes are hidden, and by how much these exceed them.

        The hidden wholes of a row may not be known one by one, but their sum is: it is what the
        shown ones leave of their total. Their parts cannot add up to more.
        """
        pattern = self.pattern
        rows: dict[tuple[str, ...], dict[Cell, int]] = {}
        for cell in cells:
            if cell.geographic_level != "Agency" or not _broken_down(cell):
                continue
            for wholes, rest in self._rests(cell):
                totals = {Cell(whole.flag, *cell[1:3]) for whole in wholes}
                if not pattern.hidden.isdisjoint(wholes) and pattern.hidden.isdisjoint(totals):
                    key = (cell.geography, *(whole.flag for whole in wholes))
                    rows.setdefault(key, {})[cell] = rest
        for found in rows.values():
            yield list(found), sum(found.values())

    def _is_parent(self, cell: Cell) -> bool:
        """Whether other tables hold a cell too: England's single ones, and totals with bands."""
        broken_down = sum(getattr(cell, name) != TOTAL for name in CHARACTERISTICS)
        if cell.geographic_level == "England":
            return broken_down < 2 and cell.ethnicity == TOTAL
        banded = any(count.bands_of == cell.flag for count in self.linked.counts)
        exact = self.policy.rounding(cell.geographic_level) == 1
        return banded and not broken_down and not (exact and cell not in self.pattern.hidden)

    def _bounded(self, cell: Cell) -> bool:
        """Whether a cell's reach in its own tables binds it in others too.

        A hidden cell of an agency or region may move further, where its bands move with it.
        """
        return cell.geographic_level == "England" or cell not in self.pattern.hidden

    def _hide_telling(self, percents: list[Percent]) -> None:
        """Hide the percentages that say more than rounded counts, where an agency's are hidden.

        Their room is so small that two agencies of a region would give each other away.
        """
        pattern, room = self.pattern, self.policy.protection
        for ratio, cell, (low, high) in percents:
            if low <= -room and high >= room:
                continue
            inside = self.agencies_of.get(cell.geography, ())
            if any(
                cell._replace(geographic_level="Agency", geography=agency) in pattern.hidden
                for agency in inside
            ):
                pattern.percents_hidden.add((ratio, cell._replace(flag=ratio)))

    @cached_property
    def agencies_of(self) -> dict[str, tuple[str, ...]]:
        """The agencies that have children in each region, and in England."""
        pairs = self.linked.atoms[["region", "agency"]].drop_duplicates()
        inside = {str(r): tuple(sorted(a)) for r, a in pairs.groupby("region")["agency"]}
        return inside | {ENGLAND: self.linked.values["agency"]}

    def _percents(self, cell: Cell) -> Iterator[tuple[str, tuple[int, int]]]:
        """Yield each percentage that may be shown beside a rounded count, and how far it lets move.

        Beside exact counts a percentage says nothing new.
        """
        pattern, unit = self.pattern, self.policy.rounding(cell.geographic_level)
        for ratio in self.linked.ratios if unit > 1 else ():
            top, bottom = cell._replace(flag=ratio.numerator), cell._replace(flag=ratio.denominator)
            if cell not in (top, bottom):
                continue
            n, d = pattern.truth[top], pattern.truth[bottom]
            if self._percent_shown(top, bottom) and d:
                moving = "numerator" if cell == top else "denominator"
                yield ratio.numerator, percent_range(n, d, unit, moving=moving)

    def _percent_shown(self, top: Cell, bottom: Cell) -> bool:
        """Whether a percentage may still be shown; a count of 1 to 5 will be hidden, if not yet."""
        pattern, small = self.pattern, range(1, self.policy.threshold + 1)
        n, d = pattern.truth[top], pattern.truth[bottom]
        return not (
            {top, bottom} & pattern.hidden
            or (top.flag, top) in pattern.percents_hidden
            or n in small
            or d - n in small
            or (n in (0, d) and d < self.policy.percentage)
        )

    def _facts(self, grid: Grid, cells: Sequence[Cell], percents: list[Percent]) -> Facts:
        """Return what is known of a table's cells, then of the percentages beside them."""
        low, high = np.empty((2, 2, len(cells) + len(percents)))
        pattern, threshold = self.pattern, self.policy.threshold
        for k, cell in enumerate(cells):
            value = pattern.truth[cell]
            least, most = self._within(cell)
            unit = self.policy.rounding(cell.geographic_level)
            shown = printing_range(value, unit, threshold)
            low[:, k] = max(shown[0], least), max(least, min(value, 1))
            high[:, k] = min(shown[1], most), most
            low[:, k], high[:, k] = low[:, k] - value, high[:, k] - value
            if grid.parents[k] and self._bounded(cell):
                reach = pattern.reached(cell)
                as_is = int(cell in pattern.hidden)
                low[as_is, k] = max(low[as_is, k], reach[0])
                high[as_is, k] = min(high[as_is, k], reach[1])
        for k, (_, cell, reach) in enumerate(percents, len(cells)):
            low[:, k], high[:, k] = (reach[0], -pattern.truth[cell]), (reach[1], np.inf)
        every = [*cells, *(cell for _, cell, _ in percents)]
        truth = np.array([pattern.truth[cell] for cell in every], np.int64)
        beside = np.arange(len(every)) >= len(cells)
        places = {name: place for place, name in enumerate(self.linked.values["agency"])}
        levels = np.array([_PRICE[cell.geographic_level] for cell in every])
        totals = np.array([not _broken_down(cell) for cell in every])
        return Facts(
            names=[str(cell) for cell in every],
            truth=truth,
            shown_low=np.minimum(low[0], 0),
            shown_high=np.maximum(high[0], 0),
            hidden_low=np.minimum(low[1], 0),
            hidden_high=np.maximum(high[1], 0),
            hidden=np.array([cell in pattern.hidden for cell in every]) & ~beside,
            locked=np.array(
                [
                    c in pattern.locked or (p and c.geographic_level != "England")
                    for c, p in zip(cells, grid.parents, strict=True)
                ]
                + [False] * len(percents)
            ),
            target=~beside,
            always=np.array(
                [c not in pattern.hidden and self._small_difference(c, exact=False) for c in every]
            )
            & ~beside,
            room=np.array(
                [_ROOM * (any(grid.parents) and c.geographic_level == "England") for c in every],
                np.int64,
            ),
            price=np.where(beside, 0.3, np.where(totals, 10.0, levels)) + 1e-5 * np.log1p(truth),
            agency=np.array(
                [places[c.geography] if c.geographic_level == "Agency" else NOBODY for c in every],
                np.int64,
            ),
            own=~beside & ~np.array([*grid.parents, *[False] * len(percents)]),
            **self._rows(grid, cells, len(percents)),
        )

    def _rows(self, grid: Grid, cells: Sequence[Cell], more: int) -> dict[str, np.ndarray]:
        """Return which cells are an agency's finest, in which row, and with which total."""
        fine = np.zeros(len(cells) + more, bool)
        row, total = np.full((2, len(cells) + more), -1, np.int64)
        whole = {
            c.geography: k
            for k, c in enumerate(cells)
            if c.geographic_level == "Agency"
            and not _broken_down(c)
            and (grid.parents[k] or not grid.undivided)
        }
        rows: dict[tuple[str, str], int] = {}
        for k, cell in enumerate(cells):
            if (
                cell.geographic_level != "Agency"
                or grid.parents[k]
                or not (grid.undivided or _broken_down(cell))
            ):
                continue
            fine[k], total[k] = True, whole.get(cell.geography, -1)
            basis = self.counts[cell.flag].basis
            row[k] = rows.setdefault((cell.geography, basis), len(rows))
        return {"fine": fine, "row": row, "total": total}


def _broken_down(cell: Cell) -> bool:
    return any(getattr(cell, name) != TOTAL for name in CHARACTERISTICS)


def _wholes_first(counts: tuple[Count, ...]) -> list[Count]:
    """Return counts so that each comes after all its wholes; `ValueError` for a circle."""
    done: list[Count] = []
    waiting = list(counts)
    while waiting:
        ready = [
            c
            for c in waiting
            if not {f for w in c.within for f in w} & {other.flag for other in waiting}
        ]
        if not ready:
            raise ValueError(f"counts within each other: {[c.flag for c in waiting]}")
        done += ready
        waiting = [c for c in waiting if c not in ready]
    return done
