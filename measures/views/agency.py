"""One agency: every measure beside its region and England, and what its return was like."""

from measures.breakdowns import ENGLAND
from measures.catalogue import BY_ID, DURATIONS, HEADLINES, MEASURES, RATES
from measures.measure import Agreements
from measures.views import unshown, verdicts
from measures.views.book import Book, day
from measures.views.figure import Figure
from measures.views.headlines import SUBJECTS, Spread, main_figure
from measures.views.places import region_of
from measures.views.table import Cell, Table

COMPARED = tuple(measure.id for measure in (*DURATIONS, *RATES))


def answer(book: Book, agency: str) -> tuple[str, str, str]:
    """Return the sentence with how many children an agency supported."""
    if agency not in book.returned:
        return f"{agency}: ", "no return came", ", so there are no figures for this period."
    children = main_figure(book, HEADLINES[0], agency, "")
    if not children.shown:
        return unshown.sentence(f"How many children {agency} supported", children)
    return f"{agency} supported ", children.said, " children and young people."


def points(book: Book, agency: str, basis: str) -> tuple[tuple[str, str, str], ...]:
    """Return a sentence for each headline duration and rate: how it stands to England."""
    found = []
    for measure in HEADLINES:
        if measure not in COMPARED or agency not in book.returned:
            continue
        here, england = (main_figure(book, measure, one, basis) for one in (agency, ENGLAND))
        beside = f"{verdicts.to_england(here)} ({england.said})." if england.shown else ""
        if here.shown:
            words = f", {beside}" if beside else "."
            found.append((f"{BY_ID[measure].title}: ", here.said, words))
        else:
            more = f"England: {england.said}." if england.shown else ""
            found.append(unshown.sentence(SUBJECTS[measure], here, more))
    return tuple(found)


def apart(book: Book, agency: str, basis: str) -> str:
    """Return an active title: in how many measures an agency differs from England."""
    found = [main_figure(book, measure, agency, basis).than_england for measure in COMPARED]
    compared = [one for one in found if one]
    if not compared:
        return "Nothing can be compared with England"
    differ = sum(one != verdicts.SIMILAR for one in compared)
    return f"Clearly apart from England in {differ} of {len(compared)} measures"


def profile(book: Book, agency: str, basis: str) -> tuple[Spread, ...]:
    """Return every duration and rate with the spread of agencies, for those shown somewhere."""
    found = (spread_of(book, measure, agency, basis) for measure in COMPARED)
    return tuple(one for one in found if one.england.shown or one.agencies)


def spread_of(book: Book, measure: str, agency: str, basis: str) -> Spread:
    """Return the spread of agencies in a measure, with the region an agency is compared with."""
    region = region_of(book, agency)
    regions = [main_figure(book, measure, region, basis)] if region else []
    places = [main_figure(book, measure, place, basis) for place in book.agencies]
    return Spread(
        BY_ID[measure].title,
        main_figure(book, measure, ENGLAND, basis),
        tuple(one for one in regions if one.shown),
        tuple(one for one in places if one.shown),
    )


def table(book: Book, agency: str, basis: str) -> Table:
    """Return every measure of an agency beside its region, England and the middle agency."""
    region = region_of(book, agency)
    rows: list[tuple[Cell, ...]] = []
    for measure in MEASURES:
        if isinstance(measure, Agreements):
            continue
        here = main_figure(book, measure.id, agency, basis)
        england = main_figure(book, measure.id, ENGLAND, basis)
        near = main_figure(book, measure.id, region, basis) if region else None
        compared = measure.id in COMPARED
        rows.append(
            (
                _titled(measure.id, here),
                here,
                here.interval,
                near or "",
                england,
                middle(book, measure.id, basis) or "",
                verdicts.to_england(here) if compared else "",
            )
        )
    headings = (
        "Measure", agency, "95% interval", region or "Region", "England", "Middle agency",
        "Against England",
    )  # fmt: skip
    return Table(f"{agency}: every measure", headings, tuple(rows))


def _titled(measure: str, like: Figure) -> str:
    unit = {"median": "median days", "percent": "percent"}.get(like.statistic, "number")
    return f"{BY_ID[measure].title} ({unit})"


def middle(book: Book, measure: str, basis: str) -> Figure | None:
    """Return the figure of the agency in the middle of those shown, the lower of two."""
    shown = [main_figure(book, measure, place, basis) for place in book.agencies]
    ordered = sorted((one for one in shown if one.shown), key=lambda one: one.number)
    return ordered[(len(ordered) - 1) // 2] if ordered else None


def return_facts(book: Book, agency: str) -> tuple[tuple[str, str], ...]:
    """Return what an agency's return was like."""
    returns = book.release.tables["returns"].set_index("agency")
    if agency not in book.returned:
        return (("Return", "none came"),)
    one = returns.loc[agency]

    def number(name: str) -> str:
        status = one[f"{name}_status"]
        return f"about {one[name]:,.0f}" if status == "ok" else f"{status} (confidential)"

    return (
        ("Received", f"{day(book.came[agency])}{', after the deadline' if one['late'] else ''}"),
        ("Rows received", number("rows")),
        ("Rows used", number("used")),
        ("Rows left out because of an error", number("left_out")),
        ("Findings", f"about {one['errors']:,.0f} errors and {one['queries']:,.0f} queries"),
        ("Children before the order", "returned" if one["covers_pre_order"] else "not returned"),
    )
