"""Releases that the tests of the pages show, made once a session.

Made by the real line but for one thing: only small counts are hidden, since what further has to be
hidden takes a minute a release to find, and no page can tell why a figure is hidden.
"""

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
from measures.compute import compute
from measures.disclosure.policy import Policy
from measures.disclosure.whole import publishable
from measures.figures import exact
from measures.kept import keep_earlier
from measures.state import state
from measures.writing import Origin, write
from tests.single_rules import primary

HIDING = Policy(threshold=1_000_000)
"""A policy so strict that nothing of a made-up country is left to show."""


def release(
    out: Path, *, agencies: int | None, scale: float = 0.3, policy: Policy | None = None
) -> None:
    """Make a country, load it, release it."""
    warehouse = out.with_suffix(".warehouse")
    returns = make(out.with_suffix(""), agencies=agencies, scale=scale) if agencies != 0 else []
    with opened(warehouse) as connection:
        for file in returns:
            load(connection, file)
        computed = compute(connection, PILOT)
        policy = policy or Policy()
        hidden = primary(computed, policy)
        tables = publishable(
            exact(computed), computed.grid, hidden, state(connection, PILOT), policy
        )
        came = tuple(
            connection.execute(
                "SELECT agency, fingerprint FROM returns WHERE current ORDER BY agency"
            ).fetchall()
        )
        notes = ("Of these figures only small counts are hidden.",)
        write(out, tables, Origin(PILOT, came, made_up=bool(returns), notes=notes))


class Releases:
    """The states that a dashboard can be in, each a path to a release, made when first asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: dict[str, Path] = {}

    def __getitem__(self, state: str) -> Path:
        if state not in self.made:
            self.made[state] = self._make(state)
        return self.made[state]

    def _make(self, state: str) -> Path:
        out = self.folder / f"{state.replace(' ', '-')}.duckdb"
        made = {
            "country": lambda: release(out, agencies=None),
            "one agency": lambda: release(out, agencies=1),
            "everything hidden": lambda: release(out, agencies=3, policy=HIDING),
            "no returns": lambda: release(out, agencies=0),
            "two periods": lambda: two_periods(self["country"], out),
            "damaged": lambda: out.write_bytes(b"This is no release." * 100),
            "none yet": lambda: None,
        }
        made[state]()
        return out


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    return Releases(tmp_path_factory.mktemp("releases"))


def two_periods(of: Path, out: Path) -> None:
    """Copy a release and give its figures to a second period too."""
    out.write_bytes(of.read_bytes())
    with duckdb.connect(str(out)) as connection:
        connection.execute(
            "INSERT INTO figures SELECT * REPLACE ('2025-04-01/2026-03-31' AS period) FROM figures"
        )


def in_place_of(before: Path, now: Path, out: Path) -> None:
    """Put a release in the place of another, which is kept beside it."""
    out.write_bytes(before.read_bytes())
    keep_earlier(out)
    out.write_bytes(now.read_bytes())
    with duckdb.connect(str(out)) as connection:
        connection.execute(
            "UPDATE manifest SET value = '2100-01-01T00:00:00+00:00' WHERE name = 'made_at'"
        )


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
