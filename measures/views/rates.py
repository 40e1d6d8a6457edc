"""Rates: a share with its interval, and the plain one beside the age-standardised one."""

from measures.breakdowns import BY_NAME, ENGLAND, TOTAL
from measures.catalogue import BY_ID
from measures.measure import Rate
from measures.views import unshown
from measures.views.book import Book
from measures.views.table import Table


def is_standardised(measure: str) -> bool:
    """Return whether a rate is also published standardised by age."""
    found = BY_ID[measure]
    return isinstance(found, Rate) and found.standardised


def answer(book: Book, measure: str, place: str) -> tuple[str, str, str]:
    """Return the sentence with a place's rate: before it, the rate, after it."""
    rate = book.one(measure, "percent", place)
    title = BY_ID[measure].title
    if not rate.shown:
        return unshown.sentence(f"{title}, {place}: the share", rate)
    top, bottom = (book.one(measure, name, place) for name in ("numerator", "denominator"))
    after = f" (95% interval {rate.interval}; {top.said} of {bottom.said})."
    return f"{title}, {place}: ", rate.said, after


def standardised_table(book: Book, measure: str) -> Table:
    """Return England's rate by ethnicity group, plain and as if all groups had the same ages."""
    rows = []
    for group in (*BY_NAME["ethnicity_group"].values, TOTAL):
        plain = book.one(measure, "percent", ethnicity_group=group)
        even = book.one(measure, "standardised_percent", ethnicity_group=group)
        rows.append((group, plain, plain.interval, "" if group == TOTAL else even, even.interval))
    headings = ("Ethnicity group", "Plain", "95% interval", "Same ages", "95% interval, same ages")
    caption = f"{BY_ID[measure].title} by ethnicity group, plain and age-standardised, {ENGLAND}"
    return Table(caption, headings, tuple(rows))


def changed(book: Book, measure: str) -> str:
    """Return an active title: by how much the same ages change a group's rate at most."""
    gaps = []
    groups = BY_NAME["ethnicity_group"].values
    for group in groups:
        plain = book.one(measure, "percent", ethnicity_group=group)
        even = book.one(measure, "standardised_percent", ethnicity_group=group)
        if plain.shown and even.shown:
            gaps.append(abs(plain.number - even.number))
    if not gaps:
        return "Rates at the same ages cannot be shown"
    # Said of all groups only where all of them are shown.
    shown = "" if len(gaps) == len(groups) else " shown"
    points = f"{max(gaps):.0f} percentage point{'' if max(gaps) == 1 else 's'}"
    if not max(gaps):
        return f"Same ages change no rate{shown}"
    return f"Same ages change a rate{shown} by at most {points}"
