"""The rules for one figure on its own, applied to the figures of the second computation.

Counts of 1 to 5, and what rests on them, are hidden; what else has to be hidden so that nobody
works those out is not decided here.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from tests.oracle.cells import Cell
from tests.oracle.children import VALUES
from tests.oracle.figures import Figure, Key, Told, key

COUNTED = ("count", "numerator", "denominator", "n", "band", "waiting_at_end")
SHARES = ("percent", "still_waiting", "standardised_percent")
SPREAD = ("median", "lower_quartile", "upper_quartile", "still_waiting", "waiting_median")
AGES = VALUES["age"][:-1]
Strata = Callable[[Cell], list[int]]


@dataclass(frozen=True)
class Shown:
    """A figure as it may be published."""

    status: str
    value: float | None = None
    ends: tuple[float, float] | None = None


def rounded(value: float, to: int = 1) -> float:
    """To the nearest multiple, halves away from zero; a half that floats cannot hold is one."""
    exact = Fraction(value).limit_denominator(10**7) / to
    return float(math.copysign(math.floor(abs(exact) + Fraction(1, 2)) * to, value))


def is_small(count: int) -> bool:
    return 1 <= count <= 5


def shown(told: list[Told]) -> dict[Key, Shown]:
    """Every figure as the rules for one figure leave it."""
    rate = [(cell, figure) for cell, figure, _ in told if figure.measure == "csc_referral_rate"]
    parts = {key(cell, figure): figure.parts for cell, figure in rate}

    def strata(cell: Cell) -> list[int]:
        """The counts that a standardised figure is made from: the group's, and everybody's."""
        groups = [cell, Cell("England", "England")]
        n, base = (
            parts[cell, "csc_referral_rate", "", statistic, ""][0]
            for statistic in ("numerator", "denominator")
        )
        if _is_telling(n, base):
            return [1]  # the plain percentage is not shown
        cells = [cell, *(group._replace(age=age) for group in groups for age in AGES)]
        return [
            parts[one, "csc_referral_rate", "", statistic, ""][0]
            for one in cells
            for statistic in ("numerator", "denominator")
        ]

    return {
        key(cell, figure): _shown(cell, figure, status, strata) for cell, figure, status in told
    }


def _shown(cell: Cell, figure: Figure, status: str, strata: Strata) -> Shown:
    if status == "x":
        return Shown("x")
    if _is_hidden(cell, figure, strata):
        return Shown("c")
    if figure.value is None:
        return Shown("z")
    if figure.statistic in SHARES and 0 < figure.value < 0.5:
        return Shown("low")
    counted = figure.statistic in COUNTED
    to = 10 if counted and cell.geographic_level != "Agency" else 1
    ends = tuple(rounded(end) for end in figure.ends) if figure.ends else None
    return Shown("ok", rounded(figure.value, to), ends)


def _is_telling(n: int, base: int) -> bool:
    return is_small(base - n) or (0 < base < 10 and n in (0, base))


def _is_hidden(cell: Cell, figure: Figure, strata: Strata) -> bool:
    n, base = figure.parts[0], figure.parts[-1]
    if any(map(is_small, (*figure.parts, *figure.telling))):
        return True
    if figure.statistic == "percent":
        return _is_telling(n, base)
    if figure.statistic in SPREAD:
        return n < 10 and (n > 0 or figure.value is not None)
    if figure.statistic == "standardised_percent":
        return 0 < n < 10 or any(map(is_small, strata(cell)))
    return False
