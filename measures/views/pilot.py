"""Was the pilot worth it: did the returns come, are they sound, what can the data carry."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from data.checks.run import CHECKS
from measures.breakdowns import BREAKDOWNS, ENGLAND
from measures.catalogue import BASES, MEASURES
from measures.measure import Agreements
from measures.views import groups
from measures.views.book import Book, day
from measures.views.headlines import main_figure, main_statistic
from measures.views.table import Cell, Table


def answer(book: Book) -> tuple[str, str, str]:
    """Return the sentence on response."""
    returns = book.release.tables["returns"]
    late = int((returns["received"].notna() & returns["late"]).sum())
    before = int(returns["covers_pre_order"].eq(True).sum())
    after = (
        f" sent a return; {late} came after the deadline; {before} cover children before the order."
    )
    return "", book.response, after


def _number(value: float, status: str) -> str:
    return f"{value:,.0f}" if status == "ok" else status


def response(book: Book) -> Table:
    """Return each agency's return: when it came, its rows, its findings."""
    rows = []
    for one in book.release.tables["returns"].to_dict("records"):
        came = pd.notna(one["received"])
        rows.append(
            (
                str(one["agency"]),
                (day(one["received"]) + (", late" if one["late"] else ""))
                if came
                else "not received",
                _number(one["rows"], one["rows_status"]),
                _number(one["left_out"], one["left_out_status"]),
                f"{one['errors']:,.0f}" if came else "x",
                f"{one['queries']:,.0f}" if came else "x",
                ("yes" if one["covers_pre_order"] else "no") if came else "x",
            )
        )
    headings = (
        "Agency", "Received", "Rows", "Left out", "Errors, about", "Queries, about",
        "Before the order",
    )  # fmt: skip
    return Table("The returns, agency by agency", headings, tuple(rows))


def completeness(book: Book) -> Table:
    """Return for every agency and field the share of rows that needed it and had it."""
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


def findings(book: Book) -> Table:
    """Return how often each check found something in England, open and explained."""
    table = book.release.tables["findings"]
    england = table[table["agency"] == ENGLAND]
    titled = {check.name: check.title for check in CHECKS}
    rows = tuple(
        (
            titled.get(str(one["check"]), str(one["check"])),
            str(one["level"]),
            _number(one["open"], one["open_status"]),
            _number(one["explained"], one["explained_status"]),
            str(
                table[(table["check"] == one["check"]) & (table["agency"] != ENGLAND)][
                    "agency"
                ].nunique()
            ),
        )
        for one in england.to_dict("records")
    )
    headings = ("What the check found", "Level", "Open, about", "Explained, about", "Agencies")
    return Table("Findings by check, England", headings, rows)


def lacking_pre_order(book: Book) -> tuple[str, ...]:
    """Return the agencies whose return does not cover children before the order."""
    returns = book.release.tables["returns"]
    return tuple(returns.loc[returns["covers_pre_order"].eq(False), "agency"])


def survival(book: Book, level: str, kind: str) -> Table:
    """Return, measure by measure, which share of a kind of place's cells is shown by breakdown.

    What no return covers, and groups with nobody in them, are not counted: they were not hidden.
    """
    counted = book.once(("survival",), lambda: _survivors(book))
    single = [b for b in BREAKDOWNS if b.everywhere]
    rows: list[tuple[Cell, ...]] = []
    for measure in MEASURES:
        if isinstance(measure, Agreements):
            continue
        names = ("", *(b.name for b in single))
        shares = (counted.get((measure.id, level, name), (0, 0)) for name in names)
        rows.append((measure.title, *(_part(*share) for share in shares)))
    headings = ("Measure", "Total", *(b.title for b in single))
    return Table(f"Share of figures of {kind} that can be shown", headings, tuple(rows))


def _survivors(book: Book) -> dict[tuple[str, str, str], tuple[int, int]]:
    """Return how many figures are shown, and of how many, by measure, kind of place, breakdown."""
    found: dict[tuple[str, str, str], tuple[int, int]] = {}
    for measure in MEASURES:
        statistic = main_statistic(measure.id)
        for one in book.every(measure.id, statistic, BASES[0] if statistic == "median" else ""):
            names = groups.broken_by(one)
            if len(names) > 1 or one.status not in {"ok", "low", "c"}:
                continue
            key = measure.id, book.level(one.place), "".join(names)
            shown, of = found.get(key, (0, 0))
            found[key] = shown + (one.status != "c"), of + 1
    return found


def _part(shown: int, of: int) -> str:
    return f"{100 * shown / of:.0f}%" if of else "z"


def feedback(book: Book) -> tuple[tuple[str, Table], ...]:
    """Return what agencies answered to the pilot's questions, a table a question."""
    table = book.release.tables["feedback"]
    return tuple(
        (
            str(question),
            Table(
                str(question),
                ("Agency", "About", "Answer"),
                tuple(zip(rows["agency"], rows["about"], rows["text"], strict=True)),
            ),
        )
        for question, rows in table.groupby("question", sort=False)
    )


def pre_order(book: Book) -> tuple[str, str, str]:
    """Return the sentence on how many agencies could return children before the order."""
    returns = book.release.tables["returns"]
    able = int(returns["covers_pre_order"].eq(True).sum())
    lacking = lacking_pre_order(book)
    after = f" that returned cover children before the order. Not: {', '.join(lacking)}."
    of = f"{able} of {len(book.returned)} agencies"
    return "", of, after if lacking else " that returned cover children before the order."


def pre_order_table(book: Book) -> Table:
    """Return each measure before the order: England's figure, and how many agencies' are shown."""
    rows: list[tuple[Cell, ...]] = []
    for measure in MEASURES:
        if not measure.pre_order:
            continue
        shown = [main_figure(book, measure.id, place, BASES[0]) for place in book.agencies]
        n = sum(one.shown for one in shown)
        england = main_figure(book, measure.id, ENGLAND, BASES[0])
        rows.append((measure.title, england, f"{n} of {len(book.returned)}"))
    headings = ("Measure", "England", "Agencies whose figure can be shown")
    return Table("Measures before the order", headings, tuple(rows))


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
