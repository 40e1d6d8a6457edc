"""How good returns are: whether rows had what they needed, and what the checks found."""

from collections.abc import Hashable, Mapping
from typing import Any

from data.checks.run import CHECKS
from measures.breakdowns import ENGLAND
from measures.views.book import Book
from measures.views.pilot import number
from measures.views.table import Table

TITLES = {check.name: check.title for check in CHECKS}


def completeness(book: Book) -> Table:
    """Return for every agency and field the share of rows that needed it and had it."""
    return book.once(("completeness",), lambda: _completeness(book))


def _completeness(book: Book) -> Table:
    quality = book.release.tables["quality"]
    said = {(one["agency"], one["field"]): _share(one) for one in quality.to_dict("records")}
    fields = tuple(dict.fromkeys(quality["field"]))
    places = [place for place in (ENGLAND, *book.agencies) if (place, "C1") in said or not fields]
    rows = tuple((place, *(said.get((place, name), "x") for name in fields)) for place in places)
    return Table("Completeness field by field", ("Agency", *fields), rows)


def _share(one: Mapping[Hashable, Any]) -> str:
    if one["status"] == "ok":
        return f"{one['percent']:.0f}%"
    return str(one["at_least"] or one["status"])


def by_field(book: Book) -> Table:
    """Return each field's completeness in England, and how many agencies are known to be whole."""
    quality = book.release.tables["quality"]
    titles = {field.name: field.title for field in book.release.round.fields}
    rows = []
    for name in dict.fromkeys(quality["field"]):
        here = quality[quality["field"] == name]
        england = here[here["agency"] == ENGLAND].to_dict("records")
        agencies = here[here["agency"] != ENGLAND]
        shown = agencies.loc[agencies["status"] == "ok", "percent"]
        hidden = "c" if (agencies["status"] == "c").any() else "z"
        least = f"{shown.min():.0f}%" if len(shown) else hidden
        needed = agencies[agencies["status"] != "z"]
        under = int(((needed["status"] == "ok") & (needed["percent"] < 95)).sum())
        title = f"{name} {titles.get(str(name), '')}".strip()
        rows.append((title, _share(england[0]) if england else "x", least, under))
    headings = ("Field", "England", "Least of an agency shown", "Agencies under 95%")
    return Table("Completeness by field", headings, tuple(rows))


def completeness_of(book: Book, agency: str) -> Table:
    """Return one agency's completeness beside England's, a row a field."""
    whole = completeness(book)
    titles = {field.name: field.title for field in book.release.round.fields}
    fields = tuple(f"{name} {titles.get(name, '')}".strip() for name in whole.headings[1:])
    by_place = {row[0]: row[1:] for row in whole.rows}
    nothing = ("x",) * len(fields)
    here, england = by_place.get(agency, nothing), by_place.get(ENGLAND, nothing)
    rows = tuple(zip(fields, here, england, strict=True))
    return Table("Rows that had what they needed", ("Field", agency, ENGLAND), rows)


def findings(book: Book) -> Table:
    """Return how often each check found something in England, open and explained."""
    table = book.release.tables["findings"]
    england = table[table["agency"] == ENGLAND]
    rows = tuple(
        (
            TITLES.get(str(one["check"]), str(one["check"])),
            str(one["level"]),
            number(one["open"], one["open_status"]),
            number(one["explained"], one["explained_status"]),
            str(
                table[(table["check"] == one["check"]) & (table["agency"] != ENGLAND)][
                    "agency"
                ].nunique()
            ),
        )
        for one in england.to_dict("records")
    )
    over = f"Agencies with over {book.release.threshold}"
    headings = ("What the check found", "Level", "Open, about", "Explained, about", over)
    return Table("Findings by check, England", headings, rows)


def findings_of(book: Book, agency: str) -> Table:
    """Return what the checks found in one agency's return, open and explained."""
    table = book.release.tables["findings"]
    rows = tuple(
        (
            TITLES.get(str(one["check"]), str(one["check"])),
            str(one["level"]),
            number(one["open"], one["open_status"]),
            number(one["explained"], one["explained_status"]),
        )
        for one in table[table["agency"] == agency].to_dict("records")
    )
    headings = ("What the check found", "Level", "Open, about", "Explained, about")
    return Table(f"Findings by check, {agency}", headings, rows)
