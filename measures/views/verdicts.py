"""How a figure stands to others, in the words of the release: similar, higher, lower, or not said.

The words are the release's own, from exact figures: an agency against the rest of England, a group
against the rest of its place. No page works them out.
"""

from measures.views.figure import Figure

UNSAID = "cannot be compared"
SIMILAR = "similar"


def to_england(figure: Figure) -> str:
    """Return how a place stands to England: `similar to England`, `higher than England`."""
    return said(figure.than_england, "England")


def to_all(figure: Figure) -> str:
    """Return how a group stands to the others of its place."""
    return said(figure.than_total, "the others")


def said(word: str, name: str) -> str:
    """Return a word of the release with what it is about."""
    if not word:
        return UNSAID
    return f"{word} {'to' if word == SIMILAR else 'than'} {name}"
