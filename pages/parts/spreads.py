"""The exhibits that show how far places lie apart: strips of agencies, regions and England."""

from collections.abc import Sequence
from dataclasses import replace

from measures.views import agency, headlines, receipt
from measures.views.book import Book
from measures.views.places import region_of
from pages.parts.charts import Exhibit
from pages.parts.drawing.axis import Axis
from pages.parts.drawing.strips import Key, Strip, strips
from pages.parts.exhibits import axis


def spread(book: Book, basis: str) -> Exhibit:
    """Return the five headline measures: England, regions, agencies, each on its own scale."""
    items = [strip(one) for one in headlines.spreads(book, basis)]
    table = headlines.spread_table(book, basis)
    said = "; ".join(f"{item.title}: {item.said}" for item in items)
    return Exhibit(
        title="Agencies differ more than regions do" if _wider(items) else table.caption,
        alt=f"Five strips with a dot an agency, a diamond a region, a line for England. {said}.",
        draw=(lambda width: strips(items, width)) if any(map(_marked, items)) else None,
        table=table,
        read="Each dot is an agency and each diamond a region. The upright line is England; counts "
        "have none, since England's is the sum. Being far from the line is neither good nor bad.",
        receipt=receipt.of_several(book),
    )


def strip(one: headlines.Spread) -> Strip:
    """Return a measure's spread as a strip."""
    is_count = one.england.statistic == "count"
    drawn = (*one.agencies, *one.regions, *(() if is_count else (one.england,)))
    scale = axis(drawn or (one.england,))
    return Strip(
        title=one.title,
        axis=Axis.over([figure.value for figure in drawn], scale.unit),
        agencies=[(a.place, a.number) for a in one.agencies],
        regions=[(r.place, r.number) for r in one.regions],
        england=None if is_count else one.england.value,
        said=f"England: {one.england.said}",
    )


def _marked(item: Strip) -> bool:
    return bool(item.agencies or item.regions or item.england is not None)


def _wider(items: Sequence[Strip]) -> bool:
    """Return whether agencies spread wider than regions in every measure that can be compared."""
    compared = [one for one in items if one.england is not None and one.regions and one.agencies]

    def reach(points: Sequence[tuple[str, float]]) -> float:
        values = [value for _, value in points]
        return max(values) - min(values)

    return bool(compared) and all(reach(one.agencies) > reach(one.regions) for one in compared)


def profile(book: Book, place: str, basis: str) -> Exhibit:
    """Return an agency among all others, in every duration and rate."""
    found = agency.profile(book, place, basis)
    items = [replace(strip(one), focus=place, said=_beside(one, place)) for one in found]
    region = region_of(book, place) or "Its region"
    said = "; ".join(f"{item.title}: {item.said}" for item in items)
    key = Key("another agency", region, place)
    return Exhibit(
        title=agency.apart(book, place, basis),
        alt=f"Strips of dots, one strip a measure; {place} is picked out. {said}.",
        draw=(lambda width: strips(items, width, key)) if any(map(_marked, items)) else None,
        table=agency.table(book, place, basis),
        read="Each dot is an agency, the large one this one; the diamond is its region, the "
        "upright line England. Being far from the line is neither good nor bad.",
        receipt=receipt.of_several(book, place),
    )


def _beside(one: headlines.Spread, place: str) -> str:
    mine = next((figure for figure in one.agencies if figure.place == place), None)
    england = one.england.cell if one.england.shown else "not shown"
    return f"{mine.cell if mine else 'not shown'} · England {england}"
