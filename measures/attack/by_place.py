"""Programmes over all days that are shown, one place after the other: what limits leave open."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b

import numpy as np

from measures.attack.attacking import CONTRADICTION, Broken, bounds
from measures.attack.ends import FromLast
from measures.attack.knowledge import Knowledge
from measures.attack.limits import LEAST, MOST, Entry
from measures.attack.model import Name
from measures.attack.no_longer import AllDays
from measures.attack.place import Place
from measures.attack.places import places
from measures.attack.ranking import CELL
from measures.attack.solver import Unsolved
from measures.attack.subtraction import Infeasible
from measures.attack.sums import Floats
from measures.attack.tables import fitting
from measures.attack.true_table import true_table

TOGETHER = "the days of groups of one place give it away together"
PRICE = 1e-7  # under it a limit or a sum holds nothing
Quiet = set[bytes]
"""Places that gave nothing away, by all that was known of them."""


def found_by_place(days: AllDays, protection: int, quiet: Quiet) -> list[Broken]:
    """Return the hidden counts that the days of one place give away, once their limits settled.

    Each names the n of groups whose days took part (`by`). Places that are as they were when they
    gave nothing away are not searched again; those that give nothing away now are added. The truth,
    where it is known to us, saves searching.
    """
    found = list[Broken]()
    for which, of in enumerate(days.measures):
        for place in places(days.each[which]):
            if (key := _key(place.known)) not in quiet:
                seen = fitting(place.known, true_table(place, of.waited))
                told = list(_searched(days, which, place, seen, protection))
                found += told
                if not told:
                    quiet.add(key)
    return found


def _key(known: Knowledge) -> bytes:
    matrix = known.matrix
    key = blake2b(digest_size=16)
    for part in (matrix.indptr, matrix.indices, matrix.data, known.low, known.high):
        key.update(part.tobytes())
    for part in (known.least, known.most):
        key.update(part.tobytes())
    return key.digest()


def _searched(
    days: AllDays, which: int, place: Place, seen: Floats, protection: int
) -> Iterator[Broken]:
    """Yield what a programme finds of the hidden counts of a place, of which tables are `seen`."""
    model, known, targets = place.unseen.model, place.known, place.at(place.hidden)
    try:
        least, most = bounds(replace(known, seen=seen), targets, protection)
    except Infeasible as error:
        _, cell, _ = place.entry(LEAST, error.at)
        first = int(np.argmax(place.unseen.cell == cell))
        yield Broken(model.names[first], 0, 0, CONTRADICTION)
        return
    for at, target in zip(place.hidden.tolist(), targets.tolist(), strict=True):
        if most[target] - least[target] < protection <= known.most[target] - known.least[target]:
            by = days.groups(which, *_behind(place, target))
            yield Broken(model.names[at], int(least[target]), int(most[target]), TOGETHER, by)


def _behind(place: Place, quantity: int) -> tuple[list[Entry], list[Name]]:
    """Return the limits that hold a quantity where it is, and the n of cells whose days do."""
    known = place.known
    alone = FromLast(known.matrix, (known.low, known.high), known.least, known.most)
    edge, cells = list[Entry](), set[int]()
    try:
        for sign in (-1, 1):
            alone.moved(quantity, sign, whole=False)
            columns, rows = alone.solver.prices()
            edge += [place.entry(LEAST, at) for at in np.flatnonzero(columns > PRICE).tolist()]
            edge += [place.entry(MOST, at) for at in np.flatnonzero(columns < -PRICE).tolist()]
            # Days say what these rows say, of one cell each.
            first = len(rows) - len(place.ranked)
            held = first + np.flatnonzero(np.abs(rows[first:]) > PRICE)
            said = known.matrix.indices[known.matrix.indptr[held]]
            cells |= {place.entry(LEAST, at)[1] for at in said.tolist()}
    except Unsolved:
        cells = set(place.told[:, CELL].tolist())
    return edge, [place.unseen.n_of(cell) for cell in cells]
