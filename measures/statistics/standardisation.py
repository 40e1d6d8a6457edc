"""Direct standardisation of a proportion, with Dobson's interval.

Each stratum's proportion is weighed by a standard population; the interval is that of the number
of events, shifted and scaled to the standardised proportion: Dobson, Kuulasmaa, Eberle & Scherer,
"Confidence intervals for weighted sums of Poisson parameters", Statistics in Medicine 10 (1991)
457-462. The count's own limits are exact, as in that paper; the Fingertips technical guidance uses
Byar's approximation to them from 10 events on, which differs by under 0.2%. As there, events are
taken as Poisson, which makes the interval a little wide where an outcome is common, never narrow.
Not under 10 events: Morris, Tan, Fryers & Bestwick, Population Health Metrics 16 (2018) 19.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from measures.statistics.poisson import poisson_limits

FEWEST_EVENTS: Final = 10


class Standardised(NamedTuple):
    """A standardised proportion and its interval, as shares, and the events it rests on."""

    value: float
    low: float
    high: float
    events: int


def directly_standardised(
    events: ArrayLike,
    population: ArrayLike,
    standard: ArrayLike,
    confidence: float = 0.95,
) -> Standardised | None:
    """Standardise one group: three arrays, one entry per stratum; only their shape is shared.

    `events` of `population` had the outcome; `standard` are the weights, in any unit. A stratum
    of weight 0 is not part of the standard and is left out, with its events. None where fewer
    than 10 events remain, or where a stratum of the standard has nobody in the group: its
    proportion is unknown, and to guess it is for the caller, by merging strata first.

    Raises:
        ValueError: lengths differ, a number is negative, or events exceed their population.

    """
    x, n, w = (np.asarray(part, dtype=np.float64) for part in (events, population, standard))
    if not x.shape == n.shape == w.shape or x.ndim != 1:
        raise ValueError("standardisation: events, population and standard must be equally long")
    if (x < 0).any() or (w < 0).any() or (x > n).any():
        raise ValueError("standardisation: events must be 0 to the population, weights 0 or more")
    used = w > 0
    x, n, w = x[used], n[used], w[used]
    total = int(x.sum())
    if total < FEWEST_EVENTS or (n == 0).any():
        return None
    share = w / w.sum() / n
    value = float(share @ x)
    # Var(standardised) / Var(events): a Poisson count's variance is estimated by the count.
    scale = float(np.sqrt(share**2 @ x / total))
    low, high = poisson_limits(total, confidence)
    return Standardised(
        value=value,
        low=max(0.0, value + scale * (low - total)),
        high=min(1.0, value + scale * (high - total)),
        events=total,
    )
