"""Children before the order: matched, placed, and some of them adopted in the period."""

import numpy as np

from data.sample.children import YEAR, Columns, born, characteristics, days, families
from data.sample.drawing import NEVER, STAGES, Days, Drawer


class Matches(Drawer):
    """Draws the pre-order children of one agency."""

    def columns(self) -> Columns:
        """Return pre-order children: half matched of late, half adopted in the period."""
        family = families(self.rng, self.agency.pre_order)
        size = family.size
        match: Days = self.in_period(size) - days(self.rng.uniform(0, 60, size))
        placed = self.after(match, 25, 0.5)
        order = self.after(placed + days(np.full(size, 70.0)), 110, 0.5)
        adopted = self.rng.random(size) < 0.45
        shift = np.where(adopted, self.in_period(size) - order, np.timedelta64(0, "D"))
        age = np.clip(self.rng.lognormal(np.log(2.4), 0.6, size), 0.2, 12)
        birth = born(self.rng, family, match + shift - days(age * YEAR), (match + shift)[family])
        match, placed, order = (
            np.where(day <= self.extracted, day, NEVER)[family]
            for day in (match + shift, placed + shift, order + shift)
        )
        both = (order < self.end) & (self.rng.random(size) < 0.05)
        contact = np.where(both, np.minimum(self.after(order, 20), self.end), NEVER)
        return {
            **characteristics(self.rng, self.agency, family, age[family]),
            "child": np.arange(size),
            "contact": np.zeros(size, dtype=np.int64),
            "C4": birth,
            "settled": np.zeros(size, dtype=bool),
            **{name: np.full(size, NEVER) for name in STAGES},
            "C8": match,
            "C9": placed,
            "C10": order,
            "C11": contact,
            "C16": np.where(both, 0, -1),
            "C17": np.where(both, NEVER, order),
        }
