"""Made-up countries, from workbooks to a release."""

from pathlib import Path

import duckdb

from data.load import load
from data.rounds import PILOT
from data.sample import make
from measures.publish import publish


def small(folder: Path, seed: int = 1) -> list[Path]:
    """Return the returns of three small agencies, in a folder of their own in `folder`."""
    return make(folder / "returns", agencies=3, scale=0.1, seed=seed)


def released(connection: duckdb.DuckDBPyConnection, returns: list[Path], out: Path) -> None:
    """Load returns into a warehouse, and make the round's release at `out`."""
    for file in returns:
        load(connection, file)
    publish(connection, PILOT, out)
