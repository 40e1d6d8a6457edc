"""Definitions and methods, printed from the declarations that the program obeys."""

from data.rounds import Round
from measures.breakdowns import BREAKDOWNS, LEVELS, published
from measures.catalogue import BY_ID
from measures.measure import Better
from measures.views.book import Book

EDGES = (
    ("Same day", "Two dates on the same day are 0 days apart, in calendar and in working days."),
    (
        "Working days",
        "Monday to Friday less England's bank holidays. The first day is not counted.",
    ),
    (
        "Dates after the period",
        "They are kept as the agency sent them and treated as not having happened yet.",
    ),
    (
        "Dates out of order",
        "A wait whose end is before its start is left out of that measure and counted in the "
        "receipt. The row still counts elsewhere.",
    ),
    ("Rows with an error", "They are left out of every measure. A query never leaves a row out."),
    (
        "A return without a usable row",
        "It is a return: its counts are 0, and what would be made of nobody is z.",
    ),
    (
        "An agency without a return, a round without any",
        "Its figures are x, not 0. England's rest on the returns that came; with none they are x.",
    ),
    (
        "A child in several rows",
        "One child of one agency. Characteristics are those of the row with the latest contact, "
        "else the latest match.",
    ),
    ("A child at two agencies", "Counted once in each, and so twice in England."),
    (
        "Before and after the order",
        "A row with a match or placement and a contact counts as both; its stage is post-order.",
    ),
    (
        "No children before the order",
        "Some agencies cannot return them: their figures of such children are x, not 0. England's "
        "and the regions' rest on the agencies that do, and the receipt says how many those are.",
    ),
    ("Old authority codes", "Counted in the region of the authority that succeeded."),
    (
        "Not known",
        "What is blank, refused, not yet obtained or outside the codes is a group of its own, in "
        "every total and denominator. Out are a referral that is not known, from the referral "
        "rate, and an age that is not known, from rates standardised by age. A child of unknown "
        "authority is in England and its agency, and in no region. An age outside 0 to 25 is not "
        "known.",
    ),
    (
        "Rows left out",
        "A receipt counts them for England, each region and each agency, not for groups of "
        "children: beside a hidden count of a group such a number could give it away.",
    ),
    (
        "Agencies and regions",
        "Agencies do not nest in regions. A region is that of the child's authority. An agency is "
        "compared with the region in which most of its authorities lie.",
    ),
    (
        "Still waiting",
        "Kaplan-Meier estimates over everybody who had started, with those who began before the "
        "period entering on its first day, and those who left without an end counted until then.",
    ),
    (
        "Quartiles",
        "Linear interpolation between ordered values (type 7). The interval of a median is "
        "distribution-free, from ordered values by the binomial; none under six.",
    ),
    ("Intervals of percentages", "Wilson's 95% interval."),
    ("Funnel limits", "95% and 99.8%, by inverting Wilson's interval around England's rate."),
    (
        "Age-standardised rates",
        "Direct, with all of England's contacts as standard; Dobson's interval.",
    ),
    (
        "Similar, higher, lower",
        "From the 95% interval of a difference: an agency against the rest of England or of its "
        "region, a group against the others of its place. What the two have in common is taken "
        "out first. Higher or lower where the interval leaves nought out; similar otherwise, "
        "which does not mean the same. Nothing is said where the counts, as they are printed, may "
        "leave too few others.",
    ),
    ("Halves", "Rounded away from zero: 285 to the nearest ten is 290."),
)


_BETTER = {
    Better.HIGH: "high",
    Better.LOW: "low",
    Better.NEITHER: "neither high nor low as such",
}


def confidential(book: Book) -> str:
    """Return what `c` means, by the policy of the release."""
    return (
        "A figure marked c is hidden to protect children. Few children are in each group, and "
        f"somebody knows them. So every count from 1 to {book.policy['threshold']} is hidden. Some "
        "larger figures are hidden too, because subtracting them from a total would reveal a small "
        "one. One symbol serves both: if they differed, that difference would tell. No choice, "
        "download or link shows what is hidden."
    )


def policy(book: Book) -> tuple[str, ...]:
    """Return the disclosure policy as the release's manifest states it."""
    return tuple(map(str, book.release.said("policy")))


def definition(measure: str) -> tuple[tuple[str, str], ...]:
    """Return what is declared of a measure."""
    one = BY_ID[measure]
    return (
        ("Answers", one.question),
        ("Why it matters", one.why),
        ("Who may see it moved, by what", one.moved_by),
        ("Better when", _BETTER[one.better]),
        ("How it is worked out", one.method),
        ("Not known", one.not_known),
        *(("Take care", caveat) for caveat in one.caveats),
        ("In", str(one.unit)),
        ("Version", one.version),
        ("Name in the files", one.id),
    )


def breakdowns() -> tuple[tuple[str, str], ...]:
    """Return each breakdown with its values, their source, and where it is published."""
    everywhere = {name for names in published(LEVELS[-1], staged=True) for name in names}
    return tuple(
        (
            one.title,
            f"{', '.join(one.values)}. From {one.source}; published "
            + ("everywhere." if one.name in everywhere else "for England only."),
        )
        for one in BREAKDOWNS
    )


def fields(of: Round) -> tuple[tuple[str, str], ...]:
    """Return the fields of the return, each with what it holds."""
    return tuple((f"{one.name}: {one.title}", one.meaning) for one in of.fields)
