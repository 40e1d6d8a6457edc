"""Drawing the dates of an agency's made-up children: waits, and days of the period."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.rounds import Round
from data.sample.agencies import Agency
from data.sample.children import days

Days = NDArray[np.datetime64]
NEVER = np.datetime64("NaT", "D")
STAGES = ("C8", "C9", "C10", "C11", "C12", "C13", "C14", "C15", "C17")


@dataclass(frozen=True)
class Drawer:
    """Draws dates for one agency in one round."""

    rng: np.random.Generator
    agency: Agency
    round_: Round

    @property
    def start(self) -> np.datetime64:
        """The first day of the period."""
        return np.datetime64(self.round_.start, "D")

    @property
    def end(self) -> np.datetime64:
        """The last day of the period."""
        return np.datetime64(self.round_.end, "D")

    @property
    def extracted(self) -> np.datetime64:
        """The day the agency took its return from its system: nothing later is known."""
        return np.datetime64(self.agency.extracted, "D")

    def after(self, since: Days, median: float, spread: float = 0.8, most: float = 300) -> Days:
        """Return days that follow others by a log-normal wait."""
        wait = self.rng.lognormal(np.log(median), spread, since.size)
        return since + days(np.minimum(wait, most))

    def some(self, share: float, of: Days) -> Days:
        """Return `of`, blank but for a share of them."""
        return np.where(self.rng.random(of.size) < share, of, NEVER)

    def in_period(self, size: int) -> Days:
        """Return days spread evenly over the period."""
        length = (self.end - self.start).astype(int) + 1
        return self.start + days(self.rng.random(size) * length)
