"""The exhibits that several pages show: a measure by group, by place, and its spread."""

from collections.abc import Iterable, Sequence

from measures.breakdowns import ENGLAND
from measures.catalogue import BY_ID
from measures.views import groups, headlines, receipt
from measures.views.book import Book
from measures.views.figure import DAYS, SHARES, Figure
from measures.views.table import Table
from pages.parts.charts import Exhibit
from pages.parts.drawing.axis import Axis
from pages.parts.drawing.rows import Look, Row, rows
from pages.parts.drawing.strips import Strip, strips


def row(label: str, figure: Figure, *, focus: bool = True, tick: Figure | None = None) -> Row:
    """Return a figure as a row of a chart; a hidden one has its symbol and no mark."""
    said = figure.cell if figure.shown else figure.said
    if not figure.shown:
        return Row(label, said, None, focus=focus, tick=tick.value if tick else None)
    return Row(
        label,
        said,
        figure.value,
        figure.lower,
        figure.upper,
        tick=tick.value if tick else None,
        focus=focus,
    )


def axis(figures: Iterable[Figure]) -> Axis:
    """Return an axis that holds figures with their intervals."""
    found = list(figures)
    first = next(iter(found), None)
    unit, title = "", ""
    if first and first.statistic in SHARES:
        unit, title = "%", "Percent"
    elif first and first.statistic in DAYS:
        title = "Working days" if first.basis == "working_days" else "Days"
    elif first:
        title = "Number"
    return Axis.over((end for one in found for end in (one.value, one.upper)), unit, title)


def everywhere(book: Book, measure: str, basis: str, places: Iterable[str]) -> Axis:
    """Return the axis that holds a measure for all these places, whichever is looked at."""
    wanted = set(places)
    like = headlines.main_figure(book, measure, ENGLAND, basis)
    found = book.every(measure, like.statistic, like.basis)
    return axis([like, *(one for one in found if one.place in wanted)] if wanted else [like])


def level(book: Book, place: str) -> tuple[str, ...]:
    """Return the places of the kind of a place, over which its axes are fixed."""
    if place in book.agencies:
        return book.agencies
    return book.regions if place in book.regions else (ENGLAND,)


def by_group(book: Book, measure: str, place: str, breakdown: str, basis: str) -> Exhibit:
    """Return a measure by the groups of a breakdown, with everybody's figure as a line."""
    found = groups.by_group(book, measure, place, breakdown, basis)
    everybody = headlines.main_figure(book, measure, place, basis)
    is_count = everybody.statistic == "count"
    line = None if is_count or not everybody.shown else (f"All: {everybody.cell}", everybody.number)
    scale = _group_axis(book, measure, place, breakdown, basis)
    look = Look(scale, bars=is_count, line=line)
    drawn = [row(group.name, figure) for group, figure in found]
    name = f"{BY_ID[measure].title} by {groups.title(breakdown).lower()}, {place}"
    shown = [(group.name, figure) for group, figure in found if figure.shown]
    hidden = len(found) - len(shown)
    return Exhibit(
        title=name,
        alt=f"{_chart_of(is_count)} of {name}. "
        + "; ".join(f"{label}: {figure.said}" for label, figure in shown[:12])
        + (f". {hidden} of {len(found)} groups are not shown." if hidden else "."),
        draw=lambda width: rows(drawn, look, width),
        table=groups.table(book, measure, place, breakdown, basis),
        read=_reading(is_count),
        receipt=receipt.receipt(book, measure, everybody),
    )


def _group_axis(book: Book, measure: str, place: str, breakdown: str, basis: str) -> Axis:
    names = set(breakdown.split(groups.CROSS))
    like = headlines.main_figure(book, measure, place, basis)
    here = set(level(book, place))
    found = [
        one
        for one in book.every(measure, like.statistic, like.basis)
        if one.place in here and groups.broken_by(one) == names
    ]
    return axis([*found, like] if like.statistic != "count" else found or [like])


