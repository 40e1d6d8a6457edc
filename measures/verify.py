"""A release that stands is attacked again: as anybody and, from its warehouse, as every agency."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from measures.anew import Anew
from measures.attack import Broken, Truth, Waited
from measures.disclosure.policy import Policy
from measures.gate import Gate
from measures.known import behind, remembered
from measures.naming import Naming
from measures.past import Past
from measures.pool import pool
from measures.release import Release, read


class NotItsWarehouse(ValueError):
    """A warehouse does not have what a release was made from; the message says what it lacks."""


@dataclass(frozen=True)
class Verdict:
    """What gave way in a release, and how many earlier ones it was attacked together with."""

    release: Release
    earlier: int
    broken: list[Broken]


def verified(path: Path, connection: duckdb.DuckDBPyConnection | None = None) -> Verdict:
    """Attack the release at `path` together with those kept beside it.

    As anybody, who has the files alone; with the open warehouse that it was made from also as every
    agency, by its true figures, and as somebody who takes dates to be sound where they are: what
    the gate asked when the release was made. Raises `ReleaseError` where there is no release, and
    `NotItsWarehouse`.
    """
    made = read(path)
    past = Past.beside(path, made)
    truth: Truth = {}
    waited: dict[str, Waited] = {}
    with pool(len(made.inputs)) as executor:
        if connection is not None:
            past, truth, waited = _behind(connection, made, past)
        gate = Gate(
            truth,
            *past.attacked(),
            threshold=made.threshold,
            protection=int(made.settings["protection"]),
            quantile=made.quantile,
            pool=executor,
            waited=waited,
        )
        return Verdict(made, len(past.ids), gate.broken(made.tables["figures"]))


def _behind(
    connection: duckdb.DuckDBPyConnection, made: Release, past: Past
) -> tuple[Past, Truth, dict[str, Waited]]:
    """Return what a release and its past were made from, as far as agencies know it.

    And how long true waits took.
    """
    anew = Anew.of(connection, made, "0")
    if not anew.whole:
        lacking = sorted(dict(made.inputs).keys() - anew.there) or ["England or a region"]
        more = f" and {len(lacking) - 1} more" if len(lacking) > 1 else ""
        raise NotItsWarehouse(
            f"This warehouse has no return, or other figures, of {lacking[0]}{more}: give the one "
            f"that release {made.id} was made from, or none, to attack it as anybody."
        )
    policy = Policy(**made.settings)
    past = remembered(connection, made.round, past, made.inputs, policy)
    naming = Naming(anew.figures, anew.grid, [one.name for one in past.each], past.groups)
    truth = behind(anew.figures, anew.grid, naming, past, _used(connection, made))
    return past, truth, anew.waited


def _used(connection: duckdb.DuckDBPyConnection, made: Release) -> dict[str, int]:
    """Return how many rows were used of the returns that a release rests on."""
    found = connection.execute(
        "SELECT agency, fingerprint, used FROM returns WHERE round = ?", [made.round.key]
    ).fetchall()
    return {agency: used for agency, *sent, used in found if (agency, *sent) in made.inputs}
