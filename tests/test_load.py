"""Loading: a return whole or not at all, in the place of the earlier one, and forgotten whole."""

import os
import random
import shutil
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data.load import Loaded, Outcome, files, load
from data.rounds import ROUNDS
from data.warehouse import VERSION, WarehouseError, forget, opened
from tests.loading import begun, hold, load_all
from tests.small_returns import HEADINGS, RECEIVED, Return, contact, pre_order

TABLES = ("returns", "rows", "cells", "agreements", "findings")


def returned(count: int, mark: str = "", **options: Any) -> Return:
    rows = [contact(C2=f"CHILD{mark}{n}", C3=f"CONTACT{mark}{n}") for n in range(count)]
    return Return(rows, **options)


def loaded(warehouse: Path, made: Return, name: str = "return.xlsx", **options: Any) -> Loaded:
    folder = warehouse.parent / "sent"
    folder.mkdir(exist_ok=True)
    with opened(warehouse) as connection:
        return load(connection, made.write(folder / name), received=RECEIVED, **options)


def asked(warehouse: Path, sql: str, values: Sequence[Any] = ()) -> list[Any]:
    with opened(warehouse, read_only=True) as connection:
        return connection.execute(sql, list(values)).fetchall()


def content(warehouse: Path) -> dict[str, list[Any]]:
    return {table: asked(warehouse, f"FROM {table} ORDER BY ALL") for table in TABLES}


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "warehouse.duckdb"


def test_a_return_is_kept_typed_and_as_submitted(warehouse: Path) -> None:
    rows = [contact(C4="01/01/2015", C7=1.0, Notes="ring first"), pre_order(C2="A2", C3=17)]
    columns = ["Notes", *HEADINGS]
    result = loaded(warehouse, replace(Return(rows), columns=columns, titles=2))
    assert result.outcome is Outcome.LOADED
    (kept,) = asked(
        warehouse,
        "SELECT agency, round, file, received, email, rows, used, covers_pre_order, made_up, "
        "usable, current, length(fingerprint) FROM returns",
    )
    assert kept == (
        *("Adopt Birmingham", "2025-04-to-2025-09", "return.xlsx", RECEIVED),
        *("returns@adopt.example", 2, 2, True, False, True, True, 64),
    )
    typed = asked(warehouse, "SELECT row, used, C3, C4, C7, C8, C11 FROM rows ORDER BY row")
    born = date(2015, 1, 1)
    assert typed == [
        (4, True, "K1", born, "1", None, date(2025, 4, 10)),
        (5, True, "17", born, "0", date(2025, 4, 5), None),
    ]
    assert asked(warehouse, "SELECT type, children FROM agreements ORDER BY type") == [
        ("direct", 1), ("indirect", 0), ("virtual", 2),
    ]  # fmt: skip
    found = asked(warehouse, 'SELECT "check", row, field, value FROM findings')
    assert found == [("unknown_column", None, None, None)]


def test_the_text_of_every_cell_is_kept(warehouse: Path) -> None:
    rows = [contact(C4="01/01/2015", C7=1.0, C12=" 20/4/2025", Notes="ring first")]
    loaded(warehouse, replace(Return(rows), columns=["Notes", *HEADINGS], titles=2))
    cells = {
        (sheet, f"{letter}{row}"): (field, value)
        for sheet, row, letter, field, value in asked(
            warehouse, "SELECT sheet, row, letter, field, value FROM cells"
        )
    }
    assert cells["AS Data", "A3"] == (None, "Notes")
    assert cells["AS Data", "A4"] == (None, "ring first")
    assert cells["AS Data", "E3"] == ("C4", HEADINGS["C4"])
    assert cells["AS Data", "E4"] == ("C4", "01/01/2015")
    assert cells["AS Data", "H4"] == ("C7", "1")
    assert cells["AS Data", "L4"] == ("C11", "10/04/2025")
    assert cells["AS Data", "M4"] == ("C12", " 20/4/2025")
    assert cells["Instructions", "A1"][1] == "Reporting period: 1 April to 30 September 2025"
    assert cells["Instructions", "B2"][1] == "Adopt Birmingham"
    assert cells["Instructions", "B3"][1] == "returns@adopt.example"
    assert [cells["Instructions", f"B{row}"][1] for row in (4, 5, 6)] == ["1", "0", "2"]
    # 18 headings, the 14 cells of the row and 6 lines of instructions, 5 of them of two cells.
    assert len(cells) == 18 + 14 + 11


def test_a_later_return_replaces_the_earlier_which_stays_as_history(warehouse: Path) -> None:
    loaded(warehouse, returned(3, "OLD"))
    loaded(warehouse, returned(2, agency="Adopt East"))
    assert loaded(warehouse, returned(4, "NEW")).outcome is Outcome.REPLACED
    kept = "SELECT agency, rows, current FROM returns ORDER BY return_id"
    assert asked(warehouse, kept) == [
        ("Adopt Birmingham", 3, False),
        ("Adopt East", 2, True),
        ("Adopt Birmingham", 4, True),
    ]
    counted = "SELECT count(*) FROM rows GROUP BY return_id ORDER BY return_id"
    assert asked(warehouse, counted) == [(3,), (2,), (4,)]
    assert asked(warehouse, "SELECT count(*) FROM cells WHERE value LIKE 'CHILDOLD%'") == [(3,)]


