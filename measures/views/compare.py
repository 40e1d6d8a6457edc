"""Agencies beside each other: in a list, in a funnel, in a grid, on a tile map. Never ranked."""

from dataclasses import dataclass
from math import ceil

from measures.breakdowns import ENGLAND
from measures.catalogue import BY_ID, DURATIONS, HEADLINES, RATES
from measures.statistics import Z_95, Z_998, funnel_limits
from measures.views.book import Book
from measures.views.figure import Figure
from measures.views.headlines import main_figure
from measures.views.places import TILES, within
from measures.views.table import Cell, Table

MEASURED = tuple(measure.id for measure in (*DURATIONS, *RATES))
ORDERS = ("name", "value")


def ordered(book: Book, measure: str, basis: str, order: str) -> tuple[str, ...]:
    """Return the agencies by name or by value, those without a figure last."""
    if order == "name":
        return book.agencies

    def key(agency: str) -> tuple[bool, float, str]:
        figure = main_figure(book, measure, agency, basis)
        return not figure.shown, figure.value or 0, agency

    return tuple(sorted(book.agencies, key=key))


@dataclass(frozen=True)
class Funnel:
    """Agencies' rates by size, and the limits within which chance alone would keep most."""

    target: Figure
    points: tuple[tuple[Figure, Figure], ...]
    sizes: tuple[float, ...]
    limits: tuple[tuple[tuple[float, ...], tuple[float, ...]], ...]

    @property
    def outside(self) -> tuple[str, ...]:
        """The agencies outside the outer limits."""
        target = self.target.number / 100
        found = []
        for rate, size in self.points:
            low, high = funnel_limits(target, [size.number], Z_998)
            if not 100 * low[0] <= rate.number <= 100 * high[0]:
                found.append(rate.place)
        return tuple(found)


def funnel(book: Book, measure: str) -> Funnel | None:
    """Return the funnel of a rate; None where England's rate or all agencies' are hidden."""
    target = book.one(measure, "percent")
    pairs = (
        (book.one(measure, "percent", place), book.one(measure, "denominator", place))
        for place in book.agencies
    )
    points = tuple((rate, size) for rate, size in pairs if rate.shown and size.shown)
    if not target.shown or not points:
        return None
    most = max(size.number for _, size in points)
    sizes = tuple(max(most * n / 60, 5.0) for n in range(1, 64))
    limits = tuple(
        tuple(tuple(100 * float(end) for end in side) for side in limit)
        for limit in (funnel_limits(target.number / 100, sizes, z) for z in (Z_95, Z_998))
    )
    return Funnel(target, points, sizes, limits)  # type: ignore[arg-type]


def funnel_table(book: Book, measure: str, one: Funnel, focus: str) -> Table:
    """Return each agency's rate with what it is made from and whether it is outside the limits."""
    outside = set(one.outside)
    rows = []
    for place in book.agencies:
        rate, size = (book.one(measure, name, place) for name in ("percent", "denominator"))
        words = "outside 99.8% limits" if place in outside else "within" if rate.shown else ""
        rows.append((place, rate, size, words))
    headings = ("Agency", BY_ID[measure].title, "Made from", "Limits")
    return Table(f"{BY_ID[measure].title}: funnel", headings, tuple(rows), picked=(focus,))


def grid(book: Book, basis: str, focus: tuple[str, ...]) -> Table:
    """Return the headline measures, and two rates more, of all agencies."""
    shown = (*HEADLINES, "allocation_rate", "assessment_rate")
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (place, *(main_figure(book, measure, place, basis) for measure in shown))
        for place in (ENGLAND, *book.agencies)
    )
    headings = ("Agency", *(BY_ID[measure].title for measure in shown))
    return Table("Agencies and their main measures", headings, rows, picked=focus)


@dataclass(frozen=True)
class Tile:
    """A region of the tile map: where it lies, its figure, and its agencies' figures."""

    region: str
    at: tuple[int, int]
    figure: Figure
    agencies: tuple[Figure, ...]


def tiles(book: Book, measure: str, basis: str) -> tuple[Tile, ...]:
    """Return the regions as tiles; an agency is with the region most of its authorities lie in."""
    return tuple(
        Tile(
            region,
            at,
            main_figure(book, measure, region, basis),
            tuple(main_figure(book, measure, one, basis) for one in within(book, region)),
        )
        for region, at in TILES.items()
    )


def classes(found: tuple[Tile, ...]) -> tuple[float, ...]:
    """Return the upper ends of four equally wide classes over all agencies and regions."""
    values = [one.number for tile in found for one in (tile.figure, *tile.agencies) if one.shown]
    if not values:
        return (1.0, 2.0, 3.0, 4.0)
    low, high = min(values), max(values)
    width = max((high - low) / 4, 1)
    return tuple(float(ceil(low + width * n)) for n in (1, 2, 3, 4))


def tiles_table(measure: str, found: tuple[Tile, ...], focus: str) -> Table:
    """Return regions with their agencies under them."""
    rows: list[tuple[Cell, ...]] = []
    for tile in found:
        rows.append((tile.region, "", tile.figure))
        rows += [(one.place, tile.region, one) for one in tile.agencies]
    headings = ("Place", "Compared with region", BY_ID[measure].title)
    return Table(f"{BY_ID[measure].title} on the map", headings, tuple(rows), picked=(focus,))


def answer(book: Book, measure: str, basis: str) -> tuple[str, str, str]:
    """Return the sentence with how far agencies lie apart."""
    found = [main_figure(book, measure, place, basis) for place in book.agencies]
    shown = sorted((one for one in found if one.shown), key=lambda one: one.number)
    title = BY_ID[measure].title
    england = main_figure(book, measure, ENGLAND, basis)
    if not shown:
        return f"{title}: ", "no agency's figure is shown", "."
    all_ = f"; England: {england.said}" if england.shown else "; England's figure is not shown"
    if len(shown) == 1:
        return f"{title} is shown for one agency only: ", shown[0].said, f"{all_}."
    of = f"{len(shown)} agencies"
    of += f" of {len(book.returned)} that returned" if len(shown) < len(book.returned) else ""
    low, high = shown[0].said, shown[-1].said
    if low == high:
        return f"{title} is ", low, f" in {of}{all_}."
    return f"{title} ranges from ", f"{low} to {high}", f" between {of}{all_}."
