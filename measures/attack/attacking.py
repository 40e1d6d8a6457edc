"""Find for every hidden count the least and the greatest that it can be.

First limits are passed along the sums until they settle, which finds what plain subtraction finds.
What is still open falls into separate parts, and each is searched by linear programmes. A solution
shows for many counts at once that they can be far apart; only those it does not are asked for
one by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from measures.attack.knowledge import Knowledge
from measures.attack.model import Model, Name
from measures.attack.parts import Columns, parts
from measures.attack.programme import Programme
from measures.attack.published import THRESHOLD
from measures.attack.subtraction import Infeasible, propagated
from measures.attack.sums import Floats
from measures.attack.tables import fitting

WITHIN_3 = 3
CONTRADICTION = "the figures contradict each other"


@dataclass(frozen=True)
class Broken:
    """A hidden count that can be worked out: the cell's name, its limits, and how it gave way.

    Where it did by the days of groups, `by` are names of their n.
    """

    cell: Name
    least: int
    most: int
    why: str
    by: tuple[Name, ...] = ()

    def __str__(self) -> str:
        """Name the cell as a reader would."""
        measure, statistic, basis, band, level, place, *groups = self.cell[1:]
        named = [group for group in groups if group != "Total"]
        what = " ".join(filter(None, (measure, statistic, basis, band)))
        said = f"is {self.least}" if self.least == self.most else f"is {self.least} to {self.most}"
        return (
            f"{what}, {level} {place}{': ' + ', '.join(named) if named else ''} {said}: {self.why}"
        )


def attack(
    model: Model,
    tables: Floats | None = None,
    *,
    threshold: int = THRESHOLD,
    protection: int = WITHIN_3,
) -> list[Broken]:
    """Return every hidden count of a model that can be worked out to within `protection`.

    Also every difference of a whole and its part that is known to be small and not nought, and
    every figure that contradicts the others. `tables`, a row each with a value a quantity, save
    looking for others as far as they fit (see `fitting`).
    """
    if model.contradictions:
        return [Broken(name, 0, 0, CONTRADICTION) for name in model.contradictions]
    known = Knowledge.of(model)
    targets = np.union1d(np.array(model.hidden, np.int64), np.flatnonzero(known.differences))
    try:
        if tables is not None:
            settled = known.within(*propagated(known))
            known = replace(known, seen=fitting(settled, tables))
        least, most = bounds(known, targets, protection, threshold)
    except Infeasible as error:
        return [Broken(model.names[error.at], 0, 0, CONTRADICTION)]
    return list(_broken(model, targets, (least, most), threshold, protection))


def bounds(
    known: Knowledge, targets: Columns, gap: int, threshold: float = np.inf
) -> tuple[Floats, Floats]:
    """Return limits of all quantities; those of targets are exact where they are under `gap` apart.

    Differences that are surely more than a threshold are nobody's secret, and not searched for.
    Raises `Infeasible` where no counts fit all that is shown.
    """
    least, most = propagated(known)
    for programme in _programmes(known.within(least.copy(), most.copy()), targets, gap, threshold):
        for one, low, high in programme.ranges():
            least[one], most[one] = max(least[one], low), min(most[one], high)
    return least, most


def doubtful(known: Knowledge, targets: Columns, gap: int) -> Columns:
    """Return the targets that may be under `gap` apart: those that a few solutions leave open.

    Raises `Infeasible` where no counts fit all that is shown.
    """
    settled = known.within(*propagated(known))
    narrow = targets[(settled.most - settled.least)[targets] < gap]
    open_ = [one.part.quantities[one.left()] for one in _programmes(settled, targets, gap)]
    return np.sort(np.concatenate([narrow, *open_]))


def _programmes(
    settled: Knowledge, targets: Columns, gap: int, threshold: float = np.inf
) -> Iterator[Programme]:
    """Yield the programmes of the parts in which targets are open by the gap or more."""
    least, most, differences = settled.least, settled.most, settled.differences
    wanted = np.zeros(len(least), np.bool_)
    wanted[targets] = True
    wanted &= ~(differences & (least > threshold))
    # Where a whole is surely more than its part, that it is says nothing about either.
    of_one_sum = np.diff(settled.matrix.tocsc().indptr) == 1
    idle = np.flatnonzero(differences & of_one_sum & (least > 0) & ~wanted)
    for part in parts(settled, idle):
        at = part.quantities
        asked = np.flatnonzero(wanted[at] & (most[at] - least[at] >= gap))
        if len(asked):
            yield Programme(settled, part, asked, gap)


def _broken(
    model: Model,
    targets: Columns,
    limits: tuple[Floats, Floats],
    threshold: int,
    protection: int,
) -> Iterator[Broken]:
    least, most = limits
    hidden = set(model.hidden)
    for at in targets.tolist():
        if most[at] - least[at] >= protection:
            continue
        low, high = round(float(least[at])), round(float(most[at]))
        if at in hidden:
            yield Broken(model.names[at], low, high, "hidden, and can be worked out")
        elif 1 <= low <= threshold:
            yield Broken(model.names[at], low, high, "a small difference of two that are shown")
