"""How many were done at least, from a share still waiting and the ends of its interval.

The share is a product over days, so that its logarithm is a sum, of log(1 - done / at risk); its
variance is Greenwood's sum of done / (at risk (at risk - done)). As a logarithmic mean is no less
than a geometric one, every term of the first is at most the root of done times the term of the
second: by Cauchy and Schwarz the first sum squared, over any days, is at most how many were done
in them times the second sum.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import e, log, sqrt
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)
HALF = 0.005 + 1e-9  # half a percentage point, and a hair


@dataclass(frozen=True)
class AtDay:
    """What both sums up to a day lie between; `reach` is at least the root of their quotient."""

    low: float
    high: float
    greenwood_low: float
    greenwood_high: float
    reach: float

    def done(self) -> float:
        """Return how many were done by the day at least."""
        return 1 / self.reach**2

    def done_since(self, earlier: "AtDay") -> float:
        """Return how many were done after an earlier day at least."""
        fell = self.low - earlier.high
        more = self.greenwood_high - earlier.greenwood_low
        return fell**2 / more if min(fell, more) > 0 else 0.0


def at_day(share: float, low: float, high: float) -> AtDay | None:
    """Return the sums of a share and its interval, printed in percent; None where they say nothing.

    The ends are the share to the power of exp(z s) and of exp(-z s), where s is the root of
    Greenwood's sum by that of logarithms: minus the logarithm of the share is exp(z s) times
    smaller than that of one end, and as much greater than that of the other.
    """
    ranges = [(one / 100 - HALF, one / 100 + HALF) for one in (share, low, high)]
    if not all(0 < few < many < 1 for few, many in ranges):
        return None
    (least, most), (low_least, low_most), (high_least, high_most) = (
        (-log(many), -log(few)) for few, many in ranges
    )
    # Where one of two is the greater and where the other is, where one is greatest or nought.
    turns = [sqrt(low_most * high_least), low_most / e, sqrt(low_least * high_most)]
    turns += [low_least, high_most]
    at = [least, most, *(turn for turn in turns if least < turn < most)]
    widest = [max(0.0, min(log(low_most / one), log(one / high_least))) / Z for one in at]
    narrowest = [max(0.0, log(low_least / one), log(one / high_most)) / Z for one in at]
    if not max(widest):
        return None
    return AtDay(
        least,
        most,
        min(_greenwood(at, narrowest)),
        max(_greenwood(at, widest)),
        max(widest),
    )


def _greenwood(at: Iterable[float], reach: Iterable[float]) -> list[float]:
    return [(one * by) ** 2 for one, by in zip(at, reach, strict=True)]
