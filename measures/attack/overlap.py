"""Releases of two periods of which one lies within the other: the difference is a count as well.

Who contacted an agency in the half-year did so in the year; the year less the half-year is who did
later. That holds of what happens in a period, not of what stands at its end, and not by age or
stage, which change. A place whose figures contradict it has corrected its return: nothing follows.
"""

from collections import defaultdict

import numpy as np

from measures.attack.model import Model
from measures.attack.relations import BREAKDOWNS, EVENTS, REST, TOTAL

LATER = " later" + REST
CHANGING = [7 + BREAKDOWNS.index(name) for name in ("age", "stage")]


def nested(model: Model, part: str, whole: str) -> None:
    """State that one release's counts of what happened are part of another's."""
    pairs: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for name, at in model.index.items():
        if name[0] == part and name[1:3] in EVENTS and all(name[k] == TOTAL for k in CHANGING):
            wider = model.index.get((whole, *name[1:]))
            if wider is not None:
                pairs[name[6]].append((at, wider))
    for of_place in pairs.values():
        least, most = np.array(model.least), np.array(model.most)
        if all(least[at] <= most[wider] for at, wider in of_place):
            for at, wider in of_place:
                # What two releases of a period share lies in the other period but once.
                part_of, name = model.names[at][0], model.names[wider]
                of = f"{part_of} in {name[0]}"
                rest = model.add((of, name[1], name[2] + LATER, *name[3:]), 0.0, np.inf)
                model.equal(wider, [at, rest])
