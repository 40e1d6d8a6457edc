"""The gate: a release is attacked before it is written, as an outsider and as every agency."""

from collections.abc import Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass, field

import pandas as pd

from measures.attack import (
    LATER,
    REST,
    THRESHOLD,
    Broken,
    Insiders,
    Model,
    Name,
    Published,
    Truth,
    agencies_of,
    apart,
    attack,
    attack_from_every_inside,
    build,
    groups,
    named,
)
from measures.figures import COUNTED
from measures.grid import Grid

WORTH_A_PROCESS = 1_000  # hidden counts: under it handing them over takes longer than the work


@dataclass
class Gate:
    """Attacks figures as anybody, and as every agency: `truth` has what it knows of itself.

    `truth` may also have counts that nobody knows, as those of England (see `measures.known`).
    `past` are earlier releases, `overlapping` those of other periods, each with whether its period
    lies within this one (see `build`). Counts up to `threshold`, and what is known to within
    `protection`, are broken. Much work is done in the `pool`, if there is one; what has `held` is
    not attacked again while nothing of it changes.
    """

    truth: Truth
    past: Sequence[Published] = ()
    overlapping: Sequence[tuple[Published, bool]] = ()
    threshold: int = THRESHOLD
    protection: int = 3
    pool: Executor | None = None
    held: list[Model] = field(default_factory=list)

    def broken(self, figures: pd.DataFrame) -> list[Broken]:
        """Return what can be worked out from the figures of a release."""
        now = Published(figures, threshold=self.threshold)
        whole = build([now, *self.past], self.overlapping)
        parts = [part for part in apart(whole) if part not in self.held]
        few = sum(len(part.hidden) for part in parts) < WORTH_A_PROCESS
        if few or self.pool is None:
            found = [self._attack(part) for part in parts]
        else:
            found = self._side_by_side(parts, self.pool)
        self.held += [part for part, told in zip(parts, found, strict=True) if not told]
        return [one for told in found for one in told]

    @property
    def _limits(self) -> dict[str, int]:
        return {"threshold": self.threshold, "protection": self.protection}

    def _attack(self, part: Model) -> list[Broken]:
        return attack(part, **self._limits) or attack_from_every_inside(part, self.truth)

    def _side_by_side(self, parts: Sequence[Model], pool: Executor) -> list[list[Broken]]:
        knowing = groups(agencies_of(self.truth))
        outside = {pool.submit(attack, part, **self._limits): part for part in parts}
        inside: dict[Future[list[Broken]], list[Future[list[Broken]]]] = {}
        for told in as_completed(outside):
            # Where anybody gets through, what insiders find beside it is not asked for.
            insiders = None if told.result() else Insiders(outside[told], self.truth)
            inside[told] = [pool.submit(insiders.attack, of) for of in knowing] if insiders else []
        return [
            told.result() or [one for more in inside[told] for one in more.result()]
            for told in outside
        ]


def struck(
    found: Sequence[Broken], figures: pd.DataFrame, grid: Grid
) -> tuple[set[tuple[str, int]], dict[str, list[str]]]:
    """Return the flags and cells of counts that gave way, and of every band its division and n."""
    kinds = figures[["measure", "statistic", "basis", "band", "flag"]].drop_duplicates()
    flags: dict[Name, str] = {}
    families: dict[str, list[str]] = {}
    for *row, flag in kinds[kinds["statistic"].isin(COUNTED)].itertuples(index=False, name=None):
        flags.setdefault(named("", row), flag)
        if row[1] in {"band", "n"}:  # n comes last: it is the greatest
            families.setdefault(f"{row[0]} {row[2]}", []).append(flag)
    cells = set()
    for one in found:
        _, measure, statistic, basis, band, *cell = one.cell
        flag = flags.get(
            ("", measure, statistic.removesuffix(LATER).removesuffix(REST), basis, band), ""
        )
        if flag and tuple(cell) in grid.number:
            cells.add((flag, grid.number[tuple(cell)]))
    return cells, {flag: family for family in families.values() for flag in family}
