"""Several releases of one period: returns by which of the releases they are in.

A release is the sum of such groups: of what is in all releases, of what has only come since, of
what has gone since. What a group has in a region nobody prints, and it is a count like any other:
it adds up over breakdowns, contains its parts, and is never under nought.
"""

from collections import defaultdict

import numpy as np

from measures.attack.model import Model, Name
from measures.attack.relations import REST

ONLY_IN, SINCE = " only in ", " since "
"""In what a group is called, as a release; since, where it is the difference of two releases."""
Pattern = frozenset[str]
"""The releases that a return is in."""


def revised(model: Model, releases: int) -> list[str]:
    """Add the groups of so many releases' returns, and state that releases are their sums.

    Returns what was added: releases of some agencies, of whose wide counts nothing is shown. A
    group that is all of a release has that one's counts.
    """
    numbers = [str(number) for number in range(releases)]
    wide: dict[str, dict[Name, int]] = {one: {} for one in numbers}
    for name, at in model.index.items():
        is_count = not name[2].endswith(REST) and name[6] != "not known"
        if name[0] in wide and name[5] != "Agency" and is_count:
            wide[name[0]][name[1:]] = at
    groups = _groups(model, numbers)
    reported = {name[:2] for own in groups.values() for name in own}
    parts = {one: [pattern for pattern in groups if one in pattern] for one in numbers}
    added, counts = [], {}
    for pattern, own in groups.items():
        if whole := [one for one in sorted(pattern) if parts[one] == [pattern]]:
            counts[pattern] = wide[whole[0]]
            continue
        release = _called(pattern, parts)
        added.append(release)
        model.index |= {(release, *name): at for name, at in own.items()}
        nobody = reported - {name[:2] for name in own}  # none of these agencies reports it
        counts[pattern] = {
            name: model.add((release, *name), 0.0, 0.0 if name[:2] in nobody else np.inf)
            for name in sorted(set().union(*(wide[one] for one in pattern)))
        }
    for one in numbers:
        for name, at in wide[one].items():
            of = [counts[pattern][name] for pattern in parts[one] if name in counts[pattern]]
            if of and len(of) == len(parts[one]) and of != [at]:
                model.equal(at, of)
    return added


def _groups(model: Model, releases: list[str]) -> dict[Pattern, dict[Name, int]]:
    """Return by pattern the agencies' quantities, by their names without a release."""
    agencies: dict[tuple[str, str], dict[Name, int]] = defaultdict(dict)
    where: dict[int, set[str]] = defaultdict(set)
    for name, at in model.index.items():
        if name[0] in releases and name[5] == "Agency":
            agencies[name[0], name[6]][name[1:]] = at
            where[at].add(name[0])
    found: dict[Pattern, dict[Name, int]] = defaultdict(dict)
    for own in agencies.values():
        found[frozenset().union(*(where[at] for at in own.values()))] |= own
    return found


def _called(pattern: Pattern, parts: dict[str, list[Pattern]]) -> str:
    """Return the name of a group; where it is the difference of two releases, since."""
    for more, of_more in parts.items():
        for fewer, of_fewer in parts.items():
            rest = [other for other in of_more if other not in of_fewer]
            if rest == [pattern] and all(other in of_more for other in of_fewer):
                return f"{more}{SINCE}{fewer}"
    return f"{ONLY_IN}{' and '.join(sorted(pattern))}"
