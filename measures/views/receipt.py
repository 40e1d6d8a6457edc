"""A figure's receipt: its definition, its n, the rows left out and why, its inputs."""

import hashlib
import json

from data.geography import regions_of
from measures.breakdowns import ENGLAND
from measures.catalogue import BY_ID
from measures.views.book import Book, day
from measures.views.figure import Figure

Lines = tuple[tuple[str, str], ...]
REASONS = {
    "error": "rows with an error",
    "no_start_date": "rows without the first date",
    "end_before_start": "rows whose dates are out of order",
    "no_end_date": "open cases without the second date, not counted yet",
    "referral_not_known": "rows whose referral is not known",
    "not_assessed": "open cases without a completed assessment",
}


def receipt(book: Book, measure: str, figure: Figure | None = None) -> Lines:
    """Return what stands behind a measure, and behind one figure of it if that is given."""
    one, place = BY_ID[measure], figure.place if figure else ENGLAND
    lines = [
        ("Measure", f"{one.title}, definition version {one.version}"),
        ("Unit", _unit(one.unit, figure)),
        ("Definition", one.method),
        ("Period", book.period_in_words),
        *(before_the_order(book, place) if one.pre_order else ()),
    ]
    if figure:
        lines.append(("Figure", f"{place}: {figure.said}"))
        lines += [(name, text) for name, text in _basis(book, figure) if text]
    lines += [
        ("Left out", book.once(("left", measure, place), lambda: left_out(book, measure, place))),
        *of_release(book, place),
    ]
    return tuple(lines)


def of_several(book: Book, place: str = ENGLAND) -> Lines:
    """Return what stands behind figures of several measures: what is the same for all of them."""
    return (("Period", book.period_in_words), *of_release(book, place))


def _unit(unit: str, figure: Figure | None) -> str:
    """Return in what the figures are: a file holds digits alone."""
    return figure.basis.replace("_", " ") if figure and figure.basis else str(unit)


def of_release(book: Book, place: str) -> Lines:
    """Return what stands behind all that a release says of a place."""
    release = book.release
    return (
        ("Rests on", response(book, place)),
        ("Release", f"{release.id}, made {day(book.made_at)} at {book.made_at:%H:%M} UTC"),
        ("Fingerprint of the inputs", fingerprint(book, place)),
    )


def of_returns(book: Book, about: str, place: str = ENGLAND) -> Lines:
    """Return what stands behind a table about the returns themselves."""
    return (("What it counts", about), ("Period", book.period_in_words), *of_release(book, place))


def _basis(book: Book, figure: Figure) -> Lines:
    statistic = {"percent": "denominator", "median": "n"}.get(figure.statistic)
    if not statistic:
        return ()
    basis = figure.basis if statistic == "n" else ""
    n = book.one(figure.measure, statistic, figure.place, basis=basis)
    return (("Number it is made from", n.said), ("95% interval", figure.interval))


def left_out(book: Book, measure: str, place: str) -> str:
    """Return in words which rows a measure leaves out of a place's returns, and why."""
    table = book.release.tables["left_out"]
    here = table[table["measure"].isin(["", measure]) & (table["geography"] == place)]
    if here.empty:
        return "no return"
    said = []
    for reason, rows, status in zip(here["reason"], here["rows"], here["rows_status"], strict=True):
        words = REASONS.get(reason, str(reason).replace("_", " "))
        count = f"{rows:,.0f}" if status == "ok" else f"{status} (confidential)"
        about = "about " if status == "ok" else ""
        said.append(f"{words}: {about}{count}")
    return "; ".join(said)


def before_the_order(book: Book, place: str) -> Lines:
    """Return on how many of the agencies with a return in a place its pre-order figures rest."""
    returns = book.release.tables["returns"].dropna(subset="received")
    covers = [place in (ENGLAND, agency, *regions_of(agency)) for agency in returns["agency"]]
    here = returns[covers]
    able = int(here["covers_pre_order"].eq(True).sum())
    return (("Children before the order", f"returned by {able} of {len(here)} agencies"),)


def response(book: Book, place: str) -> str:
    """Return on how many returns a place's figures rest."""
    if place in book.agencies:
        came = book.came.get(place)
        return f"its return of {day(came)}" if came else "no return came"
    return f"{book.response}" + ("" if place == ENGLAND else " in the whole of England")


def fingerprint(book: Book, place: str) -> str:
    """Return the start of the fingerprint of an agency's return, else of all returns together."""
    inputs = dict(book.release.inputs)
    if place in book.agencies:
        return str(inputs.get(place, "no return"))[:16]
    together = hashlib.sha256(json.dumps(sorted(inputs.items())).encode()).hexdigest()
    return f"{together[:16]} (of {len(inputs)} returns together)"
