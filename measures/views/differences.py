"""Differences between groups: each group against everybody of its own area, in words."""

from collections import Counter

from measures.breakdowns import NAMES, TOTAL
from measures.catalogue import BY_ID
from measures.views import groups, verdicts
from measures.views.book import Book
from measures.views.figure import Figure
from measures.views.headlines import main_figure
from measures.views.table import Table

SIZE = {"median": "n", "percent": "denominator"}


def size(book: Book, figure: Figure) -> Figure:
    """Return the number that a median or a percentage is made from."""
    statistic = SIZE.get(figure.statistic, figure.statistic)
    named = dict(zip(NAMES, figure.group, strict=True))
    return book.one(figure.measure, statistic, figure.place, basis=figure.basis, **named)


def table(book: Book, measure: str, place: str, breakdown: str, basis: str) -> Table:
    """Return each group's figure, n, interval, and how it stands to everybody of the place."""
    everybody = main_figure(book, measure, place, basis)
    rows = []
    for group, figure in groups.by_group(book, measure, place, breakdown, basis):
        wider = groups.in_place_of(book, figure)
        words = verdicts.to_all(figure)
        rows.append((group.name, figure, figure.interval, size(book, figure), words, wider))
    whole = (TOTAL, everybody, everybody.interval, size(book, everybody), "", "")
    headings = (
        groups.title(breakdown),
        BY_ID[measure].title,
        "95% interval",
        "Made from",
        f"Against the others, {place}",
        "Nearest wider figure",
    )
    caption = f"{BY_ID[measure].title} by {groups.title(breakdown).lower()}, {place}"
    return groups.without_blank(Table(caption, headings, (*rows, whole)))


def answer(
    book: Book, measure: str, place: str, breakdown: str, basis: str
) -> tuple[str, str, str]:
    """Return the sentence that says how many groups differ from everybody."""
    everybody = main_figure(book, measure, place, basis)
    found = groups.by_group(book, measure, place, breakdown, basis)
    stand = Counter(figure.than_total for _, figure in found)
    unsaid = stand.pop("", 0)
    compared = sum(stand.values())
    title = BY_ID[measure].title
    before = f"{title} by {groups.title(breakdown).lower()}, {place}: "
    all_ = f" (all: {everybody.said})" if everybody.shown else ""
    if not compared:
        hidden = any(figure.status == "c" for _, figure in found)
        why = "their figures are hidden" if hidden else "there are no figures to compare"
        if any(figure.shown for _, figure in found):
            why = "the others may be too few"
        return before, "no group can be compared", f", since {why}{all_}."
    differ = compared - stand[verdicts.SIMILAR]
    if not unsaid:
        strong = f"{differ} of {compared} groups" if differ else "no group"
    else:
        # "No group differs" would be said of those too of which nothing can be said.
        strong = f"{differ or 'none'} of the {compared} groups that can be compared"
        if compared == 1:
            strong = "the only group that can be compared"
    verb = "differs" if differ == 1 or not differ else "differ"
    after = f" clearly {verb} from the others{all_}."
    if compared == 1 and not differ:
        after = f" does not clearly differ from the others{all_}."
    return before, strong, after + (f" {unsaid} cannot be compared." if unsaid else "")
