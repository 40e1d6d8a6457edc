"""The exhibits that count: children by group, and contact agreements by type."""

from dataclasses import replace

from measures.breakdowns import ENGLAND
from measures.views import people, receipt
from measures.views.book import Book
from pages.parts.charts import Exhibit
from pages.parts.drawing.axis import Axis
from pages.parts.drawing.rows import Look, drawing
from pages.parts.exhibits import axis, by_group, largest, row


def counted(book: Book, measure: str, place: str, breakdown: str) -> Exhibit:
    """Return a count by group, with its shares and the wider figures of hidden ones."""
    return replace(
        by_group(book, measure, place, breakdown, ""),
        table=people.table(book, measure, place, breakdown),
    )


def agreements(book: Book, place: str) -> Exhibit:
    """Return the supported contact agreements of a place by type."""
    found = people.agreements(book, place)
    where = found[0].place if found else ENGLAND
    every = book.once(("agreements", where == ENGLAND), lambda: _agreements(book, where))
    drawn = [row(one.band.capitalize(), one) for one in found]
    table = people.agreements_table(book, place)
    return Exhibit(
        title=largest([(one.band, one) for one in found if one.shown], len(found)),
        alt=f"Bar chart of {table.caption}: "
        + "; ".join(f"{one.band}: {one.said}" for one in found),
        draw=drawing(drawn, Look(every)),
        table=table,
        read="A child with agreements of two types is in both. Regions have none, since agencies "
        "give totals only.",
        receipt=receipt.receipt(book, people.AGREEMENTS, found[0] if found else None),
    )


def _agreements(book: Book, where: str) -> Axis:
    places = (ENGLAND,) if where == ENGLAND else book.agencies
    return axis([one for at in places for one in people.agreements(book, at)])
