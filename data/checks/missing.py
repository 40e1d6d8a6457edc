"""The checks on what is missing: each field where its declaration needs it, and some date."""

from collections.abc import Iterator

import numpy as np

from data.checks.check import Check, Hit
from data.checks.dates import STAGES
from data.checks.rows import Rows
from data.tables import BY_NAME, Level

MISSING = Check("missing", "Missing", "Please fill it in.")
NO_DATE_AT_ALL = Check(
    "no_stage_date",
    "No match, placement, order or contact date",
    "Please give at least one of C8, C9, C10 and C11.",
)
CHECKS = (MISSING, NO_DATE_AT_ALL)


def needed(rows: Rows) -> Iterator[Hit]:
    """Yield every field that its declaration needs and the row has not got."""
    for field in rows.round.fields:
        if field.needed is None or rows.absent(field.name):
            continue
        wanted = rows.blank[field.name].copy()
        why = "is blank"
        if field.needed.given:
            wanted &= rows.given(*field.needed.given)
            why = f"is blank although {' or '.join(field.needed.given)} is given"
        if field.name == "C11":  # told by `undated`, as an error, where no stage is dated at all
            wanted &= rows.given(*STAGES)
        if field.name == "C8":  # left blank where the order came before the period
            wanted &= ~(rows.dates["C10"] < rows.start)
        for name in field.needed.on:
            wanted &= rows.given(name)
        for index in np.flatnonzero(wanted).tolist():
            yield Hit(MISSING, field.needed.level, index, field.name, f"{field.heading} {why}")


def unclosed(rows: Rows) -> Iterator[Hit]:
    """Yield children before the order whose order came in the period, and no closing with it."""
    if rows.absent("C11", "C17"):
        return
    in_period = (rows.dates["C10"] >= rows.start) & (rows.dates["C10"] <= rows.end)
    for index in np.flatnonzero(rows.blank["C17"] & rows.is_pre_order & in_period).tolist():
        why = f"{BY_NAME['C17'].heading} is blank although the order was granted in the period"
        yield Hit(MISSING, Level.QUERY, index, "C17", why)


def undated(rows: Rows) -> Iterator[Hit]:
    """Yield rows without the date of any stage."""
    if rows.absent(*STAGES):
        return
    for index in np.flatnonzero(~rows.given(*STAGES)).tolist():
        why = "None of C8, C9, C10 and C11 is given"
        yield Hit(NO_DATE_AT_ALL, Level.ERROR, index, "C11", why)
