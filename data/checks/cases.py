"""The checks on a case as it stands: closed as it should be, assessed, reviewed, in the cohort."""

from collections.abc import Iterator

import numpy as np

from data.checks.check import Check, Hit
from data.checks.dates import AFTER_BIRTH, EXPLAIN, STAGES, queries
from data.checks.rows import Rows, in_words, months_after

CLOSED_NOT_ON_ORDER = Check(
    "closed_not_on_order_date",
    "Before the order: closed on another day than the order",
    f"For a child before the order, C17 is the date of the order. {EXPLAIN}",
)
OLD_ASSESSMENT = Check(
    "old_assessment",
    "Assessment started over 12 months before the period on a case closed in it",
    EXPLAIN,
)
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
CHECKS = (CLOSED_NOT_ON_ORDER, OLD_ASSESSMENT, REVIEW_MISSING, OUTSIDE_COHORT)


def _year_before(day: np.datetime64) -> np.datetime64:
    before: np.datetime64 = months_after(np.array([day]), -12)[0]
    return before


def closed_not_on_order(rows: Rows) -> Iterator[Hit]:
    """Yield rows of children before the order that closed on another day than the order."""
    closed, ordered = rows.sure("C17"), rows.sure("C10")
    both = ~np.isnat(closed) & ~np.isnat(ordered)
    why = "C17 is not the date of the order (C10)"
    where = both & rows.is_pre_order & (closed != ordered)
    yield from queries(CLOSED_NOT_ON_ORDER, where, "C17", why)


def old_assessment(rows: Rows) -> Iterator[Hit]:
    """Yield cases closed in the period whose assessment began 12 months before it, or earlier."""
    closed = (rows.sure("C17") >= rows.start) & (rows.sure("C17") <= rows.end)
    year_before = _year_before(rows.start)
    why = f"C13 is before {in_words(year_before)} on a case closed in the period"
    yield from queries(OLD_ASSESSMENT, closed & (rows.sure("C13") < year_before), "C13", why)


def review_missing(rows: Rows) -> Iterator[Hit]:
    """Yield open cases that were assessed over 12 months before the end, and not reviewed."""
    if rows.absent("C15", "C17"):
        return
    year_ago = _year_before(rows.end)
    still_open = (rows.sure("C11") <= rows.end) & (
        rows.blank["C17"] | (rows.sure("C17") > rows.end)
    )
    overdue = still_open & (rows.sure("C14") < year_ago) & rows.blank["C15"]
    why = f"The case is open, was assessed before {in_words(year_ago)}, and C15 is blank"
    yield from queries(REVIEW_MISSING, overdue, "C15", why)


def cohort(rows: Rows) -> Iterator[Hit]:
    """Yield rows closed before the period, and rows neither dated nor open in it."""
    dated = np.zeros(len(rows), np.bool_)
    known = np.ones(len(rows), np.bool_)
    for name in AFTER_BIRTH:
        days = rows.dates[name]
        dated |= (days >= rows.start) & (days <= rows.end)
        known &= ~rows.doubted[name]
    closed_before = rows.sure("C17") < rows.start
    why = f"The case was closed before {in_words(rows.start)}"
    yield from queries(OUTSIDE_COHORT, closed_before, "C17", why)
    begun = (rows.dates["C11"] <= rows.end) | (
        rows.is_pre_order
        & ((rows.dates["C8"] <= rows.end) | (rows.dates["C9"] <= rows.end))
        & ~(rows.dates["C10"] < rows.start)
    )
    staged = rows.given(*STAGES)
    # A stage after the end of the period has been told at its date.
    told = np.logical_or.reduce([closed_before, *(rows.dates[n] > rows.end for n in STAGES)])
    why = "Nothing is dated in the period, and the case was not open in it"
    outside = known & staged & ~dated & ~begun & ~told
    yield from queries(OUTSIDE_COHORT, outside, None, why)
