"""Releases that took each other's place: kept, since later ones must not undo what they hid."""

import shutil
from pathlib import Path

from measures.release import Release, read


def _history(path: Path) -> Path:
    return path.with_name(f"{path.stem}-earlier")


def keep_earlier(path: Path) -> None:
    """Copy the release that stands at `path`, if any, to those that later ones must not undo."""
    if path.exists():
        kept = _history(path) / f"{read(path).id}.duckdb"
        kept.parent.mkdir(exist_ok=True)
        if not kept.exists():
            shutil.copyfile(path, beside := kept.with_suffix(".part"))
            beside.replace(kept)


def earlier_releases(path: Path) -> list[Release]:
    """Return the release at `path` and those it took the place of, oldest first, each once."""
    kept = [read(file) for file in sorted(_history(path).glob("*.duckdb"))]
    standing = [read(path)] if path.exists() else []
    found = {release.id: release for release in (*kept, *standing)}
    return sorted(found.values(), key=lambda release: release.manifest["made_at"])
