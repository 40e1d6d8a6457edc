"""What the days of a measure's groups give away, and would still once what does is hidden."""

from collections.abc import Iterator, Mapping

import numpy as np

from measures.attack.attacking import CONTRADICTION, Broken
from measures.attack.by_place import Quiet, found_by_place
from measures.attack.model import Name
from measures.attack.no_longer import AllDays, Contradicted
from measures.attack.sums import Floats
from measures.attack.waiting import Waiting

BY_GROUPS = "the days of groups give it away"


def found_ahead(
    of: Waiting, protection: int, truth: Mapping[Name, int], quiet: Quiet | None = None
) -> list[Broken]:
    """Return the hidden counts that groups' days give away, and that they still would.

    That is, once of the groups whose days took part the one of least n is hidden, and so on: who
    hides them has them all at once. `truth` has every true n, `quiet` what need not be searched.
    What changes by that is left to who asks again: it is not searched here.
    """
    quiet = set() if quiet is None else quiet
    found = list[Broken]()
    while True:
        more, *_ = found_by_groups(of, protection, quiet, search=not found)
        found += more
        silent = set[Name]()
        for by in (one.by for one in more):
            if by and silent.isdisjoint(by):
                silent.add(min(by, key=lambda n: (truth.get(n, 0), n)))
        if not silent:
            return found
        of = of.without(silent)


def found_by_groups(
    of: Waiting, protection: int, quiet: Quiet | None = None, *, search: bool = True
) -> tuple[list[Broken], Floats, Floats]:
    """Return the hidden counts that groups' days give away, and all limits as these make them.

    The limits are those of the measure, not of one that it is no longer than. Each find names the n
    of groups whose days took part (`by`). What limits passed along do not find, programmes `search`
    for; `quiet` has the places that they need not search again (see `found_by_place`).
    """
    days = AllDays(of)
    try:
        limits = days.settled()
    except Contradicted as error:
        wrong = Broken(error.name, 0, 0, CONTRADICTION)
        return [wrong], np.array(of.model.least), np.array(of.model.most)
    found = [
        one for which, ends in enumerate(limits) for one in _narrow(days, which, ends, protection)
    ]
    if search and not found:
        found = found_by_place(days, protection, set() if quiet is None else quiet)
    return found, *limits[0]


def _narrow(
    days: AllDays, which: int, limits: tuple[Floats, Floats], protection: int
) -> Iterator[Broken]:
    """Yield the hidden counts of a measure that lie within less than they did before."""
    (least, most), unseen = limits, days.each[which]
    model = unseen.model
    for at in model.hidden:
        if most[at] - least[at] < protection <= model.most[at] - model.least[at]:
            by = days.groups(which, unseen.ends(at))
            yield Broken(model.names[at], int(least[at]), int(most[at]), BY_GROUPS, by)
