"""What a model says of how many waited how long, measure by measure."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from measures.attack.curves import Cap, caps
from measures.attack.model import Model, Name, Sum
from measures.attack.ranks import QUARTILES
from measures.attack.relations import BANDS
from measures.attack.waits import PLACE, Waited


@dataclass(frozen=True)
class Waiting:
    """The n and bands of one measure: their model, their days, and what curves say of them.

    `days` are the medians and quartiles that are shown, as rows of a release's figures. `waited` is
    the truth of some cells, if it is known to us. Some may wait no longer than for the end of a
    `longer` measure (see `no_longer`).
    """

    model: Model
    days: pd.DataFrame
    caps: list[Cap]
    waited: Waited = field(default_factory=dict)
    longer: "Waiting | None" = None

    @property
    def measure(self) -> str:
        """The measure whose days they are."""
        return self.model.names[0][1]

    @property
    def size(self) -> int:
        """How many days are shown, each of them once: the work is of that size."""
        return int(self.days["value"].nunique()) + (self.longer.size if self.longer else 0)

    def is_like(self, other: "Waiting") -> bool:
        """Return whether another one says just the same."""
        same = (self.model, self.caps) == (other.model, other.caps)
        if self.longer is None or other.longer is None:
            same &= self.longer is other.longer
        else:
            same &= self.longer.is_like(other.longer)
        return same and self.days.equals(other.days)

    def without(self, groups: Collection[Name]) -> "Waiting":
        """Return what is left where the n of some groups are hidden, and so their days."""
        own = [n for n in groups if n in self.model.index]
        at, places = [self.model.index[n] for n in own], {n[5:] for n in own}
        least, most = np.array(self.model.least), np.array(self.model.most)
        least[at], most[at] = 1, np.inf
        kept = [
            place not in places for place in self.days[PLACE].itertuples(index=False, name=None)
        ]
        return replace(
            self,
            model=replace(self.model, least=least.tolist(), most=most.tolist()),
            days=self.days[kept],
            caps=[cap for cap in self.caps if cap.n not in groups],
            longer=self.longer and self.longer.without(groups),
        )

    def knowing(self, waited: Waited) -> "Waiting":
        """Return the same with the truth of its cells, as far as it is given."""
        cells = {name[5:] for name in self.model.names}
        return replace(self, waited={cell: waited[cell] for cell in cells if cell in waited})


def waiting(model: Model, figures: pd.DataFrame, threshold: int) -> list[Waiting]:
    """Return what a model says of the days of each of the newest release's measures."""
    shown = figures[figures["statistic"].isin(QUARTILES) & (figures["status"] == "ok")]
    days = {str(measure): rows for measure, rows in shown.groupby("measure")}
    capped: dict[str, list[Cap]] = defaultdict(list)
    for cap in caps(model, figures, threshold):
        capped[cap.n[1]].append(cap)
    owner = [_measure(name) for name in model.names]
    numbers: dict[str, list[int]] = defaultdict(list)
    for at, measure in enumerate(owner):
        numbers[measure].append(at)
    place = {at: k for of in numbers.values() for k, at in enumerate(of)}
    sums: dict[str, list[Sum]] = defaultdict(list)
    for indices, weights, low, high in model.sums:
        measure = owner[indices[0]]
        if measure and all(owner[at] == measure for at in indices):
            sums[measure].append(([place[at] for at in indices], weights, low, high))
    hidden = set(model.hidden)
    return [
        Waiting(
            Model(
                [model.names[at] for at in of],
                {model.names[at]: place[at] for at in of},
                [model.least[at] for at in of],
                [model.most[at] for at in of],
                [place[at] for at in of if at in hidden],
                sums[measure],
            ),
            days.get(measure, shown.iloc[:0]),
            capped[measure],
        )
        for measure, of in numbers.items()
        if measure
    ]


def _measure(name: Name) -> str:
    """Return the measure that a name is of the n or a band of; nothing for others."""
    return name[1] if name[0] == "0" and (name[2] == "n" or name[4] in BANDS) else ""
