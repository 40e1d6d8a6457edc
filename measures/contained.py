"""Which counts contain which, by definition: anybody can subtract the one from the other."""

from measures.catalogue import BAND_NAMES, BASES, DURATIONS
from measures.catalogue import BY_ID as MEASURE
from measures.measure import Duration


def _waiting(measure: str) -> str:
    found = MEASURE[measure]
    assert isinstance(found, Duration)  # noqa: S101 - a wrong declaration stops the import
    return found.waiting_flag


_RECEIVED, _OPEN = ("received",), ("open_at_end",)
WITHIN: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("allocated", "assessed", "repeated", "order_to_contact"), _RECEIVED),
    "waiting": _OPEN,
    _waiting("contact_to_assessment"): _OPEN,
    _waiting("assessment_duration"): _OPEN,
    "review_due": _OPEN,
    "reviewed": ("review_due",),
    # Active contacts are the open ones and those closed in the period.
    "active_referral_known": ("open_at_end", "closed"),
    "referred": ("active_referral_known",),
    "contact_to_closure": ("closed",),
    "match_to_placement": ("placed",),
    "placement_to_order": ("ordered",),
}
"""The flag of a count, and the flags that exclude one another and together contain it."""

SAME = {_waiting("contact_to_allocation"): "waiting"}
"""A flag that counts the very rows of another."""

BANDS: dict[str, tuple[tuple[str, ...], ...]] = {
    m.id: tuple(tuple(m.band_flag(basis, band) for band in BAND_NAMES) for basis in BASES)
    for m in DURATIONS
}
"""The flag of a duration's n, and its divisions into bands."""

STANDING = frozenset(
    {
        *("open_at_end", "waiting", "review_due", "reviewed", "active_referral_known", "referred"),
        *(_waiting(measure) for measure in ("contact_to_assessment", "assessment_duration")),
    }
)
"""What stands at the end of a period; all else happens in it, and so in a longer one."""

NEARLY = (
    *("contact_to_closure", "order_to_contact", "match_to_placement", "placement_to_order"),
    "active_referral_known",
)
"""Parts that leave nothing of their wholes but rows of which a date or an answer is odd or missing.

A reader may take it that a return has none, and mostly is right.
"""

_ASSESSED, _COMPLETED = "contact_to_assessment", "contact_to_assessment_completed"
ALIKE = ((_ASSESSED, "allocation_to_assessment"), (_COMPLETED, "assessment_duration"))
"""Flags of one date's durations: they count the same rows, but for odd and missing dates."""

Least = tuple[tuple[str, ...], tuple[str, ...]]
AT_LEAST: tuple[Least, ...] = (
    (("contact_to_allocation",), ("allocated",)),
    ((_ASSESSED,), ("assessed",)),
    (("allocated",), ("assessed",)),
    (("open_at_end",), (_waiting(_ASSESSED), _waiting("assessment_duration"), "review_due")),
)
"""Flags that together count at least as many rows as others do together, but for odd dates."""

TIES: tuple[Least, ...] = (
    (("open_at_end", "closed"), ("received",)),
    (("waiting", "closed", "allocated"), ("received",)),
    ((_waiting(_ASSESSED), "closed", "assessed"), ("received",)),
    (("open_at_end", "closed"), ("contact_to_allocation", "waiting")),
    (("open_at_end", "closed"), (_ASSESSED, _waiting(_ASSESSED))),
    (("open_at_end", "closed"), ("assessment_duration", _waiting("assessment_duration"))),
    (("child", "repeated"), ("received",)),
    (("child",), ("matched",)),
    (("child",), ("placed",)),
    (("child",), ("ordered",)),
)
"""The same, of flags that have little else in common: searched together they would take too long.

What the one says of the other is passed along, but programmes go without.
"""
