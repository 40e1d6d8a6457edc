"""Kaplan and Meier's estimate, walked day by day, in fractions."""

import math
from collections import Counter
from fractions import Fraction
from typing import NamedTuple

from tests.oracle.statistics import Ends, Z

HALF = Fraction(1, 2)


class Wait(NamedTuple):
    """Watched from day `entry` to day `leave` of the wait; `finished` then, or lost from sight."""

    entry: int
    leave: int
    finished: bool


class Curve(NamedTuple):
    """What is asked of a curve: the share still waiting after some days, its ends, the median."""

    shares: dict[int, Fraction | None]
    ends: dict[int, Ends]
    median: int | None


def _interval(share: Fraction | None, greenwood: Fraction) -> Ends:
    """Log-log, from Greenwood's variance; none where the share was not seen, or is 0 or 1."""
    if share is None or share in (0, 1):
        return None
    reach = Z * math.sqrt(greenwood) / abs(math.log(share))
    return float(share) ** math.exp(reach), float(share) ** math.exp(-reach)


def curve(waits: list[Wait], asked: tuple[int, ...]) -> Curve:
    """Walk the days up to the last that can be spoken of.

    A share is not known from the first day on which nobody is watched, or on which everybody
    watched finishes while others, who had waited longer, come in later. Where the last person
    watched finishes and nobody comes in later, nobody waits ever after.
    """
    entering = Counter(wait.entry for wait in waits)
    leaving = Counter(wait.leave for wait in waits)
    finishing = Counter(wait.leave for wait in waits if wait.finished)
    last_entry = max(entering, default=-1)
    last_leave = max(leaving, default=-1)
    share, greenwood, at_risk, median = Fraction(1), Fraction(0), 0, None
    shares: dict[int, Fraction | None] = {}
    ends: dict[int, Ends] = {}
    for day in range(last_leave + 1):
        at_risk += entering[day]
        done = finishing[day]
        if not at_risk or (done == at_risk and last_entry > day):
            share = None
            break
        if done:
            share *= Fraction(at_risk - done, at_risk)
        if 0 < done < at_risk:
            greenwood += Fraction(done, at_risk * (at_risk - done))
        if done and share <= HALF and median is None:
            median = day
        if day in asked:
            shares[day], ends[day] = share, _interval(share, greenwood)
        at_risk -= leaving[day]
        if median is not None and day > max(asked):
            break
    ever_after = Fraction(0) if waits and share == 0 else None
    for day in asked:
        shares.setdefault(day, ever_after)
        ends.setdefault(day, None)
    return Curve(shares, ends, median)
