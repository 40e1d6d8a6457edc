"""The checks on a row's dates against each other, the child's age and the period.

A date is doubted once: what an earlier check has said of it, later ones do not repeat.
"""

from collections.abc import Iterator

import numpy as np

from data.checks.check import Check, Hit
from data.checks.rows import Days, Mask, Rows, in_words, months_after
from data.tables import BY_NAME, DATES, Level

EXPLAIN = "Please mend it, or explain it if it is right."
BEFORE_BIRTH = Check("before_birth", "A date before the date of birth", EXPLAIN)
AFTER_RECEIVED = Check("after_received", "A date after the return was received", EXPLAIN)
OVER_25 = Check("over_25", "Aged over 25", EXPLAIN)
AFTER_PERIOD = Check("after_period", "After the end of the period", EXPLAIN)
CLOSED_NOT_ON_ORDER = Check(
    "closed_not_on_order_date",
    "Before the order: closed on another day than the order",
    "For a child before the order, C17 is the date of the order. " + EXPLAIN,
)
STAGE_AFTER_OLD_ORDER = Check(
    "pre_order_stage_after_old_order",
    "Match or placement given although the order came before the period",
    "Please leave C8 and C9 blank for an order before the period, or explain.",
)
OLD_ASSESSMENT = Check(
    "old_assessment",
    "Assessment started over 12 months before the period on a case closed in it",
    EXPLAIN,
)
LONG_STEP = Check("long_step", "A step longer than two years", EXPLAIN)
REVIEW_MISSING = Check(
    "review_missing",
    "Assessed over 12 months ago and not reviewed since",
    "Please give the date of the latest review, or explain.",
)
OUTSIDE_COHORT = Check(
    "outside_cohort",
    "Outside the cohort of this period",
    "Please leave the row out of the return, mend its dates, or explain.",
)
CHECKS = (
    BEFORE_BIRTH,
    AFTER_RECEIVED,
    OVER_25,
    AFTER_PERIOD,
    CLOSED_NOT_ON_ORDER,
    STAGE_AFTER_OLD_ORDER,
    OLD_ASSESSMENT,
    LONG_STEP,
    REVIEW_MISSING,
    OUTSIDE_COHORT,
)

AFTER_BIRTH = tuple(name for name in DATES if name != "C4")
STEPS = (("C11", "C12"), ("C12", "C13"), ("C13", "C14"), ("C8", "C9"), ("C9", "C10"))


def _hits(check: Check, where: Mask, field: str | None, why: str) -> Iterator[Hit]:
    return (Hit(check, Level.QUERY, i, field, why) for i in np.flatnonzero(where).tolist())


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def after_received(rows: Rows) -> Iterator[Hit]:
    """Yield the dates after the day the return was received."""
    why = f"is after {in_words(rows.received)}, when the return was received"
    for name in DATES:
        late = rows.dates[name] > rows.received
        rows.doubted[name] |= late
        yield from _hits(AFTER_RECEIVED, late, name, f"{name} {why}")


def before_birth(rows: Rows) -> Iterator[Hit]:
    """Yield one hit a row with dates before C4: at C4, unless one other date alone is odd.

    A contact (C11) or match (C8) before birth makes it an error.
    """
    born = rows.sure("C4")
    early = {name: rows.sure(name) < born for name in AFTER_BIRTH}
    for i in np.flatnonzero(np.logical_or.reduce(list(early.values()))).tolist():
        names = [name for name in AFTER_BIRTH if early[name][i]]
        serious = [name for name in ("C8", "C11") if name in names]
        # Only one date lies before birth and an earlier stage does not: that date is the odd one.
        earlier_stages = AFTER_BIRTH[: AFTER_BIRTH.index(names[0])]
        alone = len(names) == 1 and any(rows.sure(n)[i] >= born[i] for n in earlier_stages)
        field = names[0] if alone or not serious else "C4"
        if field == "C4":
            rows.doubted["C4"][i] = True
        why = f"{_listed(names)} before C4, the date of birth ({in_words(born[i])})"
        level = Level.ERROR if serious else Level.QUERY
        for name in names:
            rows.doubted[name][i] |= field != "C4"
        yield Hit(BEFORE_BIRTH, level, i, field, why)


