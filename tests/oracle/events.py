"""What a row counts for: the conditions, durations and waits that `measures.md` defines.

A date after the end of the period has not happened yet.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from tests.oracle.children import Row, characteristics, region
from tests.oracle.survival import Wait
from tests.oracle.working_days import working_days

DATES = ("C8", "C9", "C10", "C11", "C12", "C13", "C14", "C15", "C17")
DURATIONS = {
    "contact_to_allocation": ("C11", "C12"),
    "allocation_to_assessment": ("C12", "C13"),
    "contact_to_assessment": ("C11", "C13"),
    "assessment_duration": ("C13", "C14"),
    "contact_to_assessment_completed": ("C11", "C14"),
    "contact_to_closure": ("C11", "C17"),
    "match_to_placement": ("C8", "C9"),
    "placement_to_order": ("C9", "C10"),
    "order_to_contact": ("C10", "C11"),
}
WAITS = ("contact_to_allocation", "contact_to_assessment", "assessment_duration")
BASES = {"calendar_days": lambda first, last: (last - first).days, "working_days": working_days}
NUMBERED = re.compile(r"-([1-9][0-9]?)$")


@dataclass
class Told:
    """One row, or one child, and what it counts for; `days` and `waits` by measure and basis."""

    agency: str
    region: str | None
    characteristics: dict[str, str]
    counts: set[str] = field(default_factory=set)
    days: dict[tuple[str, str], int] = field(default_factory=dict)
    waits: dict[tuple[str, str], Wait] = field(default_factory=dict)


def a_year_before(day: date) -> date:
    """The same day of the year before; the 28th for a 29 February."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return date(day.year - 1, day.month, day.day)


def of_row(row: Row, start: date, end: date, *, came_before: bool) -> Told:
    """What a used row counts for; `came_before` where its child has an earlier contact."""
    told = Told(row["agency"], region(row["C1"]), characteristics(row, end))
    on = {name: row[name] if row[name] and row[name] <= end else None for name in DATES}
    told.counts |= {name for name, so in _conditions(row, on, start, end, came_before) if so}
    for measure, (first, last) in DURATIONS.items():
        if on[first] and on[last] and start <= on[last] and on[first] <= on[last]:
            told.counts.add(measure)
            for basis, between in BASES.items():
                told.days[measure, basis] = between(on[first], on[last])
    for measure in WAITS:
        _add_waits(told, measure, on, start, end)
    return told


def _conditions(
    row: Row, on: dict[str, date | None], start: date, end: date, came_before: bool
) -> list[tuple[str, bool]]:
    def in_period(name: str) -> bool:
        return bool(on[name] and start <= on[name])

    received = in_period("C11")
    is_open = bool(on["C11"] and not on["C17"])
    active = bool(on["C11"] and not (on["C17"] and on["C17"] < start))
    numbered = NUMBERED.search(row["C3"])
    again = came_before or bool(numbered and int(numbered[1]) >= 2)
    due = bool(is_open and on["C14"] and on["C14"] <= a_year_before(end))
    return [
        ("contacts_received", received),
        ("cases_open", is_open),
        ("cases_closed", bool(on["C11"]) and in_period("C17")),
        ("waiting_for_allocation", is_open and not on["C12"]),
        ("matches_approved", in_period("C8")),
        ("children_placed", in_period("C9")),
        ("orders_granted", bool(on["C8"] or on["C9"]) and in_period("C10")),
        ("csc_referral_rate of", active and row["C16"] == "1"),
        ("csc_referral_rate among", active and row["C16"] in ("0", "1")),
        ("allocation_rate of", received and bool(on["C12"])),
        ("allocation_rate among", received),
        ("assessment_rate of", received and bool(on["C13"])),
        ("assessment_rate among", received),
        ("repeat_contact_rate of", received and again),
        ("repeat_contact_rate among", received),
        (
            "review_within_12_months of",
            due and bool(on["C15"] and on["C15"] > a_year_before(end)),
        ),
        ("review_within_12_months among", due),
    ]


def _add_waits(
    told: Told, measure: str, on: dict[str, date | None], start: date, end: date
) -> None:
    first, last = DURATIONS[measure]
    began, done, closed = on[first], on[last], on["C17"]
    if not on["C11"] or not began:
        return
    if done and (done < began or done < start):
        return
    if closed and (closed < began or closed < start):
        return
    finished = bool(done and (not closed or done <= closed))
    left = done if finished else closed or end
    if not done and not closed:
        told.counts.add(f"{measure} waiting at the end")
    for basis, between in BASES.items():
        entry = between(began, start) if began < start else 0
        told.waits[measure, basis] = Wait(entry, between(began, left), finished)
