"""Where the pages find the release, and how they know that another was put in its place."""

from pathlib import Path

from data import home
from measures.release import read
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
