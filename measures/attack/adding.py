"""How the counts of one release add up: over breakdowns and places, over bands, part and rest."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from data.codes import ETHNICITY, ETHNICITY_GROUP
from measures.attack.model import Model, Name
from measures.attack.relations import BREAKDOWNS, REST, TOTAL, WITHIN

GROUP_OF = {label: ETHNICITY_GROUP.groups[code] for code, label in ETHNICITY.meanings.items()}


def add_up(model: Model, release: str) -> None:
    """Cells add up over each breakdown, over agencies, over regions, and over bands."""
    found: dict[Name, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for name, at in list(model.index.items()):
        if name[0] != release or name[2].endswith(REST):
            continue
        for whole, over in wholes(name):
            if whole in model.index:
                found[whole][over].append(at)
    for whole, by in found.items():
        for over, parts in by.items():
            if over == "Region":  # children of no known region are in England alone
                rest = (*whole[:5], "Region", "not known", *whole[7:])
                parts = [*parts, model.add(rest, 0.0, np.inf)]  # noqa: PLW2901
            model.equal(model.index[whole], parts)


def wholes(name: Name) -> Iterator[tuple[Name, str]]:
    """Yield the cells that a cell is part of, with what they add up over."""
    head, band, level, place, groups = name[:4], name[4], name[5], name[6], list(name[7:])
    if level != "England":
        yield (*head, band, "England", "England", *groups), level
    for at, over in enumerate(BREAKDOWNS):
        if groups[at] == TOTAL:
            continue
        wider = [*groups[:at], TOTAL, *groups[at + 1 :]]
        yield (*head, band, level, place, *wider), over
        if over == "ethnicity" and groups[at] in GROUP_OF:
            into = [GROUP_OF[groups[at]], TOTAL, *groups[2:]]
            # Codes that nobody gave count as not known as well, so there the sum is short.
            if into[0] != "Not known":
                yield (*head, band, level, place, *into), "code"
    if head[2] == "band" and head[1] != "contact_agreements":
        yield (head[0], head[1], "n", "", "", level, place, *groups), f"bands {head[3]}"


def contain(model: Model, release: str) -> None:
    """State that a part is at most its whole, and a hidden or small difference is a count too."""
    of_kind: dict[Name, list[tuple[Name, int]]] = defaultdict(list)
    for name, at in model.index.items():
        if name[0] == release:
            of_kind[name[1:3]].append((name[3:], at))
    for part, wholes in WITHIN.items():
        for cell, at in of_kind[part]:
            found = [model.index.get((release, *whole, *cell)) for whole in wholes]
            if None in found:
                continue
            rest = model.add((release, part[0], part[1] + REST, *cell), 0.0, np.inf)
            model.sums.append(
                (
                    [at, rest, *[w for w in found if w is not None]],
                    [1.0, 1.0, *[-1.0] * len(found)],
                    0.0,
                    0.0,
                )
            )
