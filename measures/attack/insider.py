"""The same attack by an agency that knows its own children: nothing of another may be exact.

First each agency stands against all the others together. What they cannot work out of it between
them, no one of them can; only what they can is looked into further.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import comb

import numpy as np

from measures.attack.attacking import CONTRADICTION, Broken, bounds
from measures.attack.knowledge import Floats, Knowledge, truth_of
from measures.attack.model import Model, Name
from measures.attack.subtraction import Infeasible

Truth = Mapping[Name, int]
"""An agency's own counts by name, as the model names them."""


def attack_from_inside(model: Model, agency: str, truth: Truth) -> list[Broken]:
    """Return the hidden counts of other agencies that `agency` can work out exactly."""
    return Insiders(model, {agency: truth}).attack([agency], model.hidden)


def attack_from_every_inside(model: Model, own: Mapping[str, Truth]) -> list[Broken]:
    """Return what any one agency can work out exactly of another's hidden counts.

    `own` has the truth of every agency: those that attack know theirs, and the others' is one
    solution, from which another need differ.
    """
    insiders = Insiders(model, own)
    suspects = insiders.suspects()
    return [one for group in groups(sorted(own)) for one in insiders.attack(group, suspects)]


def groups(agencies: Sequence[str]) -> list[list[str]]:
    """Return groups such that for any two agencies one has the first and not the second.

    Every agency is in another choice of as many out of k groups, so that no choice holds another;
    of k, half give the most choices (Spencer, "Minimal completely separating systems", 1970).
    """
    k = next(k for k in range(len(agencies) + 1) if comb(k, k // 2) >= len(agencies))
    found: list[list[str]] = [[] for _ in range(k)]
    for agency, chosen in zip(agencies, combinations(range(k), k // 2)):  # noqa: B905
        for group in chosen:
            found[group].append(agency)
    return [group for group in found if group]


class Insiders:
    """Agencies that know their own counts."""

    def __init__(self, model: Model, own: Mapping[str, Truth]) -> None:
        """Take note of whose every quantity is."""
        self.model, self.known, self.truth = model, Knowledge.of(model), truth_of(model, own)
        agencies = [name[6] if name[5] == "Agency" else "" for name in model.names]
        self.agency = np.array(agencies, object)

    def suspects(self) -> list[int]:
        """Return the hidden counts that all other agencies together can work out exactly."""
        found = []
        agencies = sorted(set(self.agency[~np.isnan(self.truth)]))
        for agency in agencies:
            others = [other for other in agencies if other != agency]
            mine = [at for at in self.model.hidden if self.agency[at] == agency]
            told = self._exact(others, mine)
            contradicted = any(one.why == CONTRADICTION for one in told)
            found += mine if contradicted else [self.model.index[one.cell] for one in told]
        return found

    def attack(self, group: Sequence[str], targets: Sequence[int]) -> list[Broken]:
        """Return what any one agency of a group can work out exactly of those outside it.

        First the group puts together what it knows: what it cannot work out, no half of it can.
        """
        told = self._exact(group, [at for at in targets if self.agency[at] not in {"", *group}])
        if not told or len(group) == 1 or told[0].why == CONTRADICTION:
            return told
        suspects, half = [self.model.index[one.cell] for one in told], len(group) // 2
        return [*self.attack(group[:half], suspects), *self.attack(group[half:], suspects)]

    def _exact(self, group: Sequence[str], targets: Sequence[int]) -> list[Broken]:
        """Return which targets are exact to somebody who knows the counts of a group."""
        if not targets:
            return []
        theirs = np.isin(self.agency, list(group)) & ~np.isnan(self.truth)
        try:
            limits = bounds(self.known.knowing(self.truth, theirs), np.array(targets), 1)
        except Infeasible as error:
            return [Broken(self.model.names[error.at], 0, 0, CONTRADICTION)]
        why = f"{' and '.join(group)} can work it out"
        return list(self._broken(targets, *limits, why))

    def _broken(
        self, targets: Sequence[int], least: Floats, most: Floats, why: str
    ) -> Iterator[Broken]:
        for at in targets:
            if most[at] - least[at] < 1:
                yield Broken(self.model.names[at], int(least[at]), int(most[at]), why)
