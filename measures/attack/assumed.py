"""What a reader may assume beyond the definitions: that the dates of a return are sound.

It is not written in the figures, and not always so. But mostly it is, and then a reader who takes
it for granted is right. So where it is true the attack takes it for granted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

import numpy as np

from data.geography import closed_regions
from measures.attack.knowledge import Knowledge
from measures.attack.model import Model, Name, Sum
from measures.attack.relations import (
    ALIKE,
    AT_LEAST,
    CHILDREN,
    CLOSED,
    NEARLY,
    OPEN,
    PRE_ORDER,
    REST,
    ROWS_USED,
    TIES,
    TOTAL,
    WITHIN,
)
from measures.attack.subtraction import Infeasible, propagated

Kind = tuple[str, str]
Relation = tuple[Sequence[Kind], Sequence[Kind]]
Counts = Mapping[Kind, Mapping[Name, int]]
"""True counts of the newest release by kind and cell."""
FAR_OFF = 6  # a sum that is short of its limit by so many says nothing within 3


def assume(model: Model, truth: Mapping[Name, int], threshold: int) -> None:
    """Add to a model of releases what sound dates say of the newest one's counts.

    Only where the true counts say that it is so. Sums that tie otherwise separate counts are not
    searched: limits are passed along them here, once.
    """
    counts = _newest(model, truth)
    for part in NEARLY:
        for cell, left in _differences(counts, WITHIN[part], (part,)):
            total = all(group == TOTAL for group in cell[2:])
            if left == 0 or (left <= threshold and total):
                rest = model.index["0", part[0], part[1] + REST, "", "", *cell]
                model.most[rest] = min(model.most[rest], threshold if left else 0)
    for one, other in ALIKE:
        for cell, left in _differences(counts, (one,), (other,)):
            if left == 0:
                model.equal(_at(model, one, cell), [_at(model, other, cell)])
    model.sums += _at_least(model, counts, AT_LEAST)
    _live_where_they_should(model, truth)
    ties = [*_at_least(model, counts, TIES), *_rows_used(model, truth)]
    with suppress(Infeasible):  # the attack will tell of it
        knowledge = Knowledge.of(
            Model(model.names, {}, model.least, model.most, [], model.sums + ties)
        )
        least, most = propagated(knowledge)
        model.least, model.most = least.tolist(), most.tolist()


def _newest(model: Model, truth: Mapping[Name, int]) -> Counts:
    """Return the true counts that a model of releases has quantities for."""
    found = defaultdict[Kind, dict[Name, int]](dict)
    for name, n in truth.items():
        if name[0] == "0" and name in model.index:
            found[name[1], name[2]][name[5:]] = n
    return found


def _at_least(model: Model, counts: Counts, relations: Sequence[Relation]) -> Iterator[Sum]:
    for more, fewer in relations:
        for cell, left in _differences(counts, more, fewer):
            if 0 <= left < FAR_OFF:
                at = [_at(model, of, cell) for of in (*more, *fewer)]
                yield at, [1.0] * len(more) + [-1.0] * len(fewer), 0.0, np.inf


def _live_where_they_should(model: Model, truth: Mapping[Name, int]) -> None:
    """State that all regions are known, and that a region's children are its agencies'."""
    for name in _of_no_region(truth):
        if name in model.index:
            model.most[model.index[name]] = 0.0
    for region, parts in _of_agencies(truth):
        if all(name in model.index for name in (region, *parts)):
            model.equal(model.index[region], [model.index[part] for part in parts])


def _of_no_region(truth: Mapping[Name, int]) -> Iterator[Name]:
    """Yield the names of those of no known region, where there are none: mostly all are known."""
    regions: dict[Name, int] = defaultdict(int)
    for name, n in truth.items():
        if (name[0], name[5]) == ("0", "Region"):
            regions[*name[:5], *name[7:]] += n
    for cell, n in regions.items():
        if truth.get((*cell[:5], "England", "England", *cell[5:])) == n:
            yield (*cell[:5], "Region", "not known", *cell[5:])


def _of_agencies(truth: Mapping[Name, int]) -> Iterator[tuple[Name, list[Name]]]:
    """Yield what is as many as some agencies' are together: where no child lives elsewhere."""
    agencies = sorted({name[6] for name in truth if (name[0], name[5]) == ("0", "Agency")})
    for region, here in closed_regions(agencies).items():
        pairs = [
            (name, [part for agency in here if (part := _of(agency, name)) in truth])
            for name in truth
            if (name[0], *name[5:7]) == ("0", "Region", region)
        ]
        alike = [(name, of) for name, of in pairs if truth[name] == sum(truth[part] for part in of)]
        # One child who lives elsewhere, and nobody can take it for granted.
        if {name for name, _ in alike} >= {name for name, _ in pairs if {*name[7:]} == {TOTAL}}:
            yield from ((name, of) for name, of in alike if of)


def _of(agency: str, name: Name) -> Name:
    return (*name[:5], "Agency", agency, *name[7:])


def _rows_used(model: Model, truth: Mapping[Name, int]) -> Iterator[Sum]:
    """Yield that all rows of an agency are open or closed contacts, or children before the order.

    Where they are: how many rows were used is told to the nearest ten, and hidden up to 14.
    """
    for name, used in truth.items():
        if name[1:3] == ROWS_USED:
            everybody = name[5:]
            names = [("0", *kind, "", "", *everybody) for kind in (*OPEN, CLOSED)]
            names.append(("0", *CHILDREN[0], "", "", *everybody[:-1], PRE_ORDER))
            known = [one for one in names if one in model.index]
            if known and sum(truth.get(one, 0) for one in known) == used:
                about = max((used + 5) // 10 * 10, 10)
                least, most = about - 5.0 if about > 10 else 0.0, about + 4.0
                yield [model.index[one] for one in known], [1.0] * len(known), least, most


def _at(model: Model, kind: Kind, cell: Name) -> int:
    return model.index["0", *kind, "", "", *cell]


def _differences(
    counts: Counts, more: Sequence[Kind], fewer: Sequence[Kind]
) -> Iterator[tuple[Name, int]]:
    """Yield every cell of which all counts are there, and by how many some exceed the others."""
    for cell in counts[more[0]]:
        if all(cell in counts[kind] for kind in (*more, *fewer)):
            some = sum(counts[kind][cell] for kind in more)
            yield cell, some - sum(counts[kind][cell] for kind in fewer)
