"""What anybody can know of the figures from the published definitions: which counts contain which.

Written from the definitions of the measures, not derived from the code that counts them.
"""

# Figures that count the same rows: (measure, statistic) -> the one they are known by here.
SAME = {
    ("allocation_rate", "denominator"): ("contacts_received", "count"),
    ("assessment_rate", "denominator"): ("contacts_received", "count"),
    ("repeat_contact_rate", "denominator"): ("contacts_received", "count"),
    ("contact_to_allocation", "waiting_at_end"): ("waiting_for_allocation", "count"),
}

_RECEIVED = (("contacts_received", "count"),)
OPEN = (("cases_open", "count"),)

# A count and the counts that together contain it: they exclude one another.
WITHIN = {
    ("allocation_rate", "numerator"): _RECEIVED,
    ("assessment_rate", "numerator"): _RECEIVED,
    ("repeat_contact_rate", "numerator"): _RECEIVED,
    ("order_to_contact", "n"): _RECEIVED,
    ("waiting_for_allocation", "count"): OPEN,
    ("contact_to_assessment", "waiting_at_end"): OPEN,
    ("assessment_duration", "waiting_at_end"): OPEN,
    ("review_within_12_months", "denominator"): OPEN,
    ("review_within_12_months", "numerator"): (("review_within_12_months", "denominator"),),
    # Active contacts are the open ones and those closed in the period.
    ("csc_referral_rate", "denominator"): (("cases_open", "count"), ("cases_closed", "count")),
    ("csc_referral_rate", "numerator"): (("csc_referral_rate", "denominator"),),
    ("contact_to_closure", "n"): (("cases_closed", "count"),),
    ("match_to_placement", "n"): (("children_placed", "count"),),
    ("placement_to_order", "n"): (("orders_granted", "count"),),
}

# Parts that leave nothing of their wholes but rows whose dates or answers are odd or missing.
NEARLY = (
    *(("contact_to_closure", "n"), ("order_to_contact", "n"), ("match_to_placement", "n")),
    *(("placement_to_order", "n"), ("csc_referral_rate", "denominator")),
)
# Counts of the rows with one date in the period: alike, but for odd and missing earlier dates.
ALIKE = (
    (("allocation_to_assessment", "n"), ("contact_to_assessment", "n")),
    (("assessment_duration", "n"), ("contact_to_assessment_completed", "n")),
)
CLOSED, _ALLOCATED = ("cases_closed", "count"), ("allocation_rate", "numerator")
_ASSESSED, _WAITING = ("assessment_rate", "numerator"), ("waiting_for_allocation", "count")
_UNASSESSED = ("contact_to_assessment", "waiting_at_end")
_UNDER_WAY = ("assessment_duration", "waiting_at_end")
_DUE = ("review_within_12_months", "denominator")
CHILDREN = (("children_supported", "count"),)
# Counts that are together at least as many as others together, but for odd dates.
AT_LEAST = (
    ((("contact_to_allocation", "n"),), (_ALLOCATED,)),
    ((("contact_to_assessment", "n"),), (_ASSESSED,)),
    ((_ALLOCATED,), (_ASSESSED,)),
    (OPEN, (_UNASSESSED, _UNDER_WAY, _DUE)),
)
# The same of counts that hardly hang together: a contact of the period is open or closed at its
# end, a child's first contact is one, and who is matched, placed or adopted is a child supported.
TIES = (
    ((*OPEN, CLOSED), _RECEIVED),
    ((_WAITING, CLOSED, _ALLOCATED), _RECEIVED),
    ((_UNASSESSED, CLOSED, _ASSESSED), _RECEIVED),
    ((*OPEN, CLOSED), (("contact_to_allocation", "n"), _WAITING)),
    ((*OPEN, CLOSED), (("contact_to_assessment", "n"), _UNASSESSED)),
    ((*OPEN, CLOSED), (("assessment_duration", "n"), _UNDER_WAY)),
    ((*CHILDREN, ("repeat_contact_rate", "numerator")), _RECEIVED),
    (CHILDREN, (("matches_approved", "count"),)),
    (CHILDREN, (("children_placed", "count"),)),
    (CHILDREN, (("orders_granted", "count"),)),
)

# What happens in a period, not what stands at its end: counted in a part of it, counted in it.
_DURATIONS = (
    *("contact_to_allocation", "allocation_to_assessment", "contact_to_assessment"),
    *("assessment_duration", "contact_to_assessment_completed", "contact_to_closure"),
    *("match_to_placement", "placement_to_order", "order_to_contact"),
)
EVENTS = {
    *((measure, statistic) for measure in _DURATIONS for statistic in ("n", "band")),
    *((rate, "numerator") for rate in ("allocation_rate", "assessment_rate")),
    *((what, "count") for what in ("contacts_received", "children_supported", "cases_closed")),
    *((what, "count") for what in ("matches_approved", "children_placed", "orders_granted")),
    ("repeat_contact_rate", "numerator"),
    ("contact_agreements", "band"),
}
PRE_ORDER = "Pre-order"
ROWS_USED = ("returns", "used")  # not a figure: the state of the returns tells it
REST = " rest"  # how the name of a difference ends

COUNTED = ("count", "numerator", "denominator", "n", "band", "waiting_at_end")
BREAKDOWNS = ("ethnicity_group", "ethnicity", "disability", "gender", "age", "stage")
TOTAL = "Total"

# Bands by their last day, and up to which calendar day a number of working days can stretch:
# five working days over Christmas stay under 21 days, ten under 46, twenty under 46.
BANDS = ("0 to 5", "6 to 10", "11 to 20", "21 to 45", "46 to 90", "91 and over")
STRETCH = {0: 2, 1: 3, 2: 3, 3: 4}
