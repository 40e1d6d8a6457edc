"""What the days of a measure's groups give away, and would still once what does is hidden."""

from collections.abc import Mapping

import numpy as np

from measures.attack.attacking import CONTRADICTION, Broken
from measures.attack.by_place import Quiet, found_by_place
from measures.attack.model import Name
from measures.attack.subtraction import Infeasible
from measures.attack.sums import Floats
from measures.attack.unseen import Unseen
from measures.attack.waiting import Waiting

BY_GROUPS = "the days of groups give it away"


def found_ahead(
    of: Waiting, protection: int, truth: Mapping[Name, int], quiet: Quiet | None = None
) -> list[Broken]:
    """Return the hidden counts that groups' days give away, and that they still would.

    That is, once of the groups whose days took part the one of least n is hidden, and so on: who
    hides them has them all at once. `truth` has every true n, `quiet` what need not be searched.
    """
    quiet = set() if quiet is None else quiet
    found = list[Broken]()
    while True:
        more, *_ = found_by_groups(of, protection, quiet)
        found += more
        silent = set[Name]()
        for by in (one.by for one in more):
            if by and silent.isdisjoint(by):
                silent.add(min(by, key=lambda n: (truth.get(n, 0), n)))
        if not silent:
            return found
        of = of.without(silent)


def found_by_groups(
    of: Waiting, protection: int, quiet: Quiet | None = None
) -> tuple[list[Broken], Floats, Floats]:
    """Return the hidden counts that groups' days give away, and all limits as these make them.

    Each names the n of groups whose days took part (`by`). What limits passed along do not find,
    programmes do; `quiet` has the places that those need not search again (see `found_by_place`).
    """
    model = of.model
    before = np.array(model.most) - np.array(model.least)
    try:
        unseen = Unseen(of)
        least, most = unseen.settled()
    except Infeasible as error:
        wrong = Broken(model.names[error.at], 0, 0, CONTRADICTION)
        return [wrong], np.array(model.least), np.array(model.most)
    found = list[Broken]()
    for at in model.hidden:
        if most[at] - least[at] < protection <= before[at]:
            by = unseen.groups(unseen.behind(unseen.ends(at)))
            found.append(Broken(model.names[at], int(least[at]), int(most[at]), BY_GROUPS, by))
    if not found:
        found = found_by_place(unseen, protection, set() if quiet is None else quiet, of.waited)
    return found, least, most
