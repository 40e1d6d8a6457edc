"""The same attack by an agency that knows its own children: nothing of another may be exact."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from math import comb

import numpy as np

from measures.attack.attacking import CONTRADICTION, Broken, bounds
from measures.attack.model import Model, Name
from measures.attack.subtraction import Infeasible

Truth = Mapping[Name, int]
"""An agency's own counts by name, as the model names them."""


def attack_from_inside(model: Model, agency: str, truth: Truth) -> list[Broken]:
    """Return the hidden counts of other agencies that `agency` can work out exactly."""
    return attack_from_group(model, {agency: truth}, [agency])


def attack_from_every_inside(model: Model, own: Mapping[str, Truth]) -> list[Broken]:
    """Return what any one agency can work out exactly of another's hidden counts."""
    return [one for group in groups(sorted(own)) for one in attack_from_group(model, own, group)]


def attack_from_group(model: Model, own: Mapping[str, Truth], group: Sequence[str]) -> list[Broken]:
    """Return what any one agency of a group can work out exactly of those outside it.

    `own` has the truth of every agency: those of the group know theirs, and the others' is one
    solution, from which another need differ.
    """
    others = [
        at
        for at in model.hidden
        if model.names[at][5] == "Agency" and model.names[at][6] not in group
    ]
    return _any_of(model, own, group, others)


def _any_of(
    model: Model, own: Mapping[str, Truth], group: Sequence[str], targets: Sequence[int]
) -> list[Broken]:
    """First a group puts together what it knows: what it cannot work out, no half of it can."""
    told = _exact(model, own, group, targets)
    if not told or len(group) == 1 or told[0].why == CONTRADICTION:
        return told
    suspects, half = [model.index[one.cell] for one in told], len(group) // 2
    return [
        one for part in (group[:half], group[half:]) for one in _any_of(model, own, part, suspects)
    ]


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


def _exact(
    model: Model, own: Mapping[str, Truth], group: Sequence[str], targets: Sequence[int]
) -> list[Broken]:
    """Return which targets are exact to somebody who knows the counts of a group."""
    if not targets:
        return []
    known = replace(
        model,
        least=list(model.least),
        most=list(model.most),
        contradictions=list(model.contradictions),
    )
    seen = np.full(len(model.names), np.nan)
    for agency, truth in own.items():
        for name, value in truth.items():
            if name in known.index:
                seen[known.index[name]] = value
                if agency in group:
                    known.add(name, value, value)
    if known.contradictions:
        return [Broken(name, 0, 0, CONTRADICTION) for name in known.contradictions]
    try:
        least, most = bounds(known, targets, 1, seen=seen)
    except Infeasible as error:
        return [Broken(known.names[error.at], 0, 0, CONTRADICTION)]
    why = f"{' and '.join(group)} can work it out"
    return [
        Broken(known.names[at], int(least[at]), int(most[at]), why)
        for at in targets
        if most[at] - least[at] < 1
    ]
