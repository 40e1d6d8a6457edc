"""Releases that the tests of the pages show, made through the real line, once a session."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from data.load import load
from data.rounds import PILOT
from data.sample import make
from data.warehouse import opened
from measures.disclosure.policy import Policy
from measures.publish import publish

HIDING = Policy(threshold=1_000_000)
"""A policy so strict that nothing of a made-up country is left to show."""


def release(
    folder: Path,
    name: str,
    *,
    agencies: int | None,
    scale: float = 0.3,
    policy: Policy | None = None,
) -> Path:
    """Make a country, load it, publish it."""
    warehouse, out = folder / f"{name}-warehouse.duckdb", folder / f"{name}.duckdb"
    returns = make(folder / name, agencies=agencies, scale=scale) if agencies != 0 else []
    with opened(warehouse) as connection:
        for file in returns:
            load(connection, file)
        publish(connection, PILOT, out, policy)
    return out


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The states that a dashboard can be in, each a path to a release."""
    folder = tmp_path_factory.mktemp("releases")
    damaged = folder / "damaged.duckdb"
    damaged.write_bytes(b"This is no release." * 100)
    country = release(folder, "country", agencies=None)
    return {
        "country": country,
        "one agency": release(folder, "one", agencies=1),
        "everything hidden": release(folder, "hidden", agencies=3, policy=HIDING),
        "no returns": release(folder, "empty", agencies=0),
        "two periods": two_periods(country, folder / "two.duckdb"),
        "damaged": damaged,
        "none yet": folder / "none.duckdb",
    }


def two_periods(of: Path, out: Path) -> Path:
    """Copy a release and give its figures to a second period too."""
    out.write_bytes(of.read_bytes())
    with duckdb.connect(str(out)) as connection:
        connection.execute(
            "INSERT INTO figures SELECT * REPLACE ('2025-04-01/2026-03-31' AS period) FROM figures"
        )
    return out


@contextmanager
def shown(path: Path) -> Iterator[None]:
    """Let the pages of this process find a release at a path."""
    before = os.environ.get("ADOPTION_SUPPORT_RELEASE")
    os.environ["ADOPTION_SUPPORT_RELEASE"] = str(path)
    try:
        yield
    finally:
        if before is None:
            del os.environ["ADOPTION_SUPPORT_RELEASE"]
        else:
            os.environ["ADOPTION_SUPPORT_RELEASE"] = before
