"""The exhibits that several pages show: a measure by group and by place."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from measures.breakdowns import ENGLAND
from measures.catalogue import BY_ID
from measures.views import differences as views_differences
from measures.views import groups, headlines, rates, receipt
from measures.views.book import Book
from measures.views.figure import DAYS, SHARES, SYMBOLS, Figure
from measures.views.reach import reach
from measures.views.table import Table
from pages.parts.charts import Exhibit
from pages.parts.drawing.axis import Axis
from pages.parts.drawing.rows import Look, Row, drawing


def row(label: str, figure: Figure, *, focus: bool = True, tick: Figure | None = None) -> Row:
    """Return a figure as a row of a chart; a hidden one has its symbol and no mark."""
    beside = tick.value if tick else None
    if not figure.shown:
        why = "" if beside else SYMBOLS.get(figure.status, "not shown")
        return Row(label, figure.cell, None, focus=focus, tick=beside, why=why)
    return Row(
        label,
        figure.cell,
        figure.value,
        figure.lower,
        figure.upper,
        tick=beside,
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


def everywhere(book: Book, measure: str, basis: str, place: str, *names: str) -> Axis:
    """Return the axis that holds a measure for all places of a kind, and England if compared."""
    like = headlines.main_figure(book, measure, ENGLAND, basis)
    found = reach(book, measure, like.statistic, like.basis)
    held = [found.get((book.level(place), frozenset(names)), 0.0)]
    if like.statistic != "count":
        held += [found.get((kind, frozenset()), 0.0) for kind in (book.level(place), ENGLAND)]
    return replace(axis([like]), most=Axis.over(held, axis([like]).unit).most)


def by_group(book: Book, measure: str, place: str, breakdown: str, basis: str) -> Exhibit:
    """Return a measure by the groups of a breakdown, with everybody's figure as a line."""
    found = groups.by_group(book, measure, place, breakdown, basis)
    everybody = headlines.main_figure(book, measure, place, basis)
    is_count = everybody.statistic == "count"
    line = None if is_count or not everybody.shown else (f"All: {everybody.cell}", everybody.number)
    scale = everywhere(book, measure, basis, place, *breakdown.split(groups.CROSS))
    look = Look(scale, bars=is_count, line=line)
    drawn = [row(group.name, figure) for group, figure in found]
    name = f"{BY_ID[measure].title} by {groups.title(breakdown).lower()}, {place}"
    shown = [(group.name, figure) for group, figure in found if figure.shown]
    hidden = len(found) - len(shown)
    return Exhibit(
        title=largest(shown, len(found))
        if is_count
        else across([one for _, one in shown], "groups", len(found)),
        alt=f"{_chart_of(is_count)} of {name}. "
        + "; ".join(f"{label}: {figure.said}" for label, figure in shown[:12])
        + (f". {hidden} of {len(found)} groups are not shown." if hidden else "."),
        draw=drawing(drawn, look),
        table=groups.table(book, measure, place, breakdown, basis),
        read=_reading(is_count),
        receipt=receipt.receipt(book, measure, everybody),
        instead=groups.instead(book, measure, place, breakdown, basis),
    )


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
    look = Look(everywhere(book, measure, basis, places[0]), bars=is_count, line=line)
    shown = [one for one in found if one.shown]
    name = f"{BY_ID[measure].title} by {what}"
    table = Table(
        name,
        (what.capitalize(), BY_ID[measure].title, "95% interval"),
        (*((one.place, one, one.interval) for one in found), (ENGLAND, england, england.interval)),
        picked=(focus,),
    )
    return Exhibit(
        title=across(shown, {"agency": "agencies"}.get(what, f"{what}s"), len(found)),
        alt=f"{_chart_of(is_count)} of {name}. England: {england.said}. {_range(shown)}"
        f"{len(found) - len(shown)} of {len(found)} are not shown.",
        draw=drawing(drawn, look),
        table=table,
        read=_reading(is_count),
        receipt=receipt.receipt(book, measure, england),
    )


def across(shown: Sequence[Figure], what: str, of: int) -> str:
    """Return an active title: how far figures lie apart, and of how many where some are hidden."""
    if not shown:
        return f"Nothing can be shown for {what}"
    ordered = sorted(shown, key=lambda one: one.number)
    if ordered[0].cell == ordered[-1].cell:
        return f"{ordered[0].said[0].upper()}{ordered[0].said[1:]} across all {what} shown"
    which = what if len(shown) == of else f"{len(shown)} of {of} {what}"
    return f"From {ordered[0].cell} to {ordered[-1].said} across {which}"


def largest(shown: Sequence[tuple[str, Figure]], of: int) -> str:
    """Return an active title: which group is the largest, of those shown where some are hidden."""
    if not shown:
        return "Nothing can be shown for these groups"
    name, figure = max(shown, key=lambda one: one[1].number)
    if not figure.number:
        return "Nobody in any group" if len(shown) == of else "Nobody in the groups shown"
    return f"Largest group{'' if len(shown) == of else ' shown'}: {name}, {figure.said}"


def _range(shown: Sequence[Figure]) -> str:
    if not shown:
        return ""
    ordered = sorted(shown, key=lambda one: one.number)
    return f"They range from {ordered[0].said} to {ordered[-1].said}. "


def _chart_of(is_count: bool) -> str:
    return "Bar chart" if is_count else "Chart with intervals"


def _reading(is_count: bool) -> str:
    if is_count:
        return "The longer the bar, the more there are."
    return (
        "The dot is the figure, the line through it its 95% interval: the shorter, the surer. "
        "Where intervals are wide, small differences mean little."
    )


def differences(book: Book, measure: str, place: str, breakdown: str, basis: str) -> Exhibit:
    """Return a measure by group, with how each stands to everybody of the place."""
    table = views_differences.table(book, measure, place, breakdown, basis)
    return replace(by_group(book, measure, place, breakdown, basis), table=table)


def standardised(book: Book, measure: str) -> Exhibit:
    """Return England's rate by ethnicity group, plain and at the same ages."""
    table = rates.standardised_table(book, measure)
    pairs = [
        (str(line[0]), line[1], line[3])
        for line in table.rows
        if isinstance(line[1], Figure) and isinstance(line[3], Figure)
    ]
    drawn = [
        one
        for name, plain, even in pairs
        for one in (row(f"{name}, same ages", even), row(f"{name}, plain", plain, focus=False))
    ]
    look = Look(axis([one for _, *both in pairs for one in both]), bars=False)
    said = "; ".join(f"{name}: {even.said}, plain {plain.said}" for name, plain, even in pairs)
    return Exhibit(
        title=rates.changed(book, measure),
        alt=f"Chart of {BY_ID[measure].title} by ethnicity group at the same ages. {said}.",
        draw=drawing(drawn, look),
        table=table,
        read="The blue dot is the rate as it would be if every group had the ages of all children "
        "in England; the grey dot is the rate as it is.",
        receipt=receipt.receipt(book, measure, book.one(measure, "percent")),
    )
