"""An interval, and how many standard errors a confidence stands for."""

from statistics import NormalDist
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Short = NDArray[np.int32]

Z_95: Final = 1.959963984540054
"""Two-sided 95%: the 97.5th percentile of the standard normal."""

Z_998: Final = 3.090232306167813
"""Two-sided 99.8%: the 99.9th percentile of the standard normal, the outer line of a funnel."""


class Interval(NamedTuple):
    """The two ends of an interval, in the unit of what it is about (shares are 0 to 1)."""

    low: float
    high: float


def normal_quantile(confidence: float) -> float:
    """Return z of a two-sided confidence between 0 and 1, 1.96 for 0.95.

    Raises:
        ValueError: the confidence is not strictly between 0 and 1.

    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence: got {confidence}, allowed is more than 0 and less than 1")
    return NormalDist().inv_cdf(1 - (1 - confidence) / 2)
