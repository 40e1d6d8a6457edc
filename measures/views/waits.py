"""How long families wait: bands, quartiles, and those who are still waiting."""

from dataclasses import dataclass

from measures.breakdowns import ENGLAND
from measures.catalogue import BAND_NAMES, BY_ID, WAITING_DAYS
from measures.measure import Duration
from measures.statistics import percent
from measures.views import unshown
from measures.views.book import Book
from measures.views.figure import Figure, days
from measures.views.table import Table

QUARTILES = ("lower_quartile", "median", "upper_quartile")


def duration(measure: str) -> Duration:
    """Return a duration of the catalogue."""
    found = BY_ID[measure]
    if not isinstance(found, Duration):
        raise TypeError(f"{measure} is not a duration")
    return found


def answer(book: Book, measure: str, place: str, basis: str) -> tuple[str, str, str]:
    """Return the sentence with a place's median: before it, the median, after it."""
    median = book.one(measure, "median", place, basis=basis)
    n = book.one(measure, "n", place, basis=basis)
    title = BY_ID[measure].title
    if not median.shown:
        return unshown.sentence(f"{title}, {place}: the median", median)
    interval = f"95% interval {median.interval}, " if median.interval else ""
    return (
        f"{title}, {place}: half took ",
        f"{median.said} or less",
        f" ({interval}from {n.said}).",
    )


def bands(book: Book, measure: str, place: str, basis: str) -> tuple[tuple[Figure, Figure], ...]:
    """Return of each band how many, and which share of all, both hidden where either is.

    The share is that of the published numbers, which for England and regions are rounded.
    """
    n = book.one(measure, "n", place, basis=basis)
    found = []
    for band in BAND_NAMES:
        count = book.one(measure, "band", place, basis=basis, band=band)
        found.append((count, share(count, n)))
    return tuple(found)


def share(count: Figure, of: Figure) -> Figure:
    """Return the share of one published number in another, in whole percent."""
    known = count.shown and of.shown
    status = count.status if not count.shown else of.status
    value = None
    if known:
        whole = int(of.number)
        status, value = ("ok", percent(int(count.number), whole)) if whole else ("z", None)
    return Figure(
        count.measure, "percent", count.place, status, value, basis=count.basis, band=count.band
    )


def bands_table(book: Book, measure: str, place: str, other: str, basis: str) -> Table:
    """Return the bands of a place beside those of its comparator."""
    here = bands(book, measure, place, basis)
    there = bands(book, measure, other, basis)
    kind = "Working days" if basis == "working_days" else "Days"
    caption = f"{BY_ID[measure].title} in bands, {place}"
    if place == other:
        rows = tuple((count.band, count, part) for count, part in here)
        return Table(caption, (kind, "Number", "Share"), rows)
    both = zip(here, there, strict=True)
    headings = (kind, f"Number, {place}", f"Share, {place}", f"Share, {other}")
    return Table(caption, headings, tuple((c.band, c, s, o) for (c, s), (_, o) in both))


def quartiles_table(book: Book, measure: str, places: tuple[str, ...], basis: str) -> Table:
    """Return n, quartiles and median of places."""
    rows = []
    for place in places:
        low, middle, high = (book.one(measure, name, place, basis=basis) for name in QUARTILES)
        n = book.one(measure, "n", place, basis=basis)
        rows.append((place, n, middle, middle.interval, low, high))
    headings = (
        "Place",
        "Number",
        "Median",
        "95% interval",
        "A quarter within",
        "Three quarters within",
    )
    kind = "working days" if basis == "working_days" else "days"
    return Table(f"{BY_ID[measure].title} in {kind}", headings, tuple(rows))


@dataclass(frozen=True)
class Curve:
    """Who is still waiting after how many days, at a place; hidden points are missing."""

    place: str
    points: tuple[tuple[int, Figure], ...]
    median: Figure
    completed: Figure
    waiting: Figure

    @property
    def shown(self) -> tuple[tuple[int, Figure], ...]:
        """The points that can be drawn."""
        return tuple((day, figure) for day, figure in self.points if figure.shown)


def curve(book: Book, measure: str, place: str, basis: str) -> Curve:
    """Return the waiting curve of a place."""
    points = tuple(
        (day, book.one(measure, "still_waiting", place, basis=basis, band=f"{day} days"))
        for day in WAITING_DAYS
    )
    return Curve(
        place,
        points,
        book.one(measure, "waiting_median", place, basis=basis),
        book.one(measure, "median", place, basis=basis),
        book.one(measure, "waiting_at_end", place, basis=basis),
    )


def still_waiting(one: Curve) -> tuple[str, str, str]:
    """Return the sentence with who still waits after twenty days."""
    day, figure = one.points[1]
    left = one.waiting
    end = f"At the end of the period {left.said} were still waiting." if left.shown else ""
    if not figure.shown:
        subject = f"{one.place}: how many still waited after {days(day, figure.basis)}"
        return unshown.sentence(subject, figure, end)
    after = end.replace(" still waiting", "")
    before = f"{one.place}: after {days(day, figure.basis)}, "
    return before, figure.said, f" were still waiting.{after and f' {after}'}"


def why_different(one: Curve) -> str:
    """Return one sentence on why the two medians differ."""
    if not (one.median.shown and one.completed.shown):
        return (
            "A median of what was completed leaves out families still waiting; this curve counts "
            "them, so it is usually slower."
        )
    why = ""
    if one.median.number > one.completed.number:
        why = ", because a completed wait is more likely to be a short one"
    return (
        f"The median of completed waits is {one.completed.said}; counting those still waiting it "
        f"is {one.median.said}{why}."
    )


def curve_table(here: Curve, there: Curve, measure: str) -> Table:
    """Return two waiting curves beside each other."""
    both = (here,) if here.place == there.place else (here, there)
    rows = [
        (
            f"Still waiting after {day} days",
            *(cell for one in both for cell in (one.points[n][1], one.points[n][1].interval)),
        )
        for n, day in enumerate(WAITING_DAYS)
    ]
    rows.append(
        ("Median, counting those waiting", *(cell for one in both for cell in (one.median, "")))
    )
    rows.append(("Median of completed", *(cell for one in both for cell in (one.completed, ""))))
    rows.append(
        ("Waiting at the end (number)", *(cell for one in both for cell in (one.waiting, "")))
    )
    headings = ("", *(name for one in both for name in (one.place, "95% interval")))
    return Table(f"{BY_ID[measure].title}: still waiting", headings, tuple(rows))


def explained(place: str) -> str:
    """Return why a place's bands may be compared with another's."""
    whole = "" if place == ENGLAND else " Numbers of agencies are exact, of England rounded."
    return f"Bands describe; no national standard is known for any of them.{whole}"


def within(book: Book, measure: str, place: str, basis: str) -> str:
    """Return an active title: within how many days half and three quarters were reached."""
    middle, high = (book.one(measure, name, place, basis=basis) for name in QUARTILES[1:])
    if not (middle.shown and high.shown):
        return "Most of this spread cannot be shown"
    return f"Half within {middle.said}, three quarters within {high.cell}"


def still_title(one: Curve) -> str:
    """Return an active title: how many still wait after twenty days."""
    day, figure = one.points[1]
    if not figure.shown:
        return f"The waiting curve of {one.place} cannot be shown"
    return f"{figure.said} still waiting after {days(day, figure.basis)}"
