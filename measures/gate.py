"""The gate: a release is attacked before it is written, as an outsider and as every agency."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from measures.attack import (
    QUANTILE,
    THRESHOLD,
    Broken,
    Model,
    Published,
    Quiet,
    Truth,
    Waited,
    Waiting,
    apart,
    assume,
    attack,
    attack_from_every_inside,
    build,
    found_ahead,
    found_by_groups,
    paired,
    waiting,
)

Floats = npt.NDArray[np.float64]
WORTH_A_PROCESS = 1_000  # hidden counts: under it handing them over takes longer than the work


def no_proofs(_: Model) -> None:
    """Offer no tables: the attack finds its own."""


@dataclass
class Gate:
    """Attacks figures as anybody, and as every agency: `truth` has what it knows of itself.

    `truth` may also have counts that nobody knows, as those of England (see `measures.known`).
    `past` are earlier releases, `overlapping` those of other periods, each with whether its period
    lies within this one (see `build`). Counts up to `threshold`, and what is known to within
    `protection`, are broken; medians are shown from `quantile` waits on. Much work is done in the
    `pool`, if there is one; what has `held`, and days that gave nothing away (`quiet`, and of
    places `quiet_places`), are not attacked again while nothing of them changes. `proofs` give, for
    a part of what is attacked, tables that the engine says are behind it as well: the attack looks
    whether they are. `waited` has, by measure, how long true waits took, which is a table of the
    same use, and says of whom one wait is no longer than another (see `attack.no_longer`). With
    `ahead`, what days would give away once what is found is hidden is found in the same round.
    """

    truth: Truth
    past: Sequence[Published] = ()
    overlapping: Sequence[tuple[Published, bool]] = ()
    threshold: int = THRESHOLD
    protection: int = 3
    quantile: int = QUANTILE
    pool: Executor | None = None
    held: list[Model] = field(default_factory=list)
    quiet: list[Waiting] = field(default_factory=list)
    quiet_places: Quiet = field(default_factory=set)
    proofs: Callable[[Model], Floats | None] = no_proofs
    waited: Mapping[str, Waited] = field(default_factory=dict)
    ahead: bool = False

    def broken(self, figures: pd.DataFrame) -> list[Broken]:
        """Return what can be worked out from the figures of a release."""
        now = Published(figures, threshold=self.threshold, quantile=self.quantile)
        whole = build([now, *self.past], self.overlapping)
        assume(whole, self.truth, self.threshold)
        if by_groups := self._by_groups(whole, now.plain):
            return by_groups
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

    def _by_groups(self, whole: Model, figures: pd.DataFrame) -> list[Broken]:
        """Return what the days of groups give away."""
        each = waiting(whole, figures, self.threshold)
        each = paired([one.knowing(self.waited.get(one.measure, {})) for one in each])
        each = [one for one in each if not any(map(one.is_like, self.quiet))]
        each.sort(key=lambda one: -one.size)  # the longest first
        few = len(whole.hidden) < WORTH_A_PROCESS
        ways = map if few or self.pool is None else self.pool.map
        ask = partial(by_groups, limits=self._limits, quiet=self.quiet_places)
        found = list(ways(ask, each, map(self._n, each)))
        self.quiet += [one for one, (told, _) in zip(each, found, strict=True) if not told]
        self.quiet_places = self.quiet_places.union(*(quiet for _, quiet in found))
        return [one for told, _ in found for one in told]

    def _n(self, of: Waiting) -> Truth:
        """Return the true n of a measure's cells, where next rounds are to be seen ahead."""
        each = [of, *filter(None, [of.longer])]
        every = (name for one in each for name in one.model.names if name[2] == "n")
        names = every if self.ahead else ()
        return {name: self.truth[name] for name in names if name in self.truth}

    def _attack(self, part: Model) -> list[Broken]:
        return attacked(part, self.proofs(part), self._known(part), self._limits)

    def _known(self, part: Model) -> Truth:
        """Return the true counts of a part, and what names the agencies that know them."""
        return {name: self.truth[name] for name in part.names if name in self.truth}

    def _side_by_side(self, parts: Sequence[Model], pool: Executor) -> list[list[Broken]]:
        """Attack parts in as many processes; the longest first: none is left for the end."""
        longest = sorted(range(len(parts)), key=lambda k: -len(parts[k].hidden))
        tasks = {
            k: pool.submit(
                attacked, parts[k], self.proofs(parts[k]), self._known(parts[k]), self._limits
            )
            for k in longest
        }
        return [tasks[k].result() for k in range(len(parts))]


def by_groups(
    of: Waiting, truth: Truth, limits: dict[str, int], quiet: Quiet
) -> tuple[list[Broken], Quiet]:
    """Return what groups' days give away, and the places that give nothing away.

    With the true n, also what they would give away in next rounds.
    """
    quiet = set(quiet)
    if truth:
        return found_ahead(of, limits["protection"], truth, quiet), quiet
    return found_by_groups(of, limits["protection"], quiet)[0], quiet


def attacked(
    part: Model, proofs: Floats | None, truth: Truth, limits: dict[str, int]
) -> list[Broken]:
    """Return what can be worked out in a part: by anybody, or if by nobody, by an agency."""
    found = attack(part, proofs, **limits)
    # Where anybody gets through, what insiders find beside it is not asked for.
    return found or attack_from_every_inside(part, truth)
