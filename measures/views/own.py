"""A return's own figures beside the published ones of its region and of England."""

from measures.breakdowns import ENGLAND
from measures.catalogue import MEASURES
from measures.measure import Agreements, Duration, Rate
from measures.private import Own
from measures.views.book import Book
from measures.views.figure import Figure
from measures.views.headlines import main_figure, main_statistic
from measures.views.places import region_of
from measures.views.table import Cell, Table

_UNITS = {"median": "median days", "percent": "percent", "count": "number"}


def table(own: Own, agency: str, book: Book | None, basis: str) -> Table:
    """Return every measure of a return; without a release there is nothing to compare it with."""
    region = region_of(book, agency) if book else None
    rows: list[tuple[Cell, ...]] = []
    for measure in MEASURES:
        if isinstance(measure, Agreements):
            continue
        statistic = main_statistic(measure.id)
        here = own.get((measure.id, statistic, basis if statistic == "median" else ""))
        row: list[Cell] = [
            f"{measure.title} ({_UNITS[statistic]})",
            here or "z",
            _made_from(own, measure, basis),
        ]
        if region and book:
            row.append(main_figure(book, measure.id, region, basis))
        if book:
            row.append(main_figure(book, measure.id, ENGLAND, basis))
        rows.append(tuple(row))
    places = [*([region] if region else []), *([ENGLAND] if book else [])]
    headings = ("Measure", "This return", "Made from", *(f"{each}, published" for each in places))
    return Table("This return's figures, exact", headings, tuple(rows))


def _made_from(own: Own, measure: Duration | Rate | object, basis: str) -> str:
    """Return what a share or a duration was made from: `33 of 121`, `57 waits`."""
    if isinstance(measure, Rate):
        parts = [own.get((measure.id, name, "")) for name in ("numerator", "denominator")]
        if all(parts):
            return " of ".join(_number(part) for part in parts)
    if isinstance(measure, Duration) and (n := own.get((measure.id, "n", basis))):
        return f"{_number(n)} rows"
    return ""


def _number(figure: Figure | None) -> str:
    return f"{figure.number:,.0f}" if figure and figure.shown else "0"
