"""What changed since the release before: its figures beside these, and what may be why."""

from measures.views.book import Book
from measures.views.receipt import of_returns
from pages.parts import charts, frame, words

FIRST = "No release before this one is kept, so nothing has changed yet."


def show(book: Book, measures: tuple[str, ...] = ()) -> None:
    """Say what changed, of these measures or of all."""
    found = frame.changed()
    if found is None:
        words.say(FIRST)
        return
    of = found.of(measures) if measures else found
    words.lead(*of.answer)
    words.points((reason, "", "") for reason in of.reasons)
    if of.found:
        about = "The figures that both releases show, and the difference of the two."
        receipt = (*of_returns(book, about), ("Release before", f"{of.release}, made {of.made}"))
        charts.table(book, of.table(), "since-the-release-before", receipt)
