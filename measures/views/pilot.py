"""Was the pilot worth it: did the returns come, are they sound, what can the data carry."""

import pandas as pd

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


def number(value: float, status: str) -> str:
    """Return a number of the state of the returns, or its symbol."""
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
                number(one["rows"], one["rows_status"]),
                number(one["left_out"], one["left_out_status"]),
                f"{one['errors']:,.0f}" if came else "x",
                f"{one['queries']:,.0f}" if came else "x",
                ("yes" if one["covers_pre_order"] else "no") if came else "x",
            )
        )
    headings = (
        "Agency", "Received", "Rows, about", "Left out, about", "Errors, about", "Queries, about",
        "Before the order",
    )  # fmt: skip
    return Table("The returns, agency by agency", headings, tuple(rows))


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
    """Return what agencies answered to the pilot's questions: of each its name and a table."""
    table = book.release.tables["feedback"]
    return tuple(
        (
            str(about),
            Table(
                str(rows["question"].iloc[0]),
                ("Agency", "Answer"),
                tuple(zip(rows["agency"], rows["text"], strict=True)),
            ),
        )
        for about, rows in table.groupby("about", sort=False)
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
