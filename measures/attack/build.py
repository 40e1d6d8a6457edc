"""All that some releases say together, read off their figures."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from measures.attack.adding import add_up, contain
from measures.attack.groups import grouped
from measures.attack.model import Model, Name, Sum
from measures.attack.overlap import nested
from measures.attack.published import Published
from measures.attack.relations import BREAKDOWNS, COUNTED, SAME
from measures.attack.revisions import revised
from measures.attack.shares import narrowed
from measures.attack.waits import counted_twice, dated, measured


def build(
    releases: Sequence[Published], overlapping: Sequence[tuple[Published, bool]] = ()
) -> Model:
    """Return all that the figures of some releases say together.

    `releases` are of one period. `overlapping` are of others, each with whether its period lies
    within that of the first; else that of the first lies within it.
    """
    model = Model()
    for number, one in enumerate([*releases, *(of for of, _ in overlapping)]):
        figures = one.plain
        _shared(model, str(number), one.same)
        shown = _counts(model, str(number), figures, one.threshold)
        if number:  # nobody can take back what was shown before
            model.hidden = [at for at in model.hidden if at not in shown]
        add_up(model, str(number))
        contain(model, str(number))
        measured(model, str(number), figures, one.quantile)
        counted_twice(model, str(number))
        dated(model, str(number), figures)
        grouped(model, str(number), figures)
        narrowed(model, str(number), figures, one.threshold)
    for few in revised(model, len(releases)) if len(releases) > 1 else ():
        add_up(model, few)
        contain(model, few)
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


def limits(value: float, unit: int, threshold: int) -> tuple[float, float]:
    """Return the least and greatest count that is shown as `value`, rounded halves up to `unit`."""
    if value == 0:
        return 0.0, 0.0
    return max(threshold + 1.0, value - unit // 2), value + (unit - 1) // 2
