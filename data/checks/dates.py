"""The checks on a row's dates against the day it came, the child's birth, and the period.

A date is doubted once: what an earlier check has said of it, later ones do not repeat.
"""

from collections.abc import Iterator

import numpy as np

from data.checks.check import Check, Hit
from data.checks.rows import Mask, Rows, in_words, months_after
from data.tables import BY_NAME, DATES, Level

EXPLAIN = "Please mend it, or explain it if it is right."
BEFORE_BIRTH = Check("before_birth", "A date before the date of birth", EXPLAIN)
AFTER_RECEIVED = Check("after_received", "A date after the return was received", EXPLAIN)
OVER_25 = Check("over_25", "Aged over 25", EXPLAIN)
AFTER_PERIOD = Check("after_period", "After the end of the period", EXPLAIN)
STAGE_AFTER_OLD_ORDER = Check(
    "pre_order_stage_after_old_order",
    "Match or placement given although the order came before the period",
    "Please leave C8 and C9 blank for an order before the period, or explain.",
)
LONG_STEP = Check("long_step", "A step longer than two years", EXPLAIN)
CHECKS = (
    BEFORE_BIRTH,
    AFTER_RECEIVED,
    OVER_25,
    AFTER_PERIOD,
    STAGE_AFTER_OLD_ORDER,
    LONG_STEP,
)

AFTER_BIRTH = tuple(name for name in DATES if name != "C4")
STAGES = ("C8", "C9", "C10", "C11")
STEPS = (("C11", "C12"), ("C12", "C13"), ("C13", "C14"), ("C8", "C9"), ("C9", "C10"))


def queries(check: Check, where: Mask, field: str | None, why: str) -> Iterator[Hit]:
    """Yield a query on every row of a mask."""
    return (Hit(check, Level.QUERY, i, field, why) for i in np.flatnonzero(where).tolist())


def after_received(rows: Rows) -> Iterator[Hit]:
    """Yield the dates after the day the return was received."""
    why = f"is after {in_words(rows.received)}, when the return was received"
    for name in DATES:
        late = rows.dates[name] > rows.received
        rows.doubted[name] |= late
        yield from queries(AFTER_RECEIVED, late, name, f"{name} {why}")


def long_steps(rows: Rows) -> Iterator[Hit]:
    """Yield steps of more than two years, at the earlier of their dates."""
    for first, second in STEPS:
        long = rows.sure(second) > months_after(rows.sure(first), 24)
        why = f"From {first} to {second} ({BY_NAME[second].title}) is more than two years"
        yield from queries(LONG_STEP, long, first, why)


def before_birth(rows: Rows) -> Iterator[Hit]:
    """Yield one hit a row with dates before C4: at C4, unless one other date alone is odd.

    A contact (C11) or match (C8) before birth makes it an error.
    """
    born = rows.sure("C4")
    days = {name: rows.sure(name) for name in AFTER_BIRTH}
    early = {name: days[name] < born for name in AFTER_BIRTH}
    latest = np.fmax.reduce(list(days.values()))
    far = {name: latest > months_after(days[name], 24) for name in ("C8", "C11")}
    for i in np.flatnonzero(np.logical_or.reduce(list(early.values()))).tolist():
        names = [name for name in AFTER_BIRTH if early[name][i]]
        serious = "C8" in names or "C11" in names
        field = names[0]
        # A match or contact before birth may as well be right, and C4 wrong, unless an earlier
        # stage lies after the birth or a later one far away.
        vouched = any(days[name][i] >= born[i] for name in AFTER_BIRTH[: AFTER_BIRTH.index(field)])
        if len(names) > 1 or (serious and not vouched and not far[field][i]):
            field = "C4"
        rows.doubted[field][i] = True
        are = "is" if len(names) == 1 else "are"
        why = f"{_listed(names)} {are} before C4, the date of birth ({in_words(born[i])})"
        yield Hit(BEFORE_BIRTH, Level.ERROR if serious else Level.QUERY, i, field, why)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def age(rows: Rows) -> Iterator[Hit]:
    """Yield children whose 26th birthday came before the match or the contact."""
    birthday = months_after(rows.sure("C4"), 26 * 12)
    old = (birthday <= rows.sure("C8")) | (birthday <= rows.sure("C11"))
    yield from queries(OVER_25, old, "C4", "The child was over 25 at the match or the contact")


def after_period(rows: Rows) -> Iterator[Hit]:
    """Yield matches, placements, orders and contacts after the end of the period."""
    for name in STAGES:
        why = f"{name} is after {in_words(rows.end)}, the end of the period"
        yield from queries(AFTER_PERIOD, rows.sure(name) > rows.end, name, why)


def stage_after_old_order(rows: Rows) -> Iterator[Hit]:
    """Yield matches, else placements, given beside an order before the period."""
    old_order = rows.sure("C10") < rows.start
    matched, placed = rows.given("C8"), rows.given("C9")
    for name, given in (("C8", matched), ("C9", placed & ~matched)):
        why = f"{name} is given although C10, the order, is before {in_words(rows.start)}"
        yield from queries(STAGE_AFTER_OLD_ORDER, old_order & given, name, why)
