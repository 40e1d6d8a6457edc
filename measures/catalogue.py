"""The headline measures: each one object, from which pages, exports and the methods page print."""

from data.codes import AGREEMENT_TYPES
from measures.measure import Agreements, Count, Duration, Measure, Rate, Unit

_COMPLETED_ONLY = (
    "It covers what was completed in the period, so families still waiting are not in it; the "
    "waiting curve counts them too."
)
_PRE_ORDER = (
    "Some agencies cannot return children before the order: this rests on those that can, and the "
    "figure for England says how many they are.",
)
_BOTH_DATES = (
    "Whole days from {} to {}, both dates given, not out of order, the later in the period."
)

MEASURES: tuple[Measure, ...] = (
    Count(
        id="children_supported",
        title="Children supported",
        question="How many children and young people had adoption support?",
        why="It is the size of the service that families rely on.",
        unit=Unit.CHILDREN,
        moved_by="Agencies, by how many families know of their support and ask for it, and by "
        "which children they enter in the return.",
        method="Children with at least one used row. A child is one identifier (C2) of one agency; "
        "a child of several rows has the characteristics of the row with the latest contact (C11), "
        "else the latest match (C8).",
        caveats=(
            "A child known to two agencies is counted once in each, and so twice in England.",
        ),
        of="child",
        staged=True,
    ),
    Count(
        id="contacts_received",
        title="Contacts received",
        question="How many times did families ask for adoption support?",
        why="It is the demand that agencies meet.",
        unit=Unit.CONTACTS,
        moved_by="Families, by asking; agencies, by how they make support known and by what they "
        "record as a contact.",
        method="Contacts with a contact date (C11) in the period.",
        caveats=("A child with two contacts in the period counts twice.",),
        of="received",
    ),
    Count(
        id="cases_open",
        title="Cases open",
        question="How many cases were open at the end of the period?",
        why="It is the work in hand, and those who have not had all the support they came for.",
        unit=Unit.CONTACTS,
        moved_by="Agencies, by how soon they close cases; it also rises with contacts received, "
        "and where closures are not recorded.",
        method="Contacts with C11 on or before the last day of the period, and not closed (C17) by "
        "then.",
        of="open_at_end",
    ),
    Count(
        id="cases_closed",
        title="Cases closed",
        question="How many cases were closed?",
        why="Beside contacts received it shows whether work in hand grows.",
        unit=Unit.CONTACTS,
        moved_by="Agencies, by closing; clearing old cases before a return is due raises it once.",
        method="Contacts with a closing date (C17) in the period.",
        of="closed",
    ),
    Count(
        id="waiting_for_allocation",
        title="Waiting for allocation",
        question="How many families had no named worker at the end of the period?",
        why="They asked for help and have nobody to turn to yet.",
        unit=Unit.CONTACTS,
        moved_by="Managers, by staffing and by how they share out cases; it also rises where "
        "allocations are not recorded.",
        method="Contacts open at the end of the period with no allocation (C12) by then.",
        of="waiting",
    ),
    Count(
        id="matches_approved",
        title="Matches approved",
        question="How many children were matched with adopters?",
        why="Each has an adoption support plan from the match on.",
        unit=Unit.ROWS,
        moved_by="Agency decision makers and courts, by approvals and placement orders; adopters, "
        "by coming forward.",
        method="Rows with the agency decision maker's approval (C8) in the period.",
        caveats=_PRE_ORDER,
        of="matched",
        pre_order=True,
    ),
    Count(
        id="children_placed",
        title="Children placed",
        question="How many children went to live with their adopters?",
        why="Support is most asked for in the months after.",
        unit=Unit.ROWS,
        moved_by="Agencies and adopters, by how introductions go; it follows the matches of the "
        "months before.",
        method="Rows with a placement (C9) in the period.",
        caveats=_PRE_ORDER,
        of="placed",
        pre_order=True,
    ),
    Count(
        id="orders_granted",
        title="Orders granted",
        question="How many adoption orders were granted to children in the return?",
        why="It is where support before the order ends and support after it begins.",
        unit=Unit.ROWS,
        moved_by="Courts, by hearings; adopters, by when they apply; agencies, by how many such "
        "children they return.",
        method="Rows with a match or placement (C8 or C9) and an order (C10) in the period.",
        caveats=_PRE_ORDER,
        of="ordered",
        pre_order=True,
    ),
    Agreements(
        id="contact_agreements",
        title="Supported contact agreements",
        question="How many children have a supported contact agreement?",
        why="Staying in touch with the birth family matters to many adopted children.",
        unit=Unit.AGREEMENTS,
        moved_by="Agencies, by the contact they support and by how they count it; courts and "
        "families, by what they agree.",
        method="The sum of C0 over agencies, by type: direct, indirect, virtual.",
        caveats=(
            "Agencies give totals only, so there is no breakdown by child.",
            "A child with agreements of two types is in both.",
        ),
        not_known="Out: a type of agreement left blank counts nothing, and is x, not 0, where no "
        "agency gave it.",
        types=tuple(kind.lower() for kind in AGREEMENT_TYPES),
    ),
    Duration(
        id="contact_to_allocation",
        title="Contact to allocation",
        question="How long do families wait for a named worker?",
        why="Until then nobody has begun to help.",
        moved_by="Managers, by staffing and duty systems. Clearing a backlog lengthens it for a "
        "while, since the longest waits then end.",
        method=_BOTH_DATES.format("contact (C11)", "allocation (C12)"),
        caveats=(_COMPLETED_ONLY, "What allocation means depends on the agency's model."),
        start="C11",
        end="C12",
        waiting=True,
    ),
    Duration(
        id="allocation_to_assessment",
        title="Allocation to assessment",
        question="How long from a named worker to the first assessment appointment?",
        why="It is the second wait a family meets.",
        moved_by="Managers and workers, by diaries and caseloads; families, by when they can come. "
        "Clearing a backlog lengthens it for a while.",
        method=_BOTH_DATES.format("allocation (C12)", "the start of the assessment (C13)"),
        caveats=(_COMPLETED_ONLY,),
        start="C12",
        end="C13",
    ),
    Duration(
        id="contact_to_assessment",
        title="Contact to assessment",
        question="How long do families wait for their assessment to start?",
        why="The assessment decides what help, and what funding, a family can have.",
        moved_by="Managers, by staffing of both steps before it; families, by when they can come. "
        "Clearing a backlog lengthens it for a while.",
        method=_BOTH_DATES.format("contact (C11)", "the start of the assessment (C13)"),
        caveats=(_COMPLETED_ONLY,),
        start="C11",
        end="C13",
        waiting=True,
    ),
    Duration(
        id="assessment_duration",
        title="Assessment duration",
        question="How long does an assessment take?",
        why="Support is agreed at its end.",
        moved_by="Workers, by caseload; others, by how soon they answer; the mix of full and mini "
        "assessments.",
        method=_BOTH_DATES.format("the start (C13)", "the completion of the assessment (C14)"),
        caveats=(_COMPLETED_ONLY, "Agencies count full and mini assessments alike."),
        start="C13",
        end="C14",
        waiting=True,
    ),
    Duration(
        id="contact_to_assessment_completed",
        title="Contact to completed assessment",
        question="How long from first asking to a completed assessment?",
        why="It is the whole wait as a family lives it.",
        moved_by="Whoever moves any of its steps: allocation, the wait for an assessment, the "
        "assessment itself.",
        method=_BOTH_DATES.format("contact (C11)", "the completed assessment (C14)"),
        caveats=(_COMPLETED_ONLY,),
        start="C11",
        end="C14",
    ),
    Duration(
        id="contact_to_closure",
        title="Contact to closure",
        question="How long does a case stay open?",
        why="It shows how long families are accompanied.",
        moved_by="Agencies, by how long they accompany families and by when they record a closure; "
        "clearing old cases lengthens it for a while.",
        method=_BOTH_DATES.format("contact (C11)", "closure (C17)"),
        caveats=(_COMPLETED_ONLY, "Neither a short nor a long case is better as such."),
        start="C11",
        end="C17",
        contacts_only=True,
    ),
    Duration(
        id="match_to_placement",
        title="Match to placement",
        question="How long from the match to living with the adopters?",
        why="It is the child's wait for a family already found.",
        moved_by="Agencies and adopters, by how introductions are planned; the child's needs.",
        method=_BOTH_DATES.format("match (C8)", "placement (C9)"),
        caveats=_PRE_ORDER,
        start="C8",
        end="C9",
        pre_order=True,
    ),
    Duration(
        id="placement_to_order",
        title="Placement to order",
        question="How long from moving in to the adoption order?",
        why="Support before the order lasts this long.",
        moved_by="Adopters, by when they apply; courts, by hearings. An order cannot be sought in "
        "a child's first ten weeks there.",
        method=_BOTH_DATES.format("placement (C9)", "the adoption order (C10)"),
        caveats=_PRE_ORDER,
        start="C9",
        end="C10",
        pre_order=True,
    ),
    Duration(
        id="order_to_contact",
        title="Order to contact",
        question="How long after the order do families ask for support?",
        why="It shows when in childhood the need arises.",
        moved_by="Families, by when they ask; agencies, by how long after the order they make "
        "support known.",
        method=_BOTH_DATES.format("the adoption order (C10)", "contact (C11)"),
        start="C10",
        end="C11",
    ),
    Rate(
        id="csc_referral_rate",
        title="Referred into children's social care",
        question="How many of the children supported are referred into children's social care?",
        why="It shows how often adoption support alone is not enough.",
        moved_by="Need; thresholds of children's social care; workers, by referring and by "
        "recording it.",
        method="Active contacts with C16 = 1, among active contacts with C16 0 or 1. Active: "
        "received on or before the last day of the period, and not closed before its first.",
        caveats=(
            "Referrals by others are counted only if the agency knows of them.",
            "A higher rate may mean greater need or readier referral.",
        ),
        not_known="Out of numerator and denominator: contacts whose referral (C16) is not known. "
        "In: those of whom a characteristic is not known, as its own group; but a child of unknown "
        "age is out of the rates standardised by age.",
        of="referred",
        among="active_referral_known",
        standardised=True,
    ),
    Rate(
        id="allocation_rate",
        title="Allocated by the end of the period",
        question="How many of the contacts received had a named worker by the end?",
        why="It counts those who are still waiting, as a median cannot.",
        moved_by="Managers, by staffing and duty systems; when in the period contacts came.",
        method="Contacts received in the period with an allocation (C12) by its last day, among "
        "contacts received in the period.",
        caveats=("A contact of the last days has had little time to be allocated.",),
        of="allocated",
        among="received",
    ),
    Rate(
        id="assessment_rate",
        title="Assessment started by the end of the period",
        question="How many of the contacts received had an assessment started by the end?",
        why="The assessment opens the way to support and funding.",
        moved_by="Managers, by staffing; families, by whether they ask for what needs an "
        "assessment; when contacts came.",
        method="Contacts received in the period with an assessment started (C13) by its last day, "
        "among contacts received in the period.",
        caveats=(
            "Not every contact asks for an assessment.",
            "A contact of the last days has had little time.",
        ),
        of="assessed",
        among="received",
    ),
    Rate(
        id="repeat_contact_rate",
        title="Repeat contacts",
        question="How many contacts are from children the agency has helped before?",
        why="Need comes back, and services plan for it.",
        moved_by="Agencies, by closing early or late and by how they number contacts; families, by "
        "coming back.",
        method="Contacts received in the period whose identifier (C3) ends in -2 or higher, or "
        "whose child has an earlier contact in the same return, among contacts received in the "
        "period.",
        caveats=("Agencies that give new identifiers each time look as if nobody came back.",),
        of="repeated",
        among="received",
    ),
    Rate(
        id="review_within_12_months",
        title="Reviewed within 12 months",
        question="Were assessments reviewed within the last year?",
        why="Reviews are due at least once a year.",
        moved_by="Managers, by planning reviews; agencies, by recording them and by closing cases "
        "that need none.",
        method="Of the cases open at the end and assessed (C14) at least twelve months before it, "
        "those reviewed (C15) in those twelve months.",
        of="reviewed",
        among="review_due",
    ),
)
BY_ID = {measure.id: measure for measure in MEASURES}
DURATIONS = tuple(m for m in MEASURES if isinstance(m, Duration))
RATES = tuple(m for m in MEASURES if isinstance(m, Rate))
COUNTS = tuple(m for m in MEASURES if isinstance(m, Count))
BANDS = ((0, 5), (6, 10), (11, 20), (21, 45), (46, 90), (91, None))
WAITING_DAYS = (10, 20, 45, 90)
BASES = ("calendar_days", "working_days")
HEADLINES = (
    "children_supported",
    "contacts_received",
    "contact_to_allocation",
    "assessment_duration",
    "csc_referral_rate",
)


def band_name(low: int, high: int | None) -> str:
    """Return a band's name: "0 to 5", "91 and over"."""
    return f"{low} and over" if high is None else f"{low} to {high}"


BAND_NAMES = tuple(band_name(*band) for band in BANDS)