def test_the_same_file_twice_changes_nothing(warehouse: Path) -> None:
    loaded(warehouse, returned(3))
    before = content(warehouse)
    sent = warehouse.parent / "sent"
    shutil.copy(sent / "return.xlsx", sent / "again.xlsx")
    with opened(warehouse) as connection:
        for name in ("return.xlsx", "again.xlsx"):
            assert load(connection, sent / name).outcome is Outcome.UNCHANGED
    assert content(warehouse) == before


def test_another_round_is_another_return(warehouse: Path) -> None:
    loaded(warehouse, returned(3))
    assert loaded(warehouse, returned(4), round_=ROUNDS[1]).outcome is Outcome.LOADED
    kept = "SELECT round, current FROM returns ORDER BY round"
    assert asked(warehouse, kept) == [(round_.key, True) for round_ in ROUNDS]


@pytest.mark.parametrize(
    "spoilt",
    [
        returned(3, agency=None),
        returned(3, agency="Adopt Nowhere"),
        returned(3, columns=[*HEADINGS][:-1]),
        returned(3, columns=[*HEADINGS, "C11"]),
    ],
)
def test_an_error_on_the_whole_return_leaves_the_earlier_one(
    spoilt: Return, warehouse: Path
) -> None:
    loaded(warehouse, returned(3))
    before = content(warehouse)
    result = loaded(warehouse, spoilt)
    assert result.outcome is Outcome.REFUSED
    assert result.needs_attention
    assert not result.checked.used.any()
    assert content(warehouse) == before


def test_a_return_is_held_against_the_agency_s_previous_one(warehouse: Path) -> None:
    loaded(warehouse, returned(7))
    found = loaded(warehouse, returned(3, "N")).checked.findings
    assert [f.check for f in found] == ["row_count"]
    assert "previous one had 7" in found[0].message


