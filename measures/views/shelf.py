"""Where the pages find the release, and how they know that another was put in its place."""

from pathlib import Path
from threading import Lock, Thread

from data import home
from measures.kept import earlier_releases
from measures.release import ReleaseError, read
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


_held: dict[Mark, Book | str] = {}
_reading = Lock()


def ready(of: Mark) -> bool:
    """Return whether the release of a mark was opened already."""
    return of in _held


def opened(of: Mark) -> Book | str:
    """Return the release of a mark, opened once for all readers, or in words why it cannot be.

    Another file under the same name has another mark and takes its place. Whoever asks while it is
    being read waits for it, and does not read it again.
    """
    with _reading:
        if of not in _held:
            found = _read(of)
            _held.clear()
            _held[of] = found
            if isinstance(found, Book):
                # Waited for at the end: a thread that is killed in a library takes all down.
                Thread(target=warm, args=(found, of)).start()
        return _held[of]


def _read(of: Mark) -> Book | str:
    try:
        return Book(read(Path(of[0])))
    except ReleaseError as error:
        return str(error)


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
