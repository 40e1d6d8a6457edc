"""The bytes of a submitted file."""

from pathlib import Path

from data.submission import Unreadable

LARGEST_FILE = 100_000_000


def contents(source: Path | bytes) -> bytes:
    """Return the whole file, or raise `Unreadable` where there is none that can be a return."""
    if isinstance(source, bytes):
        _refuse_size(len(source))
        return source
    try:
        if source.is_dir():
            raise Unreadable("This is a folder and not a file: name the workbook in it.")
        if not source.is_file():
            raise Unreadable("There is no such file: look at how its name is spelt.")
        _refuse_size(source.stat().st_size)
        return source.read_bytes()
    except (OSError, ValueError) as error:
        raise Unreadable(
            f"The file cannot be opened ({getattr(error, 'strerror', None) or error}): close it in "
            "other programs and look whether you may read it."
        ) from error


def _refuse_size(size: int) -> None:
    if size > LARGEST_FILE:
        raise Unreadable(
            f"The file is larger than any return ({size / 1e6:,.0f} megabytes): delete pictures "
            "and whatever is not part of the return."
        )
