"""The order of a row's stages, told at the one date that explains most.

Where a row's dates contradict each other in several ways and a single date is part of them all,
that date is named once; otherwise each contradiction is named at its later stage.
"""

from collections.abc import Iterator

import numpy as np

from data.checks.check import Check, Hit
from data.checks.dates import EXPLAIN
from data.checks.rows import Days, Rows, in_words
from data.tables import Level


def _check(name: str, title: str) -> Check:
    return Check(name, title, EXPLAIN)


OUT_OF_ORDER = _check("dates_out_of_order", "One date is at odds with several others")
CONTACT_BEFORE_ORDER = _check("contact_before_order", "Contact before the adoption order")
CLOSED_EARLIER = _check("closed_before_earlier_stage", "Closed before an earlier stage")
# (earlier stage, later stage, where it is told, check)
PAIRS = (
    ("C8", "C9", "C9", _check("placed_before_match", "Placed before the match")),
    ("C9", "C10", "C10", _check("order_before_placement", "Order before the placement")),
    ("C10", "C11", "C10", CONTACT_BEFORE_ORDER),
    ("C11", "C12", "C12", _check("allocated_before_contact", "Allocated before the contact")),
    ("C11", "C13", "C13", _check("assessed_before_contact", "Assessment before the contact")),
    ("C12", "C13", "C13", _check("assessed_before_allocation", "Assessment before the allocation")),
    ("C13", "C14", "C14", _check("completed_before_started", "Completed before it started")),
    ("C14", "C15", "C15", _check("reviewed_before_completed", "Reviewed before completed")),
    *(
        (earlier, "C17", "C17", CLOSED_EARLIER)
        for earlier in ("C8", "C9", "C10", "C11", "C12", "C13", "C14", "C15")
    ),
)
CHECKS = (OUT_OF_ORDER, *dict.fromkeys(check for *_, check in PAIRS))


def stages(rows: Rows) -> Iterator[Hit]:
    """Yield each contradiction between the stages of a row, doubting the date that it names."""
    dates = {name: rows.sure(name) for pair in PAIRS for name in pair[:2]}
    wrong = np.array([dates[later] < dates[earlier] for earlier, later, *_ in PAIRS])
    # A pre-order case closes with its order, so C17 is held against C10 there and not here.
    for pair, (earlier, later, *_) in enumerate(PAIRS):
        if (earlier, later) == ("C10", "C17"):
            wrong[pair] &= ~rows.is_pre_order
    for i in np.flatnonzero(wrong.any(axis=0)).tolist():
        for place, hit in _told(i, [PAIRS[p] for p in np.flatnonzero(wrong[:, i])], dates):
            rows.doubted[place][i] = True
            yield hit


def _told(
    i: int, pairs: list[tuple[str, str, str, Check]], dates: dict[str, Days]
) -> Iterator[tuple[str, Hit]]:
    shared = set.intersection(*({earlier, later} for earlier, later, *_ in pairs))
    by_place: dict[tuple[str, Check], list[str]] = {}
    for earlier, later, place, check in pairs:
        if len(pairs) > 1 and len(shared) == 1:
            place = next(iter(shared))  # noqa: PLW2901
            check = check if place == "C17" else OUT_OF_ORDER  # noqa: PLW2901
        other = later if place == earlier else earlier
        by_place.setdefault((place, check), []).append(other)
    for (place, check), others in by_place.items():
        said = ", ".join(f"{other} ({in_words(dates[other][i])})" for other in others)
        relation = "is out of order with"
        if len(others) == 1 or place == "C17":
            relation = (
                "is after" if all(dates[o][i] < dates[place][i] for o in others) else ("is before")
            )
        yield place, Hit(check, Level.QUERY, i, place, f"{place} {relation} {said}")
