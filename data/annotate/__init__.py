"""A submitted return handed back with its findings in it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from data.annotate.table import findings_csv
from data.annotate.workbook import marked_up, name_of
from data.checks.run import Checked

__all__ = ["findings_csv", "marked_up", "name_of", "write_marked_up"]


def write_marked_up(folder: Path, returns: Iterable[tuple[Path, Checked]]) -> Iterator[Path]:
    """Write the marked-up copy of each return into a folder; no file of the sender is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    taken: set[Path] = set()
    for file, checked in returns:
        wanted = folder / name_of(file.name)
        number = 1
        while wanted in taken or (wanted.exists() and wanted.samefile(file)):
            number += 1
            wanted = folder / name_of(f"{file.stem} {number}{file.suffix}")
        taken.add(wanted)
        wanted.write_bytes(marked_up(file.read_bytes(), checked))
        yield wanted
