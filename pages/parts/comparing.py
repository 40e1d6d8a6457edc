"""The exhibits that put agencies beside each other: the funnel and the tile map."""

from collections.abc import Sequence

from measures.breakdowns import ENGLAND
from measures.catalogue import BY_ID
from measures.measure import Rate
from measures.views import compare, receipt
from measures.views.book import Book
from measures.views.figure import Figure
from measures.views.headlines import main_figure
from pages.parts import charts, words
from pages.parts.charts import Exhibit
from pages.parts.drawing.axis import Axis
from pages.parts.drawing.funnels import Funnel, Limits, Spot
from pages.parts.drawing.maps import Box, RegionBox, draw
from pages.parts.exhibits import across


def show_funnel(book: Book, measure: str, place: str) -> None:
    """Show the funnel of a rate, or say why there is none."""
    if not isinstance(BY_ID[measure], Rate):
        words.say("A funnel is drawn for rates. Choose a rate above to see one.")
        return
    found = compare.funnel(book, measure)
    if found is None:
        words.say("The rates that a funnel needs are hidden.")
        return
    charts.show(book, funnel(book, measure, found, place), "funnel")


def funnel(book: Book, measure: str, one: compare.Funnel, place: str) -> Exhibit:
    """Return agencies' rates by size between the limits within which chance would keep them."""
    spots = [
        Spot(rate.place, size.number, rate.number, rate.place == place) for rate, size in one.points
    ]
    limits = [
        Limits(name, *sides, dash)
        for name, sides, dash in zip(
            ("95% limits", "99.8% limits"), one.limits, ("3 4", "9 5"), strict=True
        )
    ]
    rates = (spot.rate for spot in spots)
    axis = Axis.over([*rates, one.target.number * 1.5], "%")
    drawn = Funnel(spots, one.sizes, limits, one.target.number, axis)
    outside = len(one.outside)
    said = "No agency is" if not outside else f"{outside} of {len(spots)} agencies are"
    title = BY_ID[measure].title
    return Exhibit(
        title=f"{said} outside the 99.8% limits",
        alt=f"Funnel plot of {title}: {len(spots)} agencies by size around England's "
        f"{one.target.said}. {said} outside the 99.8% limits.",
        draw=drawn.at,
        table=compare.funnel_table(book, measure, one, place),
        read="Small agencies vary more by chance, so the limits are wide on the left. A dot "
        "outside the 99.8% limits is unlikely to be chance alone; ask why before judging.",
        receipt=receipt.receipt(book, measure, one.target),
    )


def tile_map(book: Book, measure: str, basis: str, place: str) -> Exhibit:
    """Return regions as tiles, each with its agencies, shaded by their figures."""
    found = compare.tiles(book, measure, basis)
    ends = compare.classes(found)
    regions = [
        RegionBox(
            _box(tile.figure, ends, place, tile.region),
            tile.at,
            [_box(one, ends, place, one.place) for one in tile.agencies],
        )
        for tile in found
    ]
    names = _names(ends, "%" if found[0].figure.statistic == "percent" else " days")
    title = BY_ID[measure].title
    shown = "; ".join(f"{tile.region}: {tile.figure.said}" for tile in found)
    return Exhibit(
        title=across([tile.figure for tile in found if tile.figure.shown], "regions", len(found)),
        alt=f"Tile map of England's nine regions shaded by {title}. {shown}.",
        draw=(lambda width: draw(regions, names, width))
        if any(one.shown for tile in found for one in (tile.figure, *tile.agencies))
        else None,
        table=compare.tiles_table(measure, found, place),
        read="Each large box is a region about where it lies; the small boxes are the agencies "
        "that are compared with it. Darker is more, neither better nor worse. Point at a small "
        "box for its name, or open the table.",
        receipt=receipt.receipt(book, measure, main_figure(book, measure, ENGLAND, basis)),
    )


def _box(figure: Figure, ends: Sequence[float], place: str, name: str) -> Box:
    shade = None
    if figure.shown:
        shade = next((n for n, end in enumerate(ends) if figure.number <= end), len(ends) - 1)
    return Box(name, figure.cell, shade, focus=name == place)


def _names(ends: Sequence[float], unit: str) -> list[str]:
    first = f"up to {ends[0]:.0f}{unit}"
    return [
        first,
        *(f"to {end:.0f}{unit}" for end in ends[1:-1]),
        f"over {ends[-2]:.0f}{unit}",
    ]
