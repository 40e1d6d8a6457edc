"""Wilson's interval for a proportion.

Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927)
209-212; method 3 of Newcombe, Statistics in Medicine 17 (1998) 857-872. It never leaves 0 to 1,
and says something sensible at 0 and at all, where the textbook interval has no width.
"""

import numpy as np
from numpy.typing import ArrayLike

from measures.statistics.interval import Z_95, Floats, Interval


def wilson_limits(
    numerators: ArrayLike, denominators: ArrayLike, z: float = Z_95
) -> tuple[Floats, Floats]:
    """Return the lower and upper limits of every proportion, as shares; NaN where n is 0.

    Raises:
        ValueError: a numerator is negative or more than its denominator, or z is not positive.

    """
    x, n = np.broadcast_arrays(
        np.asarray(numerators, dtype=np.float64), np.asarray(denominators, dtype=np.float64)
    )
    if not ((x >= 0) & (x <= n)).all():
        raise ValueError("Wilson: every numerator must be from 0 to its denominator")
    if not z > 0:
        raise ValueError(f"Wilson: got z = {z}, allowed is more than 0")
    n = np.where(n > 0, n, np.nan)
    middle = 2 * x + z**2
    reach = z * np.sqrt(z**2 + 4 * x * (1 - x / n))
    scale = 2 * (n + z**2)
    # Exact ends: subtraction would leave a crumb of 1e-17 where a limit is 0 or 1.
    low = np.where((x == 0) & (n > 0), 0.0, (middle - reach) / scale)
    high = np.where(x == n, 1.0, (middle + reach) / scale)
    return low, high


def wilson(numerator: float, denominator: float, z: float = Z_95) -> Interval | None:
    """Return the limits of one proportion, as shares; None where the denominator is 0.

    Raises:
        ValueError: the numerator is negative or more than the denominator, or z is not positive.

    """
    low, high = wilson_limits(numerator, denominator, z)
    return Interval(float(low), float(high)) if denominator else None
