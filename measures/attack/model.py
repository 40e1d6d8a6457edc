"""What is published, as whole numbers within limits and sums between them.

A quantity is a count of one cell: its name is (release, measure, statistic, basis, band, level,
place, *breakdowns). What is shown has its limits from rounding; what is hidden is only known not to
be nought, since a nought is shown.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from data.codes import ETHNICITY, ETHNICITY_GROUP
from measures.attack.groups import grouped
from measures.attack.overlap import nested
from measures.attack.published import Published
from measures.attack.relations import BREAKDOWNS, COUNTED, REST, SAME, TOTAL, WITHIN
from measures.attack.revisions import revised
from measures.attack.shares import narrowed
from measures.attack.waits import counted_twice, dated, measured

Name = tuple[str, ...]
Sum = tuple[list[int], list[float], float, float]
GROUP_OF = {label: ETHNICITY_GROUP.groups[code] for code, label in ETHNICITY.meanings.items()}


@dataclass
class Model:
    """Quantities with their limits, and sums of them (indices, weights, least, greatest)."""

    names: list[Name] = field(default_factory=list)
    index: dict[Name, int] = field(default_factory=dict)
    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    contradictions: list[Name] = field(default_factory=list)

    def add(self, name: Name, least: float, most: float) -> int:
        """Add a quantity, or narrow the limits of one that is there."""
        if name not in self.index:
            self.index[name] = len(self.names)
            self.names.append(name)
            self.least.append(least)
            self.most.append(most)
        else:
            at = self.index[name]
            self.least[at] = max(self.least[at], least)
            self.most[at] = min(self.most[at], most)
            if self.least[at] > self.most[at]:
                self.contradictions.append(name)
        return self.index[name]

    def equal(self, whole: int, parts: Sequence[int]) -> None:
        """State that a quantity is the sum of others."""
        self.sums.append(([whole, *parts], [1.0, *[-1.0] * len(parts)], 0.0, 0.0))


def limits(value: float, unit: int, threshold: int) -> tuple[float, float]:
    """Return the least and greatest count that is shown as `value`, rounded halves up to `unit`."""
    if value == 0:
        return 0.0, 0.0
    return max(threshold + 1.0, value - unit // 2), value + (unit - 1) // 2


def build(
    releases: Sequence[Published], overlapping: Sequence[tuple[Published, bool]] = ()
) -> Model:
    """Return all that the figures of some releases say together.

    `releases` are of one period. `overlapping` are of others, each with whether its period lies
    within that of the first; else that of the first lies within it.
    """
    model = Model()
    for number, one in enumerate([*releases, *(of for of, _ in overlapping)]):
        # Words one by one come out of plain columns in a tenth of the time.
        arrow = one.figures
        figures = arrow.astype(dict.fromkeys(arrow.select_dtypes("str"), object))
        _shared(model, str(number), one.same)
        shown = _counts(model, str(number), figures, one.threshold)
        if number:  # nobody can take back what was shown before
            model.hidden = [at for at in model.hidden if at not in shown]
        _add_up(model, str(number))
        _contain(model, str(number))
        measured(model, str(number), figures, one.quantile)
        dated(model, str(number), figures)
        grouped(model, str(number), figures, wholes)
        narrowed(model, str(number), figures)
    for few in revised(model, len(releases)) if len(releases) > 1 else ():
        _add_up(model, few)
        _contain(model, few)
        counted_twice(model, few)
    for number, (_, within) in enumerate(overlapping, len(releases)):
        for release in map(str, range(len(releases))):
            pair = (str(number), release) if within else (release, str(number))
            nested(model, *pair)
    model.sums = _once(model.sums)
    return model


def _once(sums: Sequence[Sum]) -> list[Sum]:
    """Return sums without repeats: what releases share is added up by each of them."""
    found = {(*sorted(zip(one[0], one[1], strict=True)), one[2:]): one for one in sums}
    return list(found.values())


def _shared(model: Model, release: str, same: Mapping[str, int]) -> None:
    """Let an unchanged agency's quantities go by their names in a further release too."""
    for name, at in list(model.index.items()):
        if name[5] == "Agency" and name[6] in same and name[0] == str(same[name[6]]):
            model.index[release, *name[1:]] = at


def named(release: str, row: Sequence[str]) -> Name:
    """Return the name of a count: `row` is measure, statistic, basis, band, level, place, groups.

    Figures that count the same rows have one name; n is the same whatever days are counted in.
    """
    measure, statistic, basis, *rest = row
    key = SAME.get((measure, statistic), (measure, statistic))
    return (release, *key, basis if statistic == "band" else "", *rest)


def _counts(model: Model, release: str, figures: pd.DataFrame, threshold: int) -> set[int]:
    """Add what counts can be; return which of them are shown."""
    shown = set()
    told = figures["status"].isin(["ok", "low", "c"])
    counted = figures[figures["statistic"].isin(COUNTED) & told]
    columns = ["measure", "statistic", "basis", "band", "geographic_level", "geography"]
    rows = counted[[*columns, *BREAKDOWNS, "status", "value", "rounded_to"]]
    for *row, status, value, unit in rows.itertuples(index=False, name=None):
        name = named(release, row)
        if status == "c":
            model.hidden.append(model.add(name, 1.0, np.inf))
        elif status == "low":
            shown.add(model.add(name, threshold + 1.0, (unit - 1) // 2))
        else:
            shown.add(model.add(name, *limits(value, int(unit), threshold)))
    # One that another figure shows stays here: it is found out, and will be told.
    model.hidden = sorted(set(model.hidden))
    return shown


def _add_up(model: Model, release: str) -> None:
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


def _contain(model: Model, release: str) -> None:
    """State that a part is at most its whole, and a hidden or small difference is a count too."""
    for part, wholes in WITHIN.items():
        for name, at in list(model.index.items()):
            if name[:3] != (release, *part):
                continue
            found = [model.index.get((release, *whole, *name[3:])) for whole in wholes]
            if None in found:
                continue
            rest = model.add((release, part[0], part[1] + REST, *name[3:]), 0.0, np.inf)
            model.sums.append(
                (
                    [at, rest, *[w for w in found if w is not None]],
                    [1.0, 1.0, *[-1.0] * len(found)],
                    0.0,
                    0.0,
                )
            )
