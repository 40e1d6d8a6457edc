"""Bands that nobody prints: a group has a median, and no bands, and still they add up.

How many of a group waited how long is told by its median, quartiles and interval, and by the bands
of the wider groups that it is part of: where everybody's band is nought, so is the group's. What
follows is passed along as limits; programmes go without, since there are three times as many bands
as are printed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

import numpy as np
import pandas as pd

from measures.attack.adding import wholes
from measures.attack.attacking import CONTRADICTION, Broken
from measures.attack.knowledge import Floats, Knowledge
from measures.attack.model import Model, Name, Sum
from measures.attack.relations import BANDS
from measures.attack.subtraction import Infeasible, Reasons, propagated
from measures.attack.waiting import Waiting
from measures.attack.waits import BASES, MORE, PLACE, Waits, compared, dated

BY_GROUPS = "the days of groups give it away"
STEPS = 8  # sums between a count that is found out and the days that did it


def found_ahead(of: Waiting, protection: int, truth: Mapping[Name, int]) -> list[Broken]:
    """Return the hidden counts that groups' days give away, and that they still would.

    That is, once of the groups whose days took part the one of least n is hidden, and so on: who
    hides them has them all at once. `truth` has every true n.
    """
    found = list[Broken]()
    while True:
        more, *_ = found_by_groups(of, protection)
        found += more
        silent = set[Name]()
        for by in (one.by for one in more):
            if by and silent.isdisjoint(by):
                silent.add(min(by, key=lambda n: (truth.get(n, 0), n)))
        if not silent:
            return found
        of = of.without(silent)


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
    count, told = len(model.names), _told(of.days)
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
    first = len(model.names)
    for name, more, fewer in list(compared(found, "0")):
        weights = [1.0] * len(more) + [-1.0] * (len(fewer) + 1)
        found.sums.append(([*more, *fewer, found.add(name, 0.0, np.inf)], weights, 0.0, 0.0))
    _add_up(found, first)
    ties = len(found.sums)
    dated(found, "0", of.days)
    found.sums += list(_mirrored(found, found.sums[ties:]))
    for (basis, *n), edge, least, most in of.caps:
        upto = Waits(found, "0", n[1], basis, tuple(n[5:])).upto(edge)
        if upto:
            found.sums.append((upto, [1.0] * len(upto), least, most))
    found.sums += model.sums
    return found


def _add_up(model: Model, first: int) -> None:
    """Add up along every line, and bands to n, what is not printed, in part or at all."""
    lines: dict[tuple[Name, str], list[int]] = defaultdict(list)
    for name, at in list(model.index.items()):
        if name[0] == "0" and name[2] in ("band", MORE):
            for whole, over in wholes(name):
                if whole in model.index:
                    lines[whole, over].append(at)
    for (whole, over), parts in lines.items():
        if max(parts) >= first or model.index[whole] >= first:
            if over == "Region":  # some of whom have bands already, as their n has them
                rest = (*whole[:5], "Region", "not known", *whole[7:])
                parts = sorted({*parts, model.add(rest, 0.0, np.inf)})  # noqa: PLW2901
            model.equal(model.index[whole], parts)


def _mirrored(model: Model, sums: Iterable[Sum]) -> Iterator[Sum]:
    """Yield what sums of some bands of a cell, and its n, say of its other bands.

    A programme would see that by itself; limits that are passed along do not.
    """
    cells: dict[Name, list[int]] = defaultdict(list)
    for name, at in model.index.items():
        if name[2] == "band":
            cells[name[1], name[3], *name[5:]].append(at)
    bands_of = {at: bands for bands in cells.values() for at in bands}
    for indices, weights, low, high in sums:
        bands = next(bands_of[at] for at in indices if at in bands_of)
        outside = [k for k, at in enumerate(indices) if at not in bands]
        if all(indices[k] not in bands_of for k in outside):
            measure, _, _, _, *cell = model.names[bands[0]][1:]
            n = model.index["0", measure, "n", "", "", *cell]
            rest = [at for at in bands if at not in indices]
            of_n = 1.0 + sum(weights[k] for k in outside)
            of_whole = ([n], [-of_n]) if of_n else ([], [])
            yield [*rest, *of_whole[0]], [*[1.0] * len(rest), *of_whole[1]], -high, -low


def _told(days: pd.DataFrame) -> set[Name]:
    """Return the n of which medians are shown."""
    medians = days[days["statistic"] == "median"]
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
