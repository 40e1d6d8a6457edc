"""Bands that nobody prints: a group has a median, and no bands, and still they add up.

How many of a group waited how long is told by its median, quartiles and interval, and by the bands
of the wider groups that it is part of: where everybody's band is nought, so is the group's. What
follows is passed along as limits; programmes go without, since there are three times as many bands
as are printed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from measures.attack.adding import wholes
from measures.attack.attacking import CONTRADICTION, Broken
from measures.attack.curves import Cap, caps
from measures.attack.knowledge import Floats, Knowledge
from measures.attack.model import Model, Name, Sum
from measures.attack.relations import BANDS
from measures.attack.subtraction import Infeasible, Reasons, propagated
from measures.attack.waits import PLACE, Waits, dated

BASES = ("calendar_days", "working_days")
BY_GROUPS = "the days of groups give it away"
STEPS = 8  # sums between a count that is found out and the days that did it


@dataclass(frozen=True)
class Waiting:
    """The n and bands of one measure: their model, their figures, and what curves say of them."""

    model: Model
    figures: pd.DataFrame
    caps: list[Cap]


def waiting(model: Model, figures: pd.DataFrame, threshold: int) -> list[Waiting]:
    """Return what a model says of the days of each of the newest release's measures."""
    capped: dict[str, list[Cap]] = defaultdict(list)
    for cap in caps(model, figures, threshold):
        capped[cap[0][2]].append(cap)
    owner = [_measure(name) for name in model.names]
    numbers: dict[str, list[int]] = defaultdict(list)
    for at, measure in enumerate(owner):
        numbers[measure].append(at)
    place = {at: k for of in numbers.values() for k, at in enumerate(of)}
    sums: dict[str, list[Sum]] = defaultdict(list)
    for indices, weights, low, high in model.sums:
        measure = owner[indices[0]]
        if measure and all(owner[at] == measure for at in indices):
            sums[measure].append(([place[at] for at in indices], weights, low, high))
    hidden = set(model.hidden)
    return [
        Waiting(
            Model(
                [model.names[at] for at in of],
                {model.names[at]: place[at] for at in of},
                [model.least[at] for at in of],
                [model.most[at] for at in of],
                [place[at] for at in of if at in hidden],
                sums[measure],
            ),
            figures[figures["measure"] == measure],
            capped[measure],
        )
        for measure, of in numbers.items()
        if measure
    ]


def _measure(name: Name) -> str:
    """Return the measure that a name is of the n or a band of; nothing for others."""
    return name[1] if name[0] == "0" and (name[2] == "n" or name[4] in BANDS) else ""


def found_by_groups(of: Waiting, protection: int) -> tuple[list[Broken], Floats, Floats]:
    """Return the hidden counts that groups' days give away, and all limits as these make them.

    Each names the n of groups whose days took part (`by`).
    """
    model = of.model
    before = np.array(model.most) - np.array(model.least)
    whole = _with_groups(model, of)
    knowledge = Knowledge.of(whole)
    reasons = Reasons.none(knowledge)
    try:
        least, most = propagated(knowledge, reasons)
    except Infeasible as error:
        wrong = Broken(whole.names[error.at], 0, 0, CONTRADICTION)
        return [wrong], np.array(model.least), np.array(model.most)
    count, told = len(model.names), _told(of.figures)
    found = [
        Broken(
            model.names[at],
            int(least[at]),
            int(most[at]),
            BY_GROUPS,
            tuple(sorted(_blamed(whole, count, reasons, at) & told)),
        )
        for at in model.hidden
        if most[at] - least[at] < protection <= before[at]
    ]
    return found, least[:count], most[:count]


def _with_groups(model: Model, of: Waiting) -> Model:
    """Return a model that has the bands of the newest release's groups too.

    The quantities of `model` come first, under the same numbers.
    """
    found = Model(list(model.names), dict(model.index), list(model.least), list(model.most), [], [])
    for name in model.names:
        if (name[0], name[2]) == ("0", "n"):
            for basis in BASES:
                if ("0", name[1], "band", basis, BANDS[0], *name[5:]) not in model.index:
                    for band in BANDS:
                        found.add(("0", name[1], "band", basis, band, *name[5:]), 0.0, np.inf)
    _add_up(found, len(model.names))
    ties = len(found.sums)
    dated(found, "0", of.figures)
    found.sums += list(_mirrored(found, found.sums[ties:]))
    for (basis, *n), edge, least, most in of.caps:
        upto = Waits(found, "0", n[1], basis, tuple(n[5:])).upto(edge)
        if upto:
            found.sums.append((upto, [1.0] * len(upto), least, most))
    found.sums += model.sums
    return found


def _add_up(model: Model, first: int) -> None:
    """Add up bands along every line, and to n, where one of them is not printed."""
    lines: dict[tuple[Name, str], list[int]] = defaultdict(list)
    for name, at in list(model.index.items()):
        if (name[0], name[2]) == ("0", "band"):
            for whole, over in wholes(name):
                if whole in model.index:
                    lines[whole, over].append(at)
    for (whole, over), parts in lines.items():
        if max(parts) >= first or model.index[whole] >= first:
            if over == "Region":
                rest = (*whole[:5], "Region", "not known", *whole[7:])
                parts = [*parts, model.add(rest, 0.0, np.inf)]  # noqa: PLW2901
            model.equal(model.index[whole], parts)


def _mirrored(model: Model, sums: Sequence[Sum]) -> Iterator[Sum]:
    """Yield what sums of some bands of a cell, and its n, say of its other bands.

    A programme would see that by itself; limits that are passed along do not.
    """
    for indices, weights, low, high in sums:
        names = [model.names[at] for at in indices]
        bands = {name[4] for name in names} - {""}
        kinds = {(name[1], name[3], name[5:]) for name in names if name[4]}
        if len(kinds) == 1:
            ((measure, basis, cell),) = kinds
            head = ("0", measure, "band", basis)
            rest = [model.index[*head, band, *cell] for band in BANDS if band not in bands]
            n = model.index["0", measure, "n", "", "", *cell]
            of_n = sum(weight for weight, name in zip(weights, names, strict=True) if not name[4])
            yield [*rest, n], [*[1.0] * len(rest), -1.0 - of_n], -high, -low


def _told(figures: pd.DataFrame) -> set[Name]:
    """Return the n of which medians are shown."""
    medians = figures[(figures["statistic"] == "median") & (figures["status"] == "ok")]
    rows = medians[["measure", *PLACE]].itertuples(index=False, name=None)
    return {("0", measure, "n", "", "", *place) for measure, *place in rows}


def _blamed(model: Model, first: int, reasons: Reasons, at: int) -> set[Name]:
    """Return the n of the groups without bands whose days moved a quantity's limits."""
    reached, edge, found = {at}, {at}, set[Name]()
    for _ in range(STEPS):
        sums = {int(side[one]) for one in edge for side in (reasons.least, reasons.most)} - {-1}
        members = {one for row in sums for one in model.sums[row][0]}
        found |= {n for row in sums for n in _group_of(model, first, model.sums[row][0])}
        edge = members - reached
        reached |= edge
    return found


def _group_of(model: Model, first: int, members: Collection[int]) -> Iterator[Name]:
    """Yield the n of the one cell that all members are of, where it has no bands of its own."""
    names = [model.names[one] for one in members]
    cells = {(name[1], name[5:]) for name in names}
    if len(cells) == 1 and max(members) >= first:
        ((measure, cell),) = cells
        yield ("0", measure, "n", "", "", *cell)
