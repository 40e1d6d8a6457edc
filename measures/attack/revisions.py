"""Several releases of one period: what lies between two is of the agencies that they do not share.

England now is England then with the agencies that came, and without those that went (one that has
sent again did both). What came or went of a region nobody prints, but it is a count like any other:
it adds up over breakdowns, contains its parts, and is never under nought.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from measures.attack.relations import REST

if TYPE_CHECKING:
    from measures.attack.model import Model, Name

SINCE, NOT_IN = " since ", " not in "
"""In what the agencies of one release that another has not are called, as a release: where they
only came, so that what they have is the difference of two that are shown, and else."""
Agencies = dict[str, dict["Name", int]]
"""By agency, its quantities by their names without a release."""


def revised(model: Model, releases: int) -> list[str]:
    """Add what every two of so many releases do not share, and hold their wide counts against it.

    Returns what was added: releases of few agencies, of whose wide counts nothing is shown.
    """
    numbers = [str(number) for number in range(releases)]
    agencies: dict[str, Agencies] = {one: defaultdict(dict) for one in numbers}
    wide: dict[str, dict[Name, int]] = {one: {} for one in numbers}
    for name, at in model.index.items():
        if name[0] in wide and name[5] == "Agency":
            agencies[name[0]][name[6]][name[1:]] = at
        elif name[0] in wide and not name[2].endswith(REST) and name[6] != "not known":
            wide[name[0]][name[1:]] = at
    added = []
    for now, then in combinations(numbers, 2):
        came, went = (_alone(agencies[a], agencies[b]) for a, b in ((now, then), (then, now)))
        if len(came) == sum(map(len, agencies[now].values())):
            continue  # they have no agency's return in common
        both = wide[now].keys() & wide[then].keys()
        sides = [(wide[now], -1.0), (wide[then], 1.0)]
        for one, other, some, weight in ((now, then, came, 1.0), (then, now, went, -1.0)):
            if some:
                added.append(release := f"{one}{NOT_IN if came and went else SINCE}{other}")
                model.index |= {(release, *name): at for name, at in some.items()}
                new = {name: model.add((release, *name), 0.0, np.inf) for name in sorted(both)}
                sides.append((new, weight))
        weights = [weight for _, weight in sides]
        for name in sorted(both):
            model.sums.append(([quantities[name] for quantities, _ in sides], weights, 0.0, 0.0))
    return added


def _alone(these: Agencies, those: Agencies) -> dict[Name, int]:
    """Return the quantities of agencies of which the others have no count, or other counts."""
    shared = {at for quantities in those.values() for at in quantities.values()}
    return {
        name: at
        for quantities in these.values()
        if shared.isdisjoint(quantities.values())
        for name, at in quantities.items()
    }
