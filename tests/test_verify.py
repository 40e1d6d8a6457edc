"""A release that stands, attacked again: from its file alone, and from its warehouse."""

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

import cli
from data.warehouse import opened
from measures import publish, verify
from measures.anew import NAMED
from measures.attack import Name, Published, apart, assume, build, named
from measures.attack.knowledge import Knowledge
from measures.attack.subtraction import propagated
from measures.attack.tables import fitting
from measures.breakdowns import CELL, TOTAL
from measures.gate import Gate
from measures.release import read
from tests.countries import released, small

KEY = [*NAMED, *CELL]
Country = tuple[Path, Path, Gate]
"""A warehouse, its release, and the gate that this came through."""


class Kept(Gate):
    """A gate that is remembered."""

    last: Gate

    def __init__(self, *words: Any, **more: Any) -> None:
        super().__init__(*words, **more)
        Kept.last = self


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Country:
    folder = tmp_path_factory.mktemp("country")
    warehouse, out = folder / "warehouse.duckdb", folder / "release.duckdb"
    with pytest.MonkeyPatch.context() as patch, opened(warehouse) as connection:
        patch.setattr(publish, "Gate", Kept)
        released(connection, small(folder), out)
    return warehouse, out, Kept.last


def told(*words: object) -> tuple[int, str]:
    """Return the exit status of `release --verify` with some words, and what it says."""
    result = CliRunner().invoke(cli.app, ["release", "--verify", *map(str, words)])
    assert "Traceback" not in result.output
    return result.exit_code, result.output


def test_a_safe_release_is_said_to_be_safe_and_against_whom(country: Country) -> None:
    warehouse, out, _ = country
    status, said = told(out)
    assert (status, said) == (
        0,
        f"Release {read(out).id}: 0 counts can be worked out by anybody.\n",
    )
    status, said = told(out, "--warehouse", warehouse)
    assert (status, "0 counts can be worked out by anybody or by an agency." in said) == (0, True)


def test_with_its_warehouse_it_is_asked_what_the_gate_asked(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse, out, then = country
    monkeypatch.setattr(verify, "Gate", Kept)
    monkeypatch.setattr(Kept, "broken", lambda *_: [])
    with opened(warehouse, read_only=True) as connection:
        verify.verified(out, connection)
    now = Kept.last
    assert dict(now.truth) == dict(then.truth)
    assert len(now.truth) > 1_000
    names = ("past", "overlapping", "threshold", "protection", "quantile")
    assert [getattr(now, name) for name in names] == [getattr(then, name) for name in names]


def test_all_tables_of_the_engine_fit_all_that_the_gate_knows(country: Country) -> None:
    """Where one does not, the engine knows less, and the gate has to look for its own."""
    _, out, gate = country
    whole = build([Published(read(out).tables["figures"])])
    assume(whole, gate.truth, gate.threshold)
    handed = 0
    for part in apart(whole):
        tables = gate.proofs(part)
        if tables is not None and len(part.hidden):
            known = Knowledge.of(part)
            assert len(fitting(known.within(*propagated(known)), tables)) == len(tables)
            handed += len(tables)
    assert handed > 100


def test_what_gives_way_is_told_and_the_status_is_1(country: Country, tmp_path: Path) -> None:
    """Where a place shows every group of a breakdown but one, that one is its total less those."""
    warehouse, out, gate = country
    figures = read(out).tables["figures"]
    names = [named("0", row) for row in figures[KEY].itertuples(index=False, name=None)]
    measure = ("children_supported", "count")
    hidden = [
        name
        for name, status in zip(names, figures["status"], strict=True)
        if status == "c" and name[1:3] == measure and name[5] == "Agency" and name[10] != TOTAL
    ]
    one, *others = sorted(
        (name for name in hidden if name[6] == hidden[0][6]), key=gate.truth.__getitem__
    )
    touched = show(out, {name: gate.truth[name] for name in others}, tmp_path / "touched.duckdb")
    for words in ([], ["--warehouse", warehouse]):
        status, said = told(touched, *words)
        assert status == 1
        assert f"{one[6]}: {one[10]} is {gate.truth[one]}: hidden" in said


def show(release: Path, counts: dict[Name, int], out: Path) -> Path:
    """Copy a release in which some hidden counts are shown."""
    shutil.copyfile(release, out)
    with duckdb.connect(str(out)) as connection:
        for name, n in counts.items():
            where = dict(zip(KEY, name[1:], strict=True))
            connection.execute(
                f"UPDATE figures SET status = 'ok', value = {n} WHERE "
                + " AND ".join(f"{column} = ?" for column in where),
                list(where.values()),
            )
    return out


def test_another_warehouse_is_refused_in_one_line(country: Country, tmp_path: Path) -> None:
    _, out, _ = country
    with opened(tmp_path / "empty.duckdb"):
        pass
    for warehouse, why in [
        ("empty", "has no return, or other figures, of Adopt Birmingham and 2 more"),
        ("none", "no warehouse"),
    ]:
        status, said = told(out, "--warehouse", tmp_path / f"{warehouse}.duckdb")
        assert (status, why in said, said.count("\n")) == (2, True, 1)
