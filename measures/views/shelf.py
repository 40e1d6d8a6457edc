"""Where the pages find the release, and how they know that another was put in its place."""

from pathlib import Path

from data import home
from measures.release import ReleaseError, earlier_releases, read
from measures.views import changes
from measures.views.book import Book

Mark = tuple[str, int, int]


def mark() -> Mark:
    """Return what tells one published file from the next: its path, time and size."""
    path = home.release()
    try:
        seen = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), seen.st_mtime_ns, seen.st_size


def book(of: Mark) -> Book:
    """Read the release of a mark.

    Raises `ReleaseError`, in words for a reader, where there is none or it is damaged.
    """
    return Book(read(Path(of[0])))


def changed(book: Book, of: Mark) -> changes.Changes | None:
    """Return what a release changes of the one before it; None where there is none to be read."""
    return book.once(("changed",), lambda: _changed(book, Path(of[0])))


def _changed(book: Book, path: Path) -> changes.Changes | None:
    """Compare with the newest before it: of the same round if there is one, else of any."""
    now = book.release
    try:
        kept = [one for one in earlier_releases(path) if one.id != now.id]
    except ReleaseError:
        return None
    before = [one for one in kept if one.manifest["made_at"] <= now.manifest["made_at"]]
    found = [one for one in before if one.round == now.round] or before
    return changes.since(now, found[-1]) if found else None


def warm(book: Book, of: Mark) -> None:
    """Work out what every reader asks for, so that none waits for it."""
    book.warm()
    changed(book, of)