def by_place(  # noqa: PLR0913 - two are by name
    book: Book, measure: str, places: Sequence[str], basis: str, *, what: str, focus: str = ""
) -> Exhibit:
    """Return a measure by place, England's figure as a line, the chosen place picked out."""
    found = [headlines.main_figure(book, measure, place, basis) for place in places]
    england = headlines.main_figure(book, measure, ENGLAND, basis)
    is_count = england.statistic == "count"
    line = None if is_count or not england.shown else (f"England: {england.cell}", england.number)
    picked = focus in places
    drawn = [row(one.place, one, focus=one.place == focus or not picked) for one in found]
    look = Look(everywhere(book, measure, basis, places), bars=is_count, line=line)
    shown = [one for one in found if one.shown]
    name = f"{BY_ID[measure].title} by {what}"
    table = Table(
        name,
        (what.capitalize(), BY_ID[measure].title, "95% interval"),
        (*((one.place, one, one.interval) for one in found), (ENGLAND, england, england.interval)),
        picked=(focus,),
    )
    return Exhibit(
        title=name,
        alt=f"{_chart_of(is_count)} of {name}. England: {england.said}. {_range(shown)}"
        f"{len(found) - len(shown)} of {len(found)} are not shown.",
        draw=lambda width: rows(drawn, look, width),
        table=table,
        read=_reading(is_count),
        receipt=receipt.receipt(book, measure, england),
    )


def _range(shown: Sequence[Figure]) -> str:
    if not shown:
        return ""
    ordered = sorted(shown, key=lambda one: one.number)
    return f"They range from {ordered[0].said} to {ordered[-1].said}. "


def _chart_of(is_count: bool) -> str:
    return "Bar chart" if is_count else "Chart with intervals"


def _reading(is_count: bool) -> str:
    if is_count:
        return "The longer the bar, the more there are. c means hidden, x that no return covers it."
    return (
        "The dot is the figure, the line through it its 95% interval: the shorter, the surer. "
        "Where intervals are wide, small differences mean little."
    )


def spread(book: Book, basis: str) -> Exhibit:
    """Return the five headline measures: England, regions, agencies, each on its own scale."""
    items = [_strip(one) for one in headlines.spreads(book, basis)]
    table = headlines.spread_table(book, basis)
    said = "; ".join(f"{item.title}: {item.said}" for item in items)
    return Exhibit(
        title="Agencies differ more than regions do" if _wider(items) else table.caption,
        alt=f"Five strips with a dot an agency, a diamond a region, a line for England. {said}.",
        draw=lambda width: strips(items, width),
        table=table,
        read="Each dot is an agency and each diamond a region. The upright line is England; counts "
        "have none, since England's is the sum. Being far from the line is neither good nor bad.",
        receipt=receipt.receipt(book, headlines.HEADLINES[0])[2:],
    )


def _strip(one: headlines.Spread) -> Strip:
    is_count = one.england.statistic == "count"
    scale = axis([*one.agencies, *one.regions, *([] if is_count else [one.england])])
    values = (*one.agencies, *one.regions) or (one.england,)
    return Strip(
        title=one.title,
        axis=Axis.over([value.value for value in values], scale.unit),
        agencies=[(f"{a.place}: {a.said}", a.number) for a in one.agencies],
        regions=[(f"{r.place}: {r.said}", r.number) for r in one.regions],
        england=None if is_count else one.england.value,
        said=f"England: {one.england.said}",
    )


def _wider(items: Sequence[Strip]) -> bool:
    """Return whether agencies spread wider than regions in every measure that can be compared."""
    compared = [one for one in items if one.england is not None and one.regions and one.agencies]

    def reach(points: Sequence[tuple[str, float]]) -> float:
        values = [value for _, value in points]
        return max(values) - min(values)

    return bool(compared) and all(reach(one.agencies) > reach(one.regions) for one in compared)
