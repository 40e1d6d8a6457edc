"""One table made safe: hide cells until each hidden one could be several things, then show again.

What proves a cell safe is a pair of witnesses: whole-number tables that print exactly as the
release
does and differ in that cell by the protection or more. The truth is the first witness; every other
is the truth changed. A cell without witnesses is repaired: the cheapest change that moves it says
which shown cells move with it, and those are hidden too.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from measures.disclosure.linked import Refused
from measures.disclosure.part import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt
    from scipy import sparse

    Bools = npt.NDArray[np.bool_]
    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]
    Route = tuple[float, Bools, Ints | None]

FAR = 12  # witnesses need small changes only; a bound keeps every programme bounded
NOBODY = -1
_TURNS = 3
CHEAPEST = 1.0  # the price of hiding one agency's cell
Scope = tuple[int, bool]  # whose children may move (NOBODY: anybody's); only at home?


@dataclass
class Facts:
    """What is known of each cell of a table; all arrays have one entry a cell.

    `shown_low` to `shown_high` is how far the truth could move and still print the same;
    `hidden_low` to `hidden_high` the same where it is hidden (0 or less, 0 or more; in children).
    `hidden` now; `locked` cells stay as they are; `target` cells must be movable when hidden,
    `always` even when shown, by the protection and, where it can be had, `room` more. `price` of
    hiding; `agency` that owns the cell, or NOBODY; `own` unless another table owns it too. `fine`
    for an agency's cells that are no totals of others here: those of one `row` add up to its
    `total` (a cell's number, -1 for none).
    """

    names: list[str]
    truth: Ints
    shown_low: Floats
    shown_high: Floats
    hidden_low: Floats
    hidden_high: Floats
    hidden: Bools
    locked: Bools
    target: Bools
    always: Bools
    room: Ints
    price: Floats
    agency: Ints
    own: Bools
    fine: Bools
    row: Ints
    total: Ints

    def capped(self, rests: list[int]) -> Facts:
        """Return these facts with further rows that are no cells: sums that may grow by so much."""
        more = len(rests)
        added: dict[str, npt.ArrayLike] = {
            "shown_low": [-np.inf] * more,
            "shown_high": rests,
            "hidden_low": [-np.inf] * more,
            "hidden_high": rests,
            "locked": [True] * more,
            "agency": [NOBODY] * more,
            "row": [-1] * more,
            "total": [-1] * more,
            "price": [1.0] * more,
        }
        found: dict[str, object] = {"names": [*self.names, *["a sum of wholes"] * more]}
        for name in (item.name for item in fields(self) if item.name != "names"):
            old = getattr(self, name)
            new = np.asarray(added.get(name, [0] * more), old.dtype)
            found[name] = np.concatenate([old, new])
        return Facts(**found)  # type: ignore[arg-type]


class Table:
    """Cells over groups of children. `agencies` says which agency each group's children are of.

    `home` are the groups in the region where most of an agency's children are. With these alone
    agencies nest in regions, the programmes are network flows, and their solutions are whole.
    `alone`: wider areas are rounded, so an agency's children can move by themselves; where those
    are exact, what moves in one agency must be undone in another.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what a table is
        self,
        rows: sparse.csr_array,
        groups: Ints,
        agencies: Ints,
        home: Bools,
        facts: Facts,
        protection: int,
        *,
        alone: bool,
    ) -> None:
        self._alone = alone
        self.rows, self.groups, self.agencies, self.home = rows, groups, agencies, home
        self.facts, self.protection = facts, protection
        self.gap = protection + facts.room
        self._names = np.unique(agencies)
        self._take(np.zeros((1, len(self._names)), bool), np.zeros((1, rows.shape[0]), np.int64))
        self._linear: set[int] = (
            set()
        )  # targets with no better proof: less room, or a linear programme's
        self._parts: dict[tuple[Scope, bool], tuple[bytes, Part]] = {}
        self._fine = np.asarray(rows[np.flatnonzero(facts.fine)].sum(axis=0)).ravel()
        self._bound()

    def protect(self, *, insiders: bool) -> None:
        """Hide until every target is safe, show again what need not be, keep insiders out."""
        before = self.facts.hidden.copy()
        self.settle()
        if insiders:
            self._keep_insiders_out()
        self._show_again(np.flatnonzero(self.facts.hidden & ~before), insiders=insiders)

    def settle(self) -> None:
        """Find witnesses for every target, hiding more where there are none."""
        self._sweep()
        while unproved := self._unproved():
            for cell in unproved:
                if not self._prove(cell):
                    self._hide_with(cell)
            self._sweep()

    def _unproved(self) -> list[int]:
        """Return the targets whose witnesses are too close, the largest first."""
        f = self.facts
        wanted = (f.hidden & f.target) | f.always
        wanted[list(self._linear)] = False
        short = np.flatnonzero(wanted & (self.most - self.least < self.gap))
        return sorted(short.tolist(), key=lambda cell: (-f.truth[cell], cell))

    def _bound(self) -> None:
        """Work out how far each cell may move, now that some are hidden."""
        f = self.facts
        self.low = np.where(f.hidden, np.maximum(f.hidden_low, -FAR), f.shown_low)
        self.high = np.where(f.hidden, np.minimum(f.hidden_high, FAR), f.shown_high)

    def _part(self, scope: Scope, *, movable: bool = True) -> Part:
        """Return the programme of a scope's groups, bounded as of now.

        Only of those that can move, or of all, for a route that hides more.
        """
        agency, home = scope
        inside = self.home.copy() if home else np.ones(len(self.groups), bool)
        if movable and self._alone:
            fixed = self.facts.fine & (self.low == 0) & (self.high == 0)
            held = np.asarray(self.rows[np.flatnonzero(fixed)].sum(axis=0)).ravel()
            inside &= (held < self._fine) | (self._fine == 0)
        if agency != NOBODY:
            inside &= self.agencies == agency
        key, slot = inside.tobytes(), (scope, movable)
        if slot not in self._parts or self._parts[slot][0] != key:
            self._parts[slot] = key, Part(self.rows, self.groups, inside)
        part = self._parts[slot][1]
        part.bound(self.low, self.high)
        return part

    def _witness(self, change: Ints | None) -> None:
        if change is None:
            return
        move = self.rows @ change
        if (move < self.low).any() or (move > self.high).any():
            return  # within the solver's tolerance is not within the bounds
        touched = np.isin(self._names, self.agencies[change != 0])
        self._take(np.vstack([self.touched, touched]), np.vstack([self.moves, move]))

    def _take(self, touched: Bools, moves: Ints) -> None:
        """Keep these witnesses: whose children each one moves, and how far each cell."""
        self.touched, self.moves = touched, moves
        self.least, self.most = moves.min(axis=0), moves.max(axis=0)

    def _sweep(self) -> None:
        """Move many unproved targets at once, to and fro: each agency's, then all together."""
        owners = self.facts.agency[self._unproved()]
        for agency in (*sorted(set(owners.tolist()) - {NOBODY}), NOBODY):
            part = None
            for turn in range(6):
                cells = [c for c in self._unproved() if agency in (NOBODY, self.facts.agency[c])]
                if len(cells) < 2:
                    break
                part = part or self._part((agency, self._alone))
                reach = float(self.protection + 1)
                part.bound(np.maximum(self.low, -reach), np.minimum(self.high, reach))
                signs = 1 - 2 * ((np.arange(len(cells)) >> (turn // 2)) % 2)
                weights = np.zeros(len(self.low))
                # uneven, so that two cells of one row never cancel out
                weights[cells] = signs * (1 - 2 * (turn % 2)) * (1 + 0.01 * np.arange(len(cells)))
                self._witness(part.furthest(weights))

    def _scopes(self, cell: int) -> Iterator[Scope]:
        """Yield whose children to move for a cell: its agency's, then anybody's.

        Those far from home are asked last, for a wider area's cell, which may have no others.
        """
        if not self._alone:
            yield NOBODY, False
            return
        if self.facts.agency[cell] != NOBODY:
            yield int(self.facts.agency[cell]), True
        yield NOBODY, True
        if self.facts.agency[cell] == NOBODY and not self.home.all():
            yield NOBODY, False

    def _prove(self, cell: int) -> bool:
        """Look for witnesses of one cell, up and down; True where they are far enough apart."""
        weights = np.zeros(len(self.low))
        for scope in self._scopes(cell):
            part = None
            for weights[cell] in (1.0, -1.0):
                if self.most[cell] - self.least[cell] >= self.gap[cell]:
                    return True
                part = part or self._part(scope)
                self._witness(part.furthest(weights))
        return bool(self.most[cell] - self.least[cell] >= self.gap[cell])

    def reach(self, cell: int) -> tuple[int, int]:
        """Return how far a cell moves down and up, all children near home being free to."""
        weights = np.zeros(len(self.low))
        for weights[cell] in (1.0, -1.0):
            self._witness(self._part((NOBODY, self._alone)).furthest(weights))
        return int(self.least[cell]), int(self.most[cell])

    def _route(self, part: Part, cell: int, step: int) -> Route:
        """Return price, cells to hide and change of the cheapest way to move a cell by a step."""
        f = self.facts
        if not f.hidden_low[cell] <= step <= f.hidden_high[cell]:
            return np.inf, np.zeros(len(self.low), bool), None
        can = ~f.hidden & ~f.locked
        down = np.where(can, np.maximum(f.shown_low - f.hidden_low, 0), 0)
        up = np.where(can, np.clip(f.hidden_high - f.shown_high, 0, 1e6), 0)
        found = part.cheapest(cell, step, f.price, down, up)
        if found is None:
            return np.inf, np.zeros(len(self.low), bool), None
        return float(f.price[found[0]].sum()), *found

    def _hide_with(self, cell: int) -> None:  # noqa: C901 - one choice among many
        """Hide the cheapest cells that let this one move as far as it must."""
        if not self.facts.hidden[cell]:  # a small difference, between two rounded counts
            self.facts.hidden[cell] = not self.facts.locked[cell]
            self._bound()
            if self._prove(cell):
                return
        best: tuple[float, Bools, list[Ints]] | None = None
        for scope in dict.fromkeys([*self._scopes(cell), (NOBODY, False)]):
            if best is not None and (best[0] < 2 * CHEAPEST or scope == (NOBODY, False)):
                break  # no wider search finds anything cheaper than one cell, or it is slow
            part = self._part(scope, movable=False)
            gap = int(self.gap[cell])
            for up in range(gap, -1, -1):
                ways = [self._route(part, cell, step) for step in (up, up - gap) if step]
                price = sum(way[0] for way in ways)
                changes = [way[2] for way in ways if way[2] is not None]
                price += len(ways) - len(changes)  # one of divided children proves nothing
                if np.isfinite(price) and (best is None or price < best[0] - 1e-9):
                    best = price, np.any([way[1] for way in ways], axis=0), changes
        if best is not None:
            self.facts.hidden |= best[1]
            self._bound()
            for change in best[2]:
                self._witness(change)
            if best[1].any() or self._prove(cell):
                return
        if self.most[cell] - self.least[cell] >= self.protection or self._divided(cell):
            self._linear.add(cell)
        else:
            self._hide_row(cell)

    def _divided(self, cell: int) -> bool:
        """Whether a cell could be far apart if children could be divided.

        Then no linear programme works it out, though no whole-number witness was found in time.
        """
        part = self._part((NOBODY, False), movable=False)
        weights = np.zeros(len(self.low))
        ends = []
        for weights[cell] in (1.0, -1.0):
            ends.append(np.floor(part.limit(weights) + 1e-6))
        return bool(sum(ends) >= self.protection)

    def _show_again(self, cells: Ints, *, insiders: bool) -> None:
        """Show each second cell again, the dearest first, where all others stay safe."""
        f = self.facts
        for cell in sorted(cells.tolist(), key=lambda c: (-f.price[c], c)):
            if self._second_of_two(cell):
                continue  # its row's total less the shown would be the other one
            kept, linear = (self.touched, self.moves), self._linear
            self._linear = set()
            f.hidden[cell] = False
            self._bound()
            holds = ((self.moves >= self.low) & (self.moves <= self.high)).all(axis=1)
            self._take(self.touched[holds], self.moves[holds])
            known = len(self.moves)
            if self._still_safe(cell, insiders=insiders):
                continue
            f.hidden[cell], self._linear = True, linear
            self._bound()
            self._take(
                np.vstack([kept[0], self.touched[known:]]), np.vstack([kept[1], self.moves[known:]])
            )

    def _still_safe(self, cell: int, *, insiders: bool) -> bool:
        """Whether all targets have near witnesses without a cell; its neighbours fail first."""
        agency = self.facts.agency
        near = sorted(self._unproved(), key=lambda other: agency[other] != agency[cell])
        return all(self._prove(other) for other in near) and not (
            insiders and self._known_to_insiders(first=True)
        )

    def _second_of_two(self, cell: int) -> bool:
        """Whether a cell and one other are all that is hidden in a row with its total exact."""
        f = self.facts
        row = np.flatnonzero(f.row == f.row[cell])
        exact = f.total[cell] >= 0 and self.low[f.total[cell]] == self.high[f.total[cell]]
        return bool(exact) and int(f.hidden[row].sum()) == 2

    def _insiders(self, cell: int) -> list[int]:
        """Return the agencies whose children every witness of a cell moves."""
        always = self.touched[self.moves[:, cell] != 0].all(axis=0)  # all, where there is none
        own = self._names == self.facts.agency[cell]
        return [int(agency) for agency in self._names[always & ~own]]

    def _exposed(self) -> list[int]:
        """Return the hidden cells whose every witness moves some one other agency's children."""
        f = self.facts
        cells = np.flatnonzero(f.hidden & f.target & f.own & (f.agency != NOBODY))
        moved = (self.moves[:, cells] != 0).astype(np.int64)
        always = self.touched.T.astype(np.int64) @ moved == moved.sum(axis=0)
        always &= self._names[:, None] != f.agency[cells]
        return [int(cell) for cell in cells[always.any(axis=0)]]

    def _known_to_insiders(self, *, first: bool = False) -> list[int]:
        """Return the cells that some insider knows, or the first; look for witnesses before.

        For one that moves only the owner's children, then for two that share no other agency's.
        """
        for cell in self._exposed():
            own = self.agencies == self.facts.agency[cell]
            if self._alone:
                self._move(cell, self._part((int(self.facts.agency[cell]), True)))
            odd = self.agencies % 2 == 1
            for held in (~own & odd, ~own & ~odd):
                if self._insiders(cell):
                    self._move(cell, self._part((NOBODY, self._alone)), held)
            if first and self._insiders(cell):
                return [cell]
        return self._exposed()

    def _move(self, cell: int, part: Part, held: Bools | None = None) -> None:
        """Look for a witness that moves a cell at all, but no held group."""
        if held is not None:
            part.hold(held)
        self._moved(cell, part)
        if held is not None:
            part.hold(np.zeros(len(held), bool))

    def _moved(self, cell: int, part: Part) -> None:
        weights = np.zeros(len(self.low))
        for weights[cell] in (1.0, -1.0):
            change = part.furthest(weights)
            if change is not None and (self.rows[[cell]] @ change).any():
                self._witness(change)
                return

    def _keep_insiders_out(self) -> None:
        """Hide more until no agency that knows its own children can pin another's hidden cell."""
        tried: dict[int, int] = {}
        while known := self._known_to_insiders():
            for cell in known:
                tried[cell] = tried.get(cell, 0) + 1
                for insider in self._insiders(cell):
                    if not self._moves_without(cell, insider):
                        self._hide_against(cell, insider)
                        break
            self.settle()
            if max(tried.values()) >= _TURNS:
                return  # no whole-number witness is found; whether there is none the gate will say

    def _hide_against(self, cell: int, insider: int) -> None:
        """Hide the cheapest cells that let a cell move while the insider's children stay."""
        for scope in dict.fromkeys([(NOBODY, self._alone), (NOBODY, False)]):
            part = self._part(scope, movable=False)
            part.hold(self.agencies == insider)
            ways = [self._route(part, cell, step) for step in (1, -1)]
            part.hold(np.zeros(len(self.agencies), bool))
            price, opened, change = min(ways, key=lambda way: way[0])
            if np.isfinite(price):
                self.facts.hidden |= opened
                self._bound()
                self._witness(change)
                return

    def _moves_without(self, cell: int, insider: int) -> bool:
        """Whether anybody's children but the insider's can move a cell, near home."""
        self._move(cell, self._part((NOBODY, self._alone)), self.agencies == insider)
        return insider not in self._insiders(cell)

    def _hide_row(self, cell: int) -> None:
        """Hide all that can be hidden of a row, and its total: the last resort before refusing."""
        f = self.facts
        row = ((f.row == f.row[cell]) & (f.row >= 0)) | (f.total == cell)
        row |= np.arange(len(f.row)) == f.total[cell]
        more = row & ~f.hidden & ~f.locked
        if not more.any():
            raise Refused(f"nothing that could be hidden makes this safe: {f.names[cell]}")
        f.hidden |= more
        self._bound()
