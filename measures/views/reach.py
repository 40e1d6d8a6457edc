"""How far figures reach, over all places of a kind: so that no choice of place moves an axis."""

from collections import defaultdict

from measures.views.book import Book
from measures.views.groups import broken_by

Reach = dict[tuple[str, frozenset[str]], float]


def reach(book: Book, measure: str, statistic: str, basis: str) -> Reach:
    """Return the largest figure, its interval's end included, by kind of place and breakdown."""
    return book.once(
        ("reach", measure, statistic, basis), lambda: _found(book, measure, statistic, basis)
    )


def _found(book: Book, measure: str, statistic: str, basis: str) -> Reach:
    found: Reach = defaultdict(float)
    for one in book.every(measure, statistic, basis):
        if one.value is not None:
            key = book.level(one.place), frozenset(broken_by(one))
            found[key] = max(found[key], one.value if one.upper is None else one.upper)
    return found
