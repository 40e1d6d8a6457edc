"""Control limits of a funnel plot of proportions: Wilson's interval inverted.

An agency of n children lies on a limit when the end of its own Wilson interval just touches the
target. Wilson's interval is the score test turned inside out, so inverting it again gives the
score test's limits in closed form: p0 -+ z sqrt(p0 (1 - p0) / n), kept to 0 to 1. That equals the
longer formula of the Fingertips public health technical guidance (funnel plots for proportions;
`calculate_funnel_limits` of PHEindicatormethods); see Spiegelhalter, "Funnel plots for comparing
institutional performance", Statistics in Medicine 24 (2005) 1185-1202. The limits do not widen for
differences between agencies that no measure explains (overdispersion), and treat the target as
known.
"""

import numpy as np
from numpy.typing import ArrayLike

from measures.statistics.interval import Z_95, Floats


def funnel_limits(target: float, denominators: ArrayLike, z: float = Z_95) -> tuple[Floats, Floats]:
    """Return the lower and upper limit at every denominator, as shares; NaN where it is 0.

    `z` is Z_95 for the inner and Z_998 for the outer line; `target` is the share of the whole.

    Raises:
        ValueError: the target is not from 0 to 1, a denominator is negative, or z is not positive.

    """
    n = np.asarray(denominators, dtype=np.float64)
    if not 0 <= target <= 1:
        raise ValueError(f"funnel: got a target of {target}, allowed is 0 to 1")
    if (n < 0).any() or not z > 0:
        raise ValueError("funnel: denominators must be 0 or more, and z more than 0")
    reach = z * np.sqrt(target * (1 - target) / np.where(n > 0, n, np.nan))
    return np.maximum(target - reach, 0.0), np.minimum(target + reach, 1.0)
