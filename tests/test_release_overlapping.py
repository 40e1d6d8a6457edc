"""Rule 10: a release of the year beside one of its first half says nothing of who came later."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data.load import load
from data.rounds import PILOT, ROUNDS
from data.sample import make
from data.warehouse import opened
from measures.attack import Published
from measures.disclosure.linked import Refused
from measures.gate import Gate
from measures.overlapping import overlapping
from measures.publish import publish
from measures.release import read

YEAR = ROUNDS[1]
LATER = 9  # rows an agency of contacts in the second half


def returned_again(connection: duckdb.DuckDBPyConnection) -> None:
    """Return the same rows for the year, and a few more with later contacts."""
    connection.execute("CREATE TEMP TABLE half AS SELECT * FROM returns WHERE current")
    for was, agency in connection.execute("SELECT return_id, agency FROM half").fetchall():
        connection.execute(
            "INSERT INTO returns BY NAME SELECT * EXCLUDE return_id REPLACE (? AS round, ? AS"
            " fingerprint) FROM half WHERE return_id = ?",
            [YEAR.key, f"year of {agency}", was],
        )
        (now,) = connection.execute("SELECT max(return_id) FROM returns").fetchone() or (0,)
        connection.execute(
            "INSERT INTO rows SELECT * REPLACE (? AS return_id) FROM rows WHERE return_id = ?",
            [now, was],
        )
        connection.execute(
            "INSERT INTO rows SELECT * REPLACE (? AS return_id, row + 100000 AS row,"
            " C2 || 'L' AS C2, C3 || 'L' AS C3, C11 + INTERVAL 150 DAY AS C11, NULL AS C12,"
            " NULL AS C13, NULL AS C14, NULL AS C15, NULL AS C17) FROM rows WHERE return_id = ?"
            " AND used AND C11 BETWEEN '2025-05-01' AND '2025-09-30' ORDER BY row LIMIT ?",
            [now, was, LATER],
        )


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> tuple[pd.DataFrame, ...]:
    """Return the half-year's figures, the year's made beside them, and the year's made alone."""
    folder = tmp_path_factory.mktemp("overlapping")
    out, alone = folder / "release.duckdb", folder / "alone.duckdb"
    with opened(folder / "warehouse.duckdb") as connection:
        for file in make(folder / "returns", agencies=2, scale=0.5):
            load(connection, file)
        publish(connection, PILOT, out)
        half = read(out)
        returned_again(connection)
        publish(connection, YEAR, out)
        publish(connection, YEAR, alone)
    beside = read(out)
    assert beside.said("earlier_releases") == [half.id]
    return tuple(one.tables["figures"] for one in (half, beside, read(alone)))


def test_a_year_alone_would_give_the_second_half_away(released: tuple[pd.DataFrame, ...]) -> None:
    half, _, alone = released
    assert Gate({}).broken(alone) == []
    assert Gate({}, overlapping=[(Published(half), True)]).broken(alone)
    assert Gate({}, overlapping=[(Published(alone), False)]).broken(half)


def test_beside_its_half_it_does_not(released: tuple[pd.DataFrame, ...]) -> None:
    half, beside, _ = released
    assert Gate({}, overlapping=[(Published(half), True)]).broken(beside) == []
    assert (beside["status"] == "ok").any()


def test_periods_that_neither_contain_nor_avoid_each_other_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Other:
        id, round = "abc", YEAR

    monkeypatch.setattr("measures.overlapping.earlier_releases", lambda _: [Other()])
    across = replace(PILOT, start=PILOT.start.replace(month=3))
    with pytest.raises(Refused, match="neither lies within the other"):
        overlapping(tmp_path, across)
    later = replace(PILOT, start=YEAR.end + timedelta(1), end=YEAR.end + timedelta(180))
    assert overlapping(tmp_path, later) == []
