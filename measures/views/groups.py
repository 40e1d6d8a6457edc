"""A measure by group: every value of a breakdown, and the nearest wider figure of a hidden one."""

from dataclasses import dataclass
from itertools import combinations, product

from measures.breakdowns import BREAKDOWNS, BY_NAME, ENGLAND, NAMES, TOTAL, cell_named
from measures.catalogue import BY_ID
from measures.measure import Count
from measures.views.book import Book
from measures.views.figure import Figure
from measures.views.headlines import main_figure
from measures.views.table import Table

CROSS = " by "


@dataclass(frozen=True)
class Group:
    """One group: its name, and the value of each breakdown that makes it."""

    name: str
    values: tuple[tuple[str, str], ...]


def breakdowns(place: str, measure: str) -> tuple[str, ...]:
    """Return the breakdowns published of a measure for a place; a pair is `age by gender`."""
    one = BY_ID[measure]
    staged = isinstance(one, Count) and one.staged
    singles = [
        b.name
        for b in BREAKDOWNS
        if (b.everywhere or place == ENGLAND) and (staged or not b.staged)
    ]
    paired = [b.name for b in BREAKDOWNS if b.paired]
    pairs = combinations(paired, 2) if place == ENGLAND else ()
    return (*singles, *(CROSS.join(pair) for pair in pairs))


def title(breakdown: str) -> str:
    """Return a breakdown in words: `Ethnicity group`, `Ethnicity group and age`."""
    first, *others = (BY_NAME[name].title for name in breakdown.split(CROSS))
    return " and ".join([first, *(other.lower() for other in others)])


def groups(breakdown: str) -> tuple[Group, ...]:
    """Return the groups of a breakdown in their order."""
    names = breakdown.split(CROSS)
    return tuple(
        Group(
            ", ".join(_named(name, value) for name, value in zip(names, values, strict=True)),
            tuple(zip(names, values, strict=True)),
        )
        for values in product(*(BY_NAME[name].values for name in names))
    )


def _named(breakdown: str, value: str) -> str:
    """Say a value so that it can stand alone: `Yes` alone would not say yes to what."""
    if breakdown == "disability":
        return {"Yes": "Disabled", "No": "Not disabled"}.get(value, f"Disability {value.lower()}")
    if breakdown == "age" and value[0].isdigit():
        return f"Aged {value}"
    return f"{BY_NAME[breakdown].title} not known" if value == "Not known" else value


def by_group(
    book: Book, measure: str, place: str, breakdown: str, basis: str
) -> tuple[tuple[Group, Figure], ...]:
    """Return the main figure of every group of a place."""
    return tuple(
        (group, main_figure(book, measure, place, basis, **dict(group.values)))
        for group in groups(breakdown)
    )


@dataclass(frozen=True)
class Wider:
    """A figure that is shown in place of a hidden one, and what it is about."""

    about: str
    figure: Figure


def nearest(book: Book, figure: Figure) -> Wider | None:
    """Return the nearest wider figure that is shown, as the release names it; None if it has none.

    Named is the cell: the same group elsewhere, a wider group of the place, or everybody.
    """
    if not figure.nearest:
        return None
    place, by = cell_named(figure.nearest)
    instead = book.one(
        figure.measure, figure.statistic, place, basis=figure.basis, band=figure.band, **by
    )
    everybody = ("everybody",) if broken_by(figure) else ()
    who = tuple(_named(*one) for one in by.items()) or everybody
    return Wider(", ".join((*who, place)), instead)


def table(book: Book, measure: str, place: str, breakdown: str, basis: str) -> Table:
    """Return a measure by group, with the nearest wider figure beside a hidden one."""
    rows = []
    for group, figure in by_group(book, measure, place, breakdown, basis):
        rows.append((group.name, figure, figure.interval, in_place_of(book, figure)))
    everybody = main_figure(book, measure, place, basis)
    rows.append((TOTAL, everybody, everybody.interval, ""))
    headings = (title(breakdown), BY_ID[measure].title, "95% interval", "Nearest wider figure")
    caption = f"{BY_ID[measure].title} by {title(breakdown).lower()}, {place}"
    return without_blank(Table(caption, headings, tuple(rows)))


def in_place_of(book: Book, figure: Figure) -> str:
    """Say the nearest wider figure where a group's own is hidden or missing, else nothing."""
    return said(nearest(book, figure))


def said(instead: Wider | None) -> str:
    """Say a wider figure, and nothing where there is none."""
    return f"{instead.about}: {instead.figure.said}" if instead else ""


def without_blank(table: Table) -> Table:
    """Drop columns that say nothing in any row."""
    kept = [
        n for n in range(len(table.headings)) if n < 2 or any(row[n] != "" for row in table.rows)
    ]
    return Table(
        table.caption,
        tuple(table.headings[n] for n in kept),
        tuple(tuple(row[n] for n in kept) for row in table.rows),
        table.notes,
        table.picked,
    )


def broken_by(figure: Figure) -> set[str]:
    """Return by which breakdowns a figure is broken down."""
    return {name for name, value in zip(NAMES, figure.group, strict=True) if value != TOTAL}


def instead(book: Book, measure: str, place: str, breakdown: str, basis: str) -> tuple[str, ...]:
    """Return the nearest wider figures of hidden groups, each with its groups, at most six."""
    found: dict[str, list[str]] = {}
    for group, figure in by_group(book, measure, place, breakdown, basis):
        words = in_place_of(book, figure)
        if words:
            found.setdefault(words, []).append(group.name)
    told = tuple(
        words if [words.rpartition(", ")[0]] == names else f"For {'; '.join(names)}: {words}"
        for words, names in found.items()
    )
    return told if len(told) <= 6 else ()