def test_a_check_that_crashes_stops_the_load_and_keeps_nothing(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(warehouse, returned(3))
    before = content(warehouse)
    monkeypatch.setattr("data.checks.cases.cohort", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        loaded(warehouse, returned(4))
    monkeypatch.undo()
    monkeypatch.setattr("data.kept._cells", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        loaded(warehouse, returned(4))
    assert content(warehouse) == before


def test_the_files_of_a_folder(tmp_path: Path) -> None:
    names = ["b.xlsx", "A.CSV", "c.xlsm", "~$b.xlsx", ".hidden.csv", "notes.txt", "old.xls"]
    for name in names:
        (tmp_path / name).touch()
    (tmp_path / "earlier").mkdir()
    assert [file.name for file in files([tmp_path])] == ["A.CSV", "b.xlsx", "c.xlsm"]
    assert [*files([tmp_path / "notes.txt"])] == [tmp_path / "notes.txt"]


def test_killed_at_any_moment_it_holds_one_return_whole(warehouse: Path) -> None:
    """Each time a longer or shorter while after it began, from the making of the file on."""
    one = returned(100, "ONE").write(warehouse.parent / "one.xlsx")
    two = returned(160, "TWO").write(warehouse.parent / "two.xlsx")
    process, said = begun(load_all, warehouse, one, two)
    began = time.perf_counter()
    said.send("go")
    assert said.recv() == "done"
    whole = time.perf_counter() - began
    process.join()
    wait = random.Random(0)  # noqa: S311
    seen = set()
    for _ in range(16):
        # Of both returns, or of the later one where the earlier is there already.
        if seen_last := held(warehouse):
            seen.add(seen_last)
        if seen_last == 160:
            for path in warehouse.parent.glob(f"{warehouse.name}*"):
                path.unlink()
        process, said = begun(load_all, warehouse, one, two)
        said.send("go")
        time.sleep(wait.uniform(0, whole))
        process.kill()
        process.join()
    assert seen <= {100, 160}


def held(warehouse: Path) -> int:
    """Return the rows of the one return that a warehouse holds, whole; 0 if it holds none."""
    if not warehouse.exists():
        return 0
    with opened(warehouse) as connection:
        found = connection.execute(
            "SELECT rows, (SELECT count(*) FROM rows WHERE return_id = r.return_id), (SELECT "
            "count(*) FROM cells WHERE return_id = r.return_id AND sheet = 'AS Data'), "
            "(SELECT count(*) FROM agreements WHERE return_id = r.return_id) "
            "FROM returns AS r WHERE current"
        ).fetchall()
    # Each row has 13 cells, and there are 17 headings.
    assert found in ([], *([(n, n, n * 13 + 17, 3)] for n in (100, 160)))
    return int(found[0][0]) if found else 0


def in_the_files(folder: Path, text: bytes) -> list[str]:
    return [
        path.name
        for path in folder.iterdir()
        if path.name.startswith("warehouse") and text in path.read_bytes()
    ]


def test_what_is_forgotten_is_not_in_the_file_any_more(warehouse: Path) -> None:
    # Unlike each other, so that no compression hides them.
    made = random.Random(1)  # noqa: S311
    names = [f"{made.getrandbits(64):016x}" for _ in range(500)]

    def of(children: Sequence[str], agency: str) -> Return:
        return Return([contact(C2=f"CHILD{c}", C3=f"CONTACT{c}") for c in children], agency=agency)

    loaded(warehouse, of(names[:200], "Adopt Birmingham"))
    loaded(warehouse, of(names[200:300], "Adopt Birmingham"))
    loaded(warehouse, of(names[300:], "Adopt East"))
    gone, left = [name.encode() for name in names[:300]], [name.encode() for name in names[300:]]
    assert any(in_the_files(warehouse.parent, name) for name in gone)
    before = asked(warehouse, "SELECT max(return_id) FROM returns")[0][0]
    assert forget(warehouse, "Adopt Birmingham") == 2
    assert not [name for name in gone if in_the_files(warehouse.parent, name)]
    assert any(in_the_files(warehouse.parent, name) for name in left)
    assert [path.name for path in warehouse.parent.glob("warehouse*")] == [warehouse.name]
    for table in ("rows", "cells", "agreements", "findings"):
        where = "return_id NOT IN (SELECT return_id FROM returns)"
        assert asked(warehouse, f"SELECT count(*) FROM {table} WHERE {where}") == [(0,)]
    assert asked(warehouse, "SELECT agency, rows, current FROM returns") == [
        ("Adopt East", 200, True)
    ]
    assert forget(warehouse, "Adopt Birmingham") == 0
    loaded(warehouse, of(names[:200], "Adopt Birmingham"))
    assert asked(warehouse, "SELECT max(return_id) > ? FROM returns", [before]) == [(True,)]


def test_one_round_alone_can_be_forgotten(warehouse: Path) -> None:
    loaded(warehouse, returned(3))
    loaded(warehouse, returned(4), round_=ROUNDS[1])
    assert forget(warehouse, "Adopt Birmingham", ROUNDS[0].key) == 1
    assert asked(warehouse, "SELECT round, rows FROM returns") == [(ROUNDS[1].key, 4)]


@pytest.mark.parametrize("read_only", [False, True])
def test_two_processes_at_once(warehouse: Path, read_only: bool) -> None:
    loaded(warehouse, returned(3))
    process, said = begun(hold, warehouse)
    try:
        refused(warehouse, "another program has it open", read_only=read_only)
    finally:
        said.send("go")
        process.join()
    assert asked(warehouse, "SELECT count(*) FROM rows") == [(3,)]


def test_several_processes_making_one_warehouse(warehouse: Path) -> None:
    """One of them makes it; each of the others finds it made, or open."""
    several = [begun(load_all, warehouse) for _ in range(4)]
    for _, said in several:
        said.send("go")
    for process, said in several:
        outcome = said.recv()
        assert outcome == "done" or "another program has it open" in outcome
        process.join()
    assert [path.name for path in warehouse.parent.iterdir()] == [warehouse.name]
    assert asked(warehouse, "SELECT version FROM warehouse_version") == [(VERSION,)]


def refused(path: Path, words: str, *, read_only: bool = False) -> None:
    with pytest.raises(WarehouseError, match=words) as raised, opened(path, read_only=read_only):
        pass
    assert "\n" not in str(raised.value)
    assert str(path) in str(raised.value)


@pytest.mark.parametrize("read_only", [False, True])
def test_what_is_no_warehouse(tmp_path: Path, read_only: bool) -> None:
    (text := tmp_path / "text.duckdb").write_text("a file of another kind\n" * 400)
    refused(text, "another kind", read_only=read_only)
    (empty := tmp_path / "empty.duckdb").touch()
    refused(empty, "another kind", read_only=read_only)
    refused(tmp_path, "a folder", read_only=read_only)
    duckdb.connect(str(other := tmp_path / "other.duckdb")).close()
    kept = other.read_bytes()
    refused(other, "no warehouse of this program", read_only=read_only)
    assert other.read_bytes() == kept
    assert text.read_text().startswith("a file of another kind")


def test_places_where_none_can_be(tmp_path: Path) -> None:
    refused(tmp_path / "none.duckdb", "load some returns first", read_only=True)
    (file := tmp_path / "file").touch()
    refused(file / "warehouse.duckdb", "nothing can be read or written there")
    (closed := tmp_path / "closed").mkdir(mode=0o500)
    if not os.access(closed, os.W_OK):
        refused(closed / "warehouse.duckdb", "nothing can be read or written there")


def test_a_warehouse_of_another_version(warehouse: Path) -> None:
    loaded(warehouse, returned(3))
    with opened(warehouse) as connection:
        connection.execute("UPDATE warehouse_version SET version = 99")
    refused(warehouse, "version 99")
