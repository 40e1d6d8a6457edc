"""The bands of a wait by group of children, published for England only."""

from measures.breakdowns import ENGLAND, TOTAL
from measures.catalogue import BAND_NAMES, BASES, BY_ID
from measures.views import groups
from measures.views.book import Book
from measures.views.figure import Figure
from measures.views.table import Table
from measures.views.waits import share

Line = tuple[str, Figure, tuple[Figure, ...]]
"""A group, how many waits it had, and the share of them in each band."""


def single(breakdown: str) -> str:
    """Return the breakdown to show bands by: of a pair its first, since pairs have none."""
    return breakdown.partition(groups.CROSS)[0]


def lines(book: Book, measure: str, breakdown: str, basis: str) -> tuple[Line, ...]:
    """Return the groups of England, everybody last."""
    named = [(group.name, dict(group.values)) for group in groups.groups(single(breakdown))]
    return tuple(
        _line(book, measure, name, basis, values) for name, values in (*named, (TOTAL, {}))
    )


def _line(book: Book, measure: str, name: str, basis: str, values: dict[str, str]) -> Line:
    n = book.one(measure, "n", ENGLAND, basis=basis, **values)
    counts = (
        book.one(measure, "band", ENGLAND, basis=basis, band=band, **values) for band in BAND_NAMES
    )
    return name, n, tuple(share(count, n) for count in counts)


def table(measure: str, breakdown: str, found: tuple[Line, ...], basis: str) -> Table:
    """Return the groups with the share of each band."""
    by = groups.title(single(breakdown))
    kind = "working days" if basis == BASES[1] else "days"
    headings = (by, "Number", *BAND_NAMES)
    caption = f"{BY_ID[measure].title} in bands of {kind} by {by.lower()}, {ENGLAND}"
    return Table(caption, headings, tuple((name, n, *shares) for name, n, shares in found))


def quickest(found: tuple[Line, ...]) -> str:
    """Return an active title: how far the groups' first bands lie apart."""
    first = [shares[0] for _, _, shares in found[:-1] if shares[0].shown]
    if not first:
        return "No group's bands can be shown"
    ordered = sorted(first, key=lambda one: one.number)
    low, high = ordered[0].cell, ordered[-1].cell
    reach = low if low == high else f"{low} to {high}"
    return f"{reach} of a group within {BAND_NAMES[0].rpartition(' ')[2]} days"
