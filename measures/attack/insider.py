"""The same attack by an agency that knows its own children: nothing of another may be exact.

First agencies put together what they know: what they cannot work out between them, no one of them
can; only what they can is looked into further. In the same way somebody who knows all but what is
near a count stands for anybody who knows less.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import combinations
from math import comb

import numpy as np

from measures.attack.attacking import CONTRADICTION, Broken, bounds, doubtful
from measures.attack.knowledge import Knowledge, Mask, truth_of
from measures.attack.model import Model, Name
from measures.attack.subtraction import Infeasible, propagated
from measures.attack.sums import Floats

Truth = Mapping[Name, int]
"""True counts by name, as the model names them: those of agencies are known to them."""
NEAR = 1  # sums between a count and what is near it


def attack_from_inside(model: Model, agency: str, truth: Truth) -> list[Broken]:
    """Return the hidden counts of other agencies that `agency` can work out exactly."""
    return Insiders(model, truth).attack([agency])


def attack_from_every_inside(model: Model, truth: Truth) -> list[Broken]:
    """Return what any one agency of those in `truth` can work out exactly of another's counts."""
    insiders = Insiders(model, truth)
    return [one for group in groups(agencies_of(truth)) for one in insiders.attack(group)]


def agencies_of(truth: Truth) -> list[str]:
    """Return the agencies whose counts are among some."""
    return sorted({name[6] for name in truth if name[5] == "Agency"})


def groups(agencies: Sequence[str]) -> list[list[str]]:
    """Return groups such that for any two agencies one has the first and not the second.

    Every agency is in another choice of as many out of k groups, so that no choice holds another;
    of k, half give the most choices (Spencer, "Minimal completely separating systems", 1970).
    """
    k = next(k for k in range(2, len(agencies) + 3) if comb(k, k // 2) >= len(agencies))
    found: list[list[str]] = [[] for _ in range(k)]
    for agency, chosen in zip(agencies, combinations(range(k), k // 2)):  # noqa: B905
        for group in chosen:
            found[group].append(agency)
    return [group for group in found if group]


class Insiders:
    """Agencies that know their own counts; all true counts are one solution, so far as given."""

    def __init__(self, model: Model, truth: Truth) -> None:
        """Take note of whose every quantity is, and of what follows from the true counts."""
        self.model, self.known, self.truth = model, Knowledge.of(model), truth_of(model, truth)
        agencies = [name[6] if name[5] == "Agency" else "" for name in model.names]
        self.agency = np.array(agencies, object)
        with suppress(Infeasible):  # the attack will tell of it
            least, most = propagated(self.known.knowing(self.truth, ~np.isnan(self.truth)))
            self.truth = np.where(least == most, least, np.nan)

    def attack(self, group: Sequence[str], targets: Sequence[int] | None = None) -> list[Broken]:
        """Return what any one agency of a group can work out exactly of those outside it.

        Of `targets`, else of all that is hidden. First the group puts together what it knows: what
        it cannot work out, no half of it can.
        """
        targets = self.model.hidden if targets is None else targets
        asked = [at for at in targets if self.agency[at] not in {"", *group}]
        theirs, who = self._of(group), " and ".join(group)
        # With what is far away they know more, of which it takes less time to see what follows.
        left = self._doubtful(theirs | ~self._near(asked, theirs), asked)
        told = self._exact(theirs, left, who)
        if not told or len(group) == 1 or told[0].why == CONTRADICTION:
            return told
        suspects, half = self._suspects(told, asked), len(group) // 2
        return [*self.attack(group[:half], suspects), *self.attack(group[half:], suspects)]

    def _suspects(self, told: Sequence[Broken], asked: Sequence[int]) -> list[int]:
        """Return the quantities told of; where they were a contradiction, all that were asked."""
        if any(one.why == CONTRADICTION for one in told):
            return list(asked)
        return [self.model.index[one.cell] for one in told]

    def _of(self, agencies: Sequence[str]) -> Mask:
        return np.isin(self.agency, list(agencies))

    def _near(self, targets: Sequence[int], known: Mask) -> Mask:
        """Return the targets and what is unknown and at most some sums away from one."""
        near = np.zeros(len(known), np.bool_)
        near[targets] = True
        for _ in range(NEAR):
            sums = abs(self.known.matrix) @ near > 0
            near = (abs(self.known.matrix.T) @ sums > 0) & ~known
        return near

    def _knowing(self, known: Mask) -> Knowledge:
        return self.known.knowing(self.truth, known & ~np.isnan(self.truth))

    def _doubtful(self, known: Mask, targets: Sequence[int]) -> list[int]:
        """Return the targets that may be exact to somebody who knows the truth of some."""
        try:
            found: list[int] = doubtful(
                self._knowing(known), np.array(targets, np.int64), 1
            ).tolist()
        except Infeasible:  # the attack will tell of it
            return list(targets)
        return found

    def _exact(self, known: Mask, targets: Sequence[int], who: str) -> list[Broken]:
        """Return which targets are exact to somebody who knows the truth of some quantities."""
        if not targets:
            return []
        try:
            limits = bounds(self._knowing(known), np.array(targets), 1)
        except Infeasible as error:
            return [Broken(self.model.names[error.at], 0, 0, CONTRADICTION)]
        return list(self._broken(targets, *limits, f"{who} can work it out"))

    def _broken(
        self, targets: Sequence[int], least: Floats, most: Floats, why: str
    ) -> Iterator[Broken]:
        for at in targets:
            if most[at] - least[at] < 1:
                yield Broken(self.model.names[at], int(least[at]), int(most[at]), why)
