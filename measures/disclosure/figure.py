"""A figure that may leave the building, and the rules for one figure on its own.

`Figure` is the only type a release writes, and only this package makes one: its constructor wants a
seal that nobody else holds. Which counts are hidden is decided for the whole release (`protect`);
what follows for a percentage, a quantile or a standardised rate is decided here (rules 3 to 6, 8).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from measures.statistics import percent as whole_percent
from measures.statistics import round_half_away, wilson

if TYPE_CHECKING:
    from measures.disclosure.policy import Policy

Status = Literal["ok", "c", "x", "z", "low", "u"]
_SEAL: Final = object()


@dataclass(frozen=True)
class Figure:
    """One publishable figure: `value` only where `status` is ok; interval or None; its rounding."""

    value: float | None
    status: Status
    lower: float | None = None
    upper: float | None = None
    rounded_to: int = 1
    seal: object = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Fail on a figure that these rules did not make, or that carries what it must hide."""
        if self.seal is not _SEAL:
            raise TypeError("a Figure is made by measures.disclosure only")
        if (self.value is None) == (self.status == "ok"):
            raise ValueError(f"status {self.status!r} with value {self.value!r}")


def hidden() -> Figure:
    """Return the one figure that every hidden thing becomes, whatever the reason."""
    return Figure(None, "c", seal=_SEAL)


def absent(status: Literal["x", "z", "u"]) -> Figure:
    """Return a figure that is not available, not applicable or unreliable."""
    return Figure(None, status, seal=_SEAL)


def count(value: int, level: str, policy: Policy, *, shown: bool) -> Figure:
    """Return a count; hidden unless the whole-release pattern shows it and rule 1 agrees.

    A non-zero count that would round to nought reads `low`, never 0.
    """
    if value < 0:
        raise ValueError(f"a count is 0 or more, got {value}")
    unit = policy.rounding(level)
    if not shown or 1 <= value <= policy.threshold:
        return hidden()
    rounded = round_half_away(value, unit)
    if value and not rounded:
        return Figure(None, "low", rounded_to=unit, seal=_SEAL)
    return Figure(float(rounded), "ok", rounded_to=unit, seal=_SEAL)


def percent(numerator: int, denominator: int, policy: Policy, *, shown: bool) -> Figure:
    """Return a whole percentage with its Wilson interval (rules 4 and 5); z for no denominator.

    `shown` says that numerator, denominator and complement are all shown, and the percentage too.
    """
    if not 0 <= numerator <= denominator:
        raise ValueError(f"a share is of 0 to its denominator, got {numerator} of {denominator}")
    parts = (numerator, denominator, denominator - numerator)
    if not shown or any(1 <= n <= policy.threshold for n in parts):
        return hidden()
    if denominator == 0:
        return absent("z")
    if numerator in (0, denominator) and denominator < policy.percentage:
        return hidden()
    value, lower, upper = printed(numerator, denominator)
    return Figure(float(value), "ok", float(lower), float(upper), seal=_SEAL)


def printed(numerator: int, denominator: int) -> tuple[int, int, int]:
    """Return a share as it is printed: whole percent, and the whole limits of its interval."""
    interval = wilson(numerator, denominator)
    if interval is None:
        raise ValueError("a share needs a denominator of 1 or more, got 0")
    lower, upper = (round_half_away(100 * limit) for limit in interval)
    return whole_percent(numerator, denominator), lower, upper


def quantile(value: float | None, n: int, policy: Policy, *, shown: bool) -> Figure:
    """Return a median, quartile or limit in whole days, where n is enough and shown (rule 6)."""
    if n == 0:
        return absent("z")
    if not shown or n < policy.quantile:
        return hidden()
    if value is None or math.isnan(value):
        return absent("x")
    return Figure(float(round_half_away(float(value))), "ok", seal=_SEAL)


def standardised(
    value: float | None,
    interval: tuple[float, float] | None,
    events: int,
    policy: Policy,
    *,
    shown: bool,
) -> Figure:
    """Return a standardised percentage: enough events, all its cells shown (rule 8)."""
    if not shown or events < policy.standardised:
        return hidden()
    if value is None or math.isnan(value):
        return absent("x")
    lower, upper = (
        (float(round_half_away(float(v))) for v in interval) if interval else (None, None)
    )
    return Figure(float(round_half_away(float(value))), "ok", lower, upper, seal=_SEAL)
