"""The exhibits about waits: bands, and the curve of those still waiting."""

from measures.catalogue import BAND_NAMES
from measures.views import bands as views_bands
from measures.views import receipt, waits
from measures.views.book import Book
from measures.views.figure import Figure
from pages.parts.charts import Exhibit
from pages.parts.drawing.axis import Axis
from pages.parts.drawing.curves import Line, Point, curves
from pages.parts.drawing.grids import Box, grid
from pages.parts.drawing.rows import Look, drawing
from pages.parts.exhibits import row

DARKER = (10, 20, 40)
"""From which percentages on a box is darker; the same for every wait, so that they compare."""


def bands(book: Book, measure: str, place: str, other: str, basis: str) -> Exhibit:
    """Return how a place's waits lie in bands, its comparator's share as a mark on each."""
    here = waits.bands(book, measure, place, basis)
    there = waits.bands(book, measure, other, basis)
    apart = place != other
    drawn = [
        row(_band(count.band), part, tick=mark if apart else None)
        for (count, part), (_, mark) in zip(here, there, strict=True)
    ]
    look = Look(_shares(book, measure, basis), key=(place, other) if apart else None)
    said = "; ".join(f"{_band(count.band)}: {part.said}" for count, part in here)
    return Exhibit(
        title=waits.within(book, measure, place, basis),
        alt=f"Bar chart of the share of {place}'s waits in each band. {said}.",
        draw=drawing(drawn, look),
        table=waits.bands_table(book, measure, place, other, basis),
        read="Each bar is the share of all completed waits that took so long. "
        + (f"The upright mark is {other}. " if apart else "")
        + waits.explained(place),
        receipt=receipt.receipt(book, measure, book.one(measure, "median", place, basis=basis)),
    )


def by_group(book: Book, measure: str, breakdown: str, basis: str) -> Exhibit:
    """Return how the waits of each group of England lie in bands."""
    found = views_bands.lines(book, measure, breakdown, basis)
    boxes = [(name, [_box(name, one) for one in shares]) for name, _, shares in found]
    shown = [(name, shares[0].said) for name, _, shares in found if shares[0].shown]
    table = views_bands.table(measure, breakdown, found, basis)
    return Exhibit(
        title=views_bands.quickest(found),
        alt=f"Grid of {table.caption}: a row a group, a column a band. "
        f"{BAND_NAMES[0]} days: " + "; ".join(f"{name}: {said}" for name, said in shown) + ".",
        draw=(lambda width: grid([_short(band) for band in BAND_NAMES], boxes, width))
        if any(one.shown for _, _, shares in found for one in shares)
        else None,
        table=table,
        read="Each row is a group, and its boxes make up all of its completed waits: darker is a "
        "larger share. Bands by group are published for England only.",
        receipt=receipt.receipt(book, measure, book.one(measure, "median", basis=basis)),
    )


def _box(name: str, one: Figure) -> Box:
    shade = sum(one.number >= end for end in DARKER) if one.shown else None
    return Box(one.cell, shade, f"{name}, {_band(one.band)}: {one.said}")


def _band(name: str) -> str:
    """Return a band in words: `0 to 5 days`, `91 days and over`."""
    low, _, over = name.partition(" and ")
    return f"{low} days and {over}" if over else f"{name} days"


def _short(band: str) -> str:
    low, _, high = band.partition(" to ")
    return f"{low}–{high}" if high else f"{low.partition(' ')[0]}+"  # noqa: RUF001


def _shares(book: Book, measure: str, basis: str) -> Axis:
    """Return the axis that holds the bands of every place."""

    def made() -> Axis:
        found = [
            share.value
            for place in book.places
            for _, share in waits.bands(book, measure, place, basis)
        ]
        return Axis.over(found, "%", "Share of all, percent")

    return book.once(("bands", measure, basis), made)


def still(book: Book, measure: str, place: str, other: str, basis: str) -> Exhibit:
    """Return the waiting curve of a place beside its comparator's."""
    here, there = (waits.curve(book, measure, one, basis) for one in (place, other))
    lines = [_line(here, "focus")]
    if place != other:
        lines.append(_line(there, "other"))
    kind = "Working days" if basis == "working_days" else "Days"
    days = Axis(100, "", f"{kind} since the start")
    said = "; ".join(f"after {day} days {one.said}" for day, one in here.points)
    return Exhibit(
        title=waits.still_title(here),
        alt=f"Line chart of the share still waiting in {place}: {said}.",
        draw=(lambda width: curves(lines, days, width)) if here.shown or there.shown else None,
        table=waits.curve_table(here, there, measure),
        read="Everybody waits on day 0; the line falls as they are reached. Upright lines are 95% "
        "intervals. Families who left without being reached count until they left.",
        receipt=receipt.receipt(book, measure, here.median),
    )


def _line(one: waits.Curve, kind: str) -> Line:
    start: list[Point] = [(0, 100, None, None)] if one.shown else []
    later: list[Point] = [
        (day, figure.number, figure.lower, figure.upper) for day, figure in one.shown
    ]
    hidden = "" if one.shown else ": not shown"
    return Line(one.place + hidden, [*start, *later], kind)
