"""A briefing on one agency: what is published of it, on one sheet, in plain words."""

from dataclasses import dataclass, replace

from measures.breakdowns import ENGLAND
from measures.catalogue import BASES, BY_ID, HEADLINES
from measures.views import agency as profile
from measures.views import groups, methods, receipt, unshown, verdicts, waits
from measures.views.book import Book
from measures.views.figure import Figure, days
from measures.views.headlines import SUBJECTS, Spread, main_figure, main_statistic
from measures.views.places import region_of

MEASURED = (
    "children_supported",
    "contacts_received",
    "cases_open",
    "waiting_for_allocation",
    "contact_to_allocation",
    "contact_to_assessment",
    "assessment_duration",
    "contact_to_closure",
    "csc_referral_rate",
    "allocation_rate",
    "assessment_rate",
    "review_within_12_months",
)
GROUPED = ("age", "gender", "ethnicity_group", "disability")
SAID = {
    "contacts_received": ("Families asked for support ", " times"),
    "contact_to_allocation": ("Half of the families given a named worker waited ", " or less"),
    "assessment_duration": ("Half of the assessments completed took ", " or less"),
    "csc_referral_rate": ("Of the cases with a known answer, ", " were referred into social care"),
}
CAUTIONS = (
    "This is management information from a pilot and not official statistics. No standard is "
    "known for any of these waits: being above or below England is neither good nor bad.",
    "“Similar” means that chance alone could explain the difference. The fewer the children, the "
    "wider the interval, and the less a difference means.",
    "Median waits are of those whose wait ended in the period. Families still waiting are not in "
    "them, and are counted apart.",
)


@dataclass(frozen=True)
class Line:
    """A measure of the agency beside its region and England, with the spread of agencies."""

    title: str
    here: Figure
    region: Figure | None
    england: Figure
    verdict: str
    spread: Spread


@dataclass(frozen=True)
class Briefing:
    """All that the sheet says, in its order."""

    agency: str
    region: str | None
    period: str
    lead: tuple[str, str, str]
    points: tuple[tuple[str, str, str], ...]
    lines: tuple[Line, ...]
    groups: tuple[tuple[str, str], ...]
    quality: str
    cautions: tuple[str, ...]
    receipt: receipt.Lines


def briefing(book: Book, agency: str, basis: str) -> Briefing:
    """Return the briefing on an agency, all of it picked from the release."""
    came = agency in book.returned
    quality = (f"{name}: {text}" for name, text in profile.return_facts(book, agency))
    return Briefing(
        agency,
        region_of(book, agency),
        book.period_in_words,
        profile.answer(book, agency),
        points(book, agency, basis) if came else (),
        tuple(line(book, measure, agency, basis) for measure in MEASURED) if came else (),
        tuple((groups.title(name), mix(book, agency, name)) for name in GROUPED) if came else (),
        "; ".join(quality) + ".",
        (*CAUTIONS, *(rule for rule in methods.policy(book) if "rounded" in rule)),
        (
            ("Rows left out", receipt.left_out(book, "", agency)),
            *receipt.of_release(book, agency),
            ("Definitions", versions(book)),
            ("Protection", f"disclosure control policy {book.release.manifest['policy_version']}"),
        ),
    )


def points(book: Book, agency: str, basis: str) -> tuple[tuple[str, str, str], ...]:
    """Return a sentence for each headline measure but the first, and for those still waiting."""
    said = [point(book, measure, agency, basis) for measure in HEADLINES[1:]]
    still = waits.curve(book, "contact_to_allocation", agency, basis)
    after, part = still.points[1]
    if not part.shown:
        return tuple(said)
    before = f"Counting those still waiting, after {days(after, basis)} "
    left = still.waiting
    end = f"; at the end of the period {left.said} had none" if left.shown else ""
    return (*said, (before, part.said, f" had no named worker{end}."))


def point(book: Book, measure: str, agency: str, basis: str) -> tuple[str, str, str]:
    """Return the sentence of one measure; where it is hidden, the nearest wider figure."""
    here = main_figure(book, measure, agency, basis)
    if not here.shown:
        wider = groups.said(groups.nearest(book, here))
        more = f"The nearest that is shown: {wider}." if wider else ""
        return unshown.sentence(SUBJECTS[measure], here, more)
    before, after = SAID[measure]
    if measure not in profile.COMPARED:
        return before, here.said, f"{after}."
    england = main_figure(book, measure, ENGLAND, basis).said
    verdict = f": {verdicts.to_england(here)} ({england})" if here.than_england else ""
    return before, here.said, f"{after}{verdict or f' (England: {england})'}."


def line(book: Book, measure: str, agency: str, basis: str) -> Line:
    """Return one measure of the sheet's table."""
    here, england = (main_figure(book, measure, one, basis) for one in (agency, ENGLAND))
    region = region_of(book, agency)
    spread = profile.spread_of(book, measure, agency, basis)
    compared = measure in profile.COMPARED
    return Line(
        _titled(measure, basis),
        here,
        main_figure(book, measure, region, basis) if region else None,
        england,
        (here.than_england or "not compared") if compared else "",
        # A region's count is the sum of its agencies: it lies far from all of them.
        spread if compared else replace(spread, regions=()),
    )


def _titled(measure: str, basis: str) -> str:
    kind = "working days" if basis == BASES[1] else "days"
    return BY_ID[measure].title + (
        f" (median {kind})" if main_statistic(measure) == "median" else ""
    )


def mix(book: Book, agency: str, breakdown: str) -> str:
    """Return in words how many children of each group are supported: `White: 394; Other: c`."""
    found = groups.by_group(book, "children_supported", agency, breakdown, "")
    return "; ".join(f"{group.name}: {figure.cell}" for group, figure in found)


def versions(book: Book) -> str:
    """Return at which versions the definitions of the sheet are."""
    table = book.release.tables["measures"]
    found = dict(zip(table["version"], table["title"], strict=True))
    if len(found) == 1:
        return f"all at version {next(iter(found))}"
    return "; ".join(f"{BY_ID[m].title} {BY_ID[m].version}" for m in MEASURED)
