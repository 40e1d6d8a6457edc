"""How far every quantity was seen to lie apart in tables that would be published alike."""

import numpy as np

from measures.disclosure.linked import CRUMB, Floats, Ints, Linked, Mask
from measures.disclosure.policy import Policy


class Moved:
    """The least and the greatest that solutions have shown every quantity to be; first the truth.

    Hiding more only leaves a reader more tables, so what was seen once holds ever after. `tables`
    are the solutions that showed it: which quantities they are of, and how many each has; the
    others have as many as in truth.
    """

    def __init__(self, linked: Linked, policy: Policy) -> None:
        """Begin with nothing moved."""
        self.gap = policy.protection
        # A reader who knows what a part leaves to within the gap cannot tell 6 from 5.
        near = (linked.truth >= 1) & (linked.truth < policy.threshold + self.gap)
        self.left = linked.left & near
        self.low, self.high = linked.truth.astype(float), linked.truth.astype(float)
        self.tables: list[tuple[Ints, Floats]] = []

    def note(self, at: Ints, seen: Floats) -> None:
        """Take note of one more table, of what it says of some quantities."""
        low, high = np.ceil(seen - CRUMB), np.floor(seen + CRUMB)
        if (((low < self.low[at]) | (high > self.high[at])) & self.too_little(at)).any():
            self.tables.append((at, seen))
        self.low[at] = np.minimum(self.low[at], low)
        self.high[at] = np.maximum(self.high[at], high)

    def is_enough(self, at: int, seen: float) -> bool:
        """Return whether a table with so many of a quantity shows it far enough apart."""
        low = min(self.low[at], np.ceil(seen - CRUMB))
        high = max(self.high[at], np.floor(seen + CRUMB))
        return bool(high - low >= self.gap - CRUMB or (self.left[at] and low < 1 - CRUMB))

    def too_little(self, at: Ints) -> Mask:
        """Return which of some quantities were not yet seen far enough apart."""
        return self.narrow(at, self.low, self.high)

    def narrow(self, at: Ints, least: Floats, most: Floats) -> Mask:
        """Return which of some quantities would be known too well within such limits.

        What a part leaves of its whole is not printed: it may be nobody, as far as a reader knows.
        """
        nobody = self.left[at] & (least[at] < 1 - CRUMB)
        return (most[at] - least[at] < self.gap - CRUMB) & ~nobody
