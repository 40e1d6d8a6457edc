"""The places of a measure, as far as one programme each can search them."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from measures.attack.daily import N
from measures.attack.limits import MOST, Places
from measures.attack.model import Name
from measures.attack.place import Place
from measures.attack.relations import BREAKDOWNS, TOTAL
from measures.attack.unseen import HIDDEN, Unseen

WIDE = "England"  # a level that is searched one breakdown at a time: more are too many
SAME = {"ethnicity_group": "ethnicity"}  # breakdowns of which one divides the other
NOWHERE, NOBODY, EVERYWHERE = -1, -2, -3


def places(unseen: Unseen) -> Iterator[Place]:
    """Yield the places that show days, and hide something, of a measure whose limits settled."""
    where, names = _where(unseen)
    wide = {place for place, name in enumerate(names) if name[0] == WIDE}
    lines: dict[int, list[Places]] = defaultdict(list)
    for number, line in enumerate(unseen.limits.lines):
        said = number in unseen.in_two and where[unseen.in_two[number]] != NOWHERE
        for place in () if said else _places(where[line], wide):
            lines[place].append(line[where[line] != NOBODY])
    printed = defaultdict(list)
    for at, weights, low, high in unseen.model.sums:
        of = where[unseen.cell[at]]
        if (low, high) == (0, 0) and len(set(unseen.column[at].tolist())) == 1:
            continue  # a line
        left = np.flatnonzero(of != NOBODY)
        for place in _places(of, wide):
            printed[place].append(([at[k] for k in left], [weights[k] for k in left], low, high))
    hidden = np.array(unseen.model.hidden, np.int64)
    for place, name in enumerate(names):
        of_all = (where == EVERYWHERE) & (name[0] == WIDE)
        cells = np.flatnonzero((where == place) | of_all)
        here = hidden[np.isin(unseen.cell[hidden], cells)]
        made = Place(unseen, cells, lines[place], printed[place], here)
        if len(here) and len(made.told):
            yield made


def _where(unseen: Unseen) -> tuple[Places, list[Name]]:
    """Return the place of every cell, by its number among all, and the names of these."""
    where, names = np.full(len(unseen.number), NOWHERE), dict[Name, int]()
    nobody = unseen.limits.ends[MOST, :, N] == 0
    for name, cell in unseen.number.items():
        level, place, *groups = name
        if level == HIDDEN:
            continue
        over = [over for over, group in zip(BREAKDOWNS, groups, strict=True) if group != TOTAL]
        if level != WIDE:
            where[cell] = names.setdefault((level, place), len(names))
        elif not over:
            where[cell] = EVERYWHERE
        elif len(over) == 1:
            breakdown = SAME.get(over[0], over[0])
            where[cell] = names.setdefault((level, place, breakdown), len(names))
    for number, together in unseen.in_two.items():
        of_parts = np.unique(where[unseen.limits.lines[number + 2][1:]])
        where[together] = of_parts[0] if len(of_parts) == 1 else NOWHERE
    wide = [number for name, number in names.items() if name[0] == WIDE]
    for whole, *parts in unseen.limits.lines:  # a region that is one agency is the same place
        ends = where[[whole, *parts]]
        if len(ends) == 2 and min(ends) >= 0 and ends[0] not in wide:
            where[where == ends[1]] = ends[0]
    where[nobody] = NOBODY
    return where, list(names)


def _places(where: Places, wide: set[int]) -> list[int]:
    """Return the places that have all of some cells, given where each is, of all or `wide` ones."""
    found = set(where.tolist()) - {NOBODY}
    one = found - {EVERYWHERE}
    if not found or NOWHERE in found or len(one) > 1:
        return []
    if EVERYWHERE in found and not one <= wide:
        return []
    return sorted(one or wide)
