"""Who is supported: counts by group with their shares, and contact agreements by type."""

from measures.breakdowns import ENGLAND, TOTAL
from measures.catalogue import BY_ID, COUNTS
from measures.measure import Agreements
from measures.views import groups, unshown
from measures.views.book import Book
from measures.views.figure import Figure
from measures.views.headlines import main_figure
from measures.views.table import Table
from measures.views.waits import share

COUNTED = tuple(measure.id for measure in COUNTS)
AGREEMENTS = "contact_agreements"


def answer(book: Book, measure: str, place: str) -> tuple[str, str, str]:
    """Return the sentence with the count of a place."""
    figure = main_figure(book, measure, place, "")
    title = f"{BY_ID[measure].title}, {place}: "
    if not figure.shown:
        return unshown.sentence(f"{title}the number", figure)
    return title, figure.said, "."


def table(book: Book, measure: str, place: str, breakdown: str) -> Table:
    """Return a count by group, its share of all, and the nearest wider count of a hidden one."""
    everybody = main_figure(book, measure, place, "")
    rows = []
    for group, figure in groups.by_group(book, measure, place, breakdown, ""):
        wider = groups.in_place_of(book, figure)
        beside = "" if place == ENGLAND else _in_england(book, measure, group)
        rows.append((group.name, figure, share(figure, everybody), beside, wider))
    rows.append((TOTAL, everybody, share(everybody, everybody), "", ""))
    headings = (
        groups.title(breakdown), "Number", "Share of all", "Share in England",
        "Nearest wider figure",
    )  # fmt: skip
    caption = f"{BY_ID[measure].title} by {groups.title(breakdown).lower()}, {place}"
    return groups.without_blank(Table(caption, headings, tuple(rows)))


def _in_england(book: Book, measure: str, group: groups.Group) -> Figure:
    one, everybody = (
        main_figure(book, measure, ENGLAND, "", **of) for of in (dict(group.values), {})
    )
    return share(one, everybody)


def agreements(book: Book, place: str) -> tuple[Figure, ...]:
    """Return the supported contact agreements of a place by type; regions have none."""
    measure = BY_ID[AGREEMENTS]
    types = measure.types if isinstance(measure, Agreements) else ()
    where = ENGLAND if place in book.regions else place
    return tuple(book.one(AGREEMENTS, "count", where, band=kind) for kind in types)


def agreements_table(book: Book, place: str) -> Table:
    """Return the supported contact agreements of a place beside England's."""
    here, england = agreements(book, place), agreements(book, ENGLAND)
    where = here[0].place if here else ENGLAND
    if where == ENGLAND:
        rows = tuple((one.band.capitalize(), one) for one in england)
        return Table("Supported contact agreements, England", ("Type", "England"), rows)
    both = zip(here, england, strict=True)
    pairs = tuple((one.band.capitalize(), one, other) for one, other in both)
    return Table(f"Supported contact agreements, {where}", ("Type", where, ENGLAND), pairs)
