"""Rounding half away from zero, as official statistics do; Python and numpy round half to even."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from measures.statistics.interval import Floats, Ints

# 0.285 * 100 is 28.499999999999996: a half that binary could not hold. What lies closer to a half
# than this share of itself counts as one. Twenty operations on doubles lose less; no share of
# whole children comes as near to a half without being one until 100 million are counted.
_NEARLY: Final = 1e-9


def round_half_away(value: float, to: int = 1) -> int:
    """Round one number to the nearest multiple of `to`, halves away from zero: 285 to 10 is 290.

    Whole numbers are rounded in whole-number arithmetic, exactly, whatever their size.

    Raises:
        ValueError: `to` is under 1, or the value is not finite.

    """
    _multiple(to)
    if isinstance(value, int):
        size = (2 * abs(value) + to) // (2 * to) * to
    elif np.isfinite(value):
        scaled = abs(float(value)) / to
        size = int(np.floor(scaled + 0.5 + _NEARLY * max(scaled, 1.0))) * to
    else:
        raise ValueError(f"value to round: got {value}, allowed is a finite number")
    return size if value >= 0 else -size


def round_half_away_each(values: ArrayLike, to: int = 1) -> Ints | Floats:
    """Round every number of an array; whole numbers stay int64, others float64 with NaN kept.

    Raises:
        ValueError: `to` is under 1.

    """
    _multiple(to)
    array = np.asarray(values)
    if np.issubdtype(array.dtype, np.integer):
        whole = array.astype(np.int64)
        exact: Ints = np.sign(whole) * ((2 * np.abs(whole) + to) // (2 * to) * to)
        return exact
    scaled = np.abs(array.astype(np.float64)) / to
    # Adding 0.0 turns the -0.0 of a small negative number into a plain zero.
    rounded = np.floor(scaled + 0.5 + _NEARLY * np.maximum(scaled, 1.0)) * to
    signed: Floats = np.copysign(rounded, array) + 0.0
    return signed


def percent(numerator: int, denominator: int) -> int:
    """Return a share as a whole percentage, halves up, in whole-number arithmetic.

    Raises:
        ValueError: the denominator is under 1, or the numerator is negative.

    """
    if denominator < 1 or numerator < 0:
        raise ValueError(
            f"percent: got {numerator} of {denominator}, allowed is 0 or more of 1 or more"
        )
    return int((200 * numerator + denominator) // (2 * denominator))


def percents(numerators: ArrayLike, denominators: ArrayLike) -> Ints:
    """Return `percent` of every pair of two int arrays that broadcast together.

    Raises:
        ValueError: some denominator is under 1, or some numerator is negative: leave such pairs
            out, since there is no whole number that could say "not computable".

    """
    top = np.asarray(numerators, dtype=np.int64)
    bottom = np.asarray(denominators, dtype=np.int64)
    if (bottom < 1).any() or (top < 0).any():
        raise ValueError("percents: every numerator must be 0 or more, every denominator 1 or more")
    return np.asarray((200 * top + bottom) // (2 * bottom), dtype=np.int64)


def _multiple(to: int) -> None:
    if to < 1:
        raise ValueError(f"multiple to round to: got {to}, allowed is 1 or more")