def age(rows: Rows) -> Iterator[Hit]:
    """Yield children whose 26th birthday came before the match or the contact."""
    birthday = months_after(rows.sure("C4"), 26 * 12)
    old = (birthday <= rows.sure("C8")) | (birthday <= rows.sure("C11"))
    yield from _hits(OVER_25, old, "C4", "The child was over 25 at the match or the contact")


def against_period(rows: Rows) -> Iterator[Hit]:
    """Yield dates that do not belong to the period, and steps that are unlikely for it."""
    end, start = rows.end, rows.start
    year_before = months_after(np.array([start]), -12)[0]
    year_ago = months_after(np.array([end]), -12)[0]
    for name in ("C8", "C9", "C10", "C11"):
        why = f"{name} is after {in_words(end)}, the end of the period"
        yield from _hits(AFTER_PERIOD, rows.sure(name) > end, name, why)
    old_order = rows.sure("C10") < start
    for name, other in (("C8", "C8"), ("C9", "C8")):
        first = rows.given(name) & (rows.blank[other] | (name == other))
        why = f"{name} is given although C10, the order, is before {in_words(start)}"
        yield from _hits(STAGE_AFTER_OLD_ORDER, old_order & first, name, why)
    closed = (rows.sure("C17") >= start) & (rows.sure("C17") <= end)
    why = f"C13 is before {in_words(year_before)} on a case closed in the period"
    yield from _hits(OLD_ASSESSMENT, closed & (rows.sure("C13") < year_before), "C13", why)
    still_open = (rows.sure("C11") <= end) & (rows.blank["C17"] | (rows.sure("C17") > end))
    overdue = still_open & (rows.sure("C14") < year_ago) & rows.blank["C15"]
    why = f"The case is open, was assessed before {in_words(year_ago)}, and C15 is blank"
    yield from _hits(REVIEW_MISSING, overdue, "C15", why)
    other_day = rows.is_pre_order & (rows.sure("C17") != rows.sure("C10"))
    both = ~np.isnat(rows.sure("C17")) & ~np.isnat(rows.sure("C10"))
    why = "C17 is not the date of the order (C10)"
    yield from _hits(CLOSED_NOT_ON_ORDER, other_day & both, "C17", why)


def long_steps(rows: Rows) -> Iterator[Hit]:
    """Yield steps of more than two years, at the earlier of their dates."""
    for first, second in STEPS:
        long = rows.sure(second) > months_after(rows.sure(first), 24)
        why = f"From {first} to {second} ({BY_NAME[second].title}) is more than two years"
        yield from _hits(LONG_STEP, long, first, why)


def cohort(rows: Rows) -> Iterator[Hit]:
    """Yield rows closed before the period, and rows neither dated nor open in it."""
    dated = np.zeros(len(rows), np.bool_)
    known = np.ones(len(rows), np.bool_)
    for name in AFTER_BIRTH:
        days: Days = rows.dates[name]
        dated |= (days >= rows.start) & (days <= rows.end)
        known &= ~rows.doubted[name]
    closed = rows.dates["C17"]
    closed_before = known & (closed < rows.start)
    why = f"The case was closed before {in_words(rows.start)}"
    yield from _hits(OUTSIDE_COHORT, closed_before, "C17", why)
    begun = (rows.dates["C11"] <= rows.end) | (
        rows.is_pre_order
        & ((rows.dates["C8"] <= rows.end) | (rows.dates["C9"] <= rows.end))
        & ~(rows.dates["C10"] < rows.start)
    )
    staged = rows.given("C8", "C9", "C10", "C11")
    outside = known & staged & ~dated & ~(begun & ~(closed < rows.start)) & ~closed_before
    why = "Nothing is dated in the period, and the case was not open in it"
    yield from _hits(OUTSIDE_COHORT, outside, None, why)
