"""A second release after one agency sent again: what it knows, and what may still be hidden."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

import cli
from data.load import load
from data.rounds import PILOT
from data.warehouse import opened
from measures.anew import true_counts
from measures.attack import Published, Truth, attack_from_every_inside, build
from measures.breakdowns import CELL
from measures.compute import compute
from measures.disclosure.joint import NOW
from measures.disclosure.policy import Policy
from measures.disclosure.repair import Repair
from measures.figures import COUNTED, FIGURE, exact
from measures.grid import Grid
from measures.known import remembered
from measures.lines import lines
from measures.past import Past, inputs_of
from measures.publish import publish
from measures.release import read
from tests.countries import released, small

KEY = [*FIGURE, *CELL]


@dataclass(frozen=True)
class Again:
    """A warehouse in which one agency sent again after a release at `out`.

    And `before`, the agency's counts and the wide ones as they were, and all exact figures.
    """

    warehouse: Path
    out: Path
    agency: str
    before: Truth
    figures: pd.DataFrame


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Again:
    folder = tmp_path_factory.mktemp("again")
    returns = small(folder, seed=4)
    warehouse, out = folder / "warehouse.duckdb", folder / "release.duckdb"
    with opened(warehouse) as connection:
        released(connection, returns, out)
        computed = compute(connection, PILOT)
        figures = exact(computed)
        before = true_counts(figures, computed.grid, "1")
        workbook = openpyxl.load_workbook(returns[0])
        workbook["AS Data"].delete_rows(workbook["AS Data"].max_row - 4, 5)
        workbook.save(returns[0])
        agency = load(connection, returns[0]).checked.rows.submission.agency
    its = {name: n for name, n in before.items() if name[5] != "Agency" or name[6] == agency}
    return Again(warehouse, out, agency, its, figures)


def test_an_agency_still_knows_what_it_sent_before(again: Again) -> None:
    with opened(again.warehouse, read_only=True) as connection:
        inputs = inputs_of(connection, PILOT)
        past = remembered(connection, PILOT, Past.of(again.out, PILOT, inputs), inputs, Policy())
        (earlier,) = past.same
        assert earlier.known == again.before
        assert earlier.exact is not None
        pd.testing.assert_frame_equal(earlier.exact, again.figures)
        computed = compute(connection, PILOT)  # and then it is the round as it stands again
    now = true_counts(exact(computed), computed.grid)
    assert {n for name, n in now.items() if name[5:7] == ("Agency", again.agency)}
    own = {name: n for name, n in again.before.items() if name[5] == "Agency"}
    assert any(now["0", *name[1:]] != n for name, n in own.items())


def test_where_the_release_showed_something_else_nothing_is_known(again: Again) -> None:
    with opened(again.warehouse, read_only=True) as connection:
        inputs = inputs_of(connection, PILOT)
        past = Past.of(again.out, PILOT, inputs)
        (earlier,) = past.same
        figures = earlier.figures
        theirs = (figures["geography"] == again.agency) & (figures["statistic"] == "count")
        row = figures.index[theirs & (figures["status"] == "ok") & (figures["value"] > 0)][0]
        earlier.figures.loc[row, "value"] += 1
        past = remembered(connection, PILOT, past, inputs, Policy())
        (earlier,) = past.same
        assert not past.groups
        assert (earlier.known, earlier.exact) == ({}, None)


def test_where_the_warehouse_has_the_earlier_return_no_more_it_is_not_made_up(
    again: Again, tmp_path: Path
) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    shutil.copyfile(again.warehouse, warehouse)
    with opened(warehouse) as connection:
        inputs = inputs_of(connection, PILOT)
        past = Past.of(again.out, PILOT, inputs)
        connection.execute("DELETE FROM returns WHERE NOT current")
        (earlier,) = remembered(connection, PILOT, past, inputs, Policy()).same
    assert (earlier.known, earlier.exact) == ({}, None)


def test_a_second_release_gives_nothing_of_the_first_away(again: Again) -> None:
    """Rule 10: what was hidden stays so; nobody gets through, nor the agency that knows both."""
    first = read(again.out)
    with opened(again.warehouse, read_only=True) as connection:
        past = Past.of(again.out, PILOT, inputs_of(connection, PILOT))
        publish(connection, PILOT, again.out)
    second = read(again.out)
    assert second.said("earlier_releases") == [first.id]
    (earlier,) = past.same
    assert len(earlier.unchanged) == 2
    before, now = (one.tables["figures"].set_index(KEY) for one in (first, second))
    hidden = before["status"] == "c"
    hidden &= before.index.get_level_values("statistic").isin(COUNTED)
    hidden &= before.index.get_level_values("geography").isin(earlier.unchanged)
    assert (now.loc[before.index[hidden], "status"] == "c").all()
    figures, _ = past.attacked()
    both = build([Published(second.tables["figures"]), *figures])
    assert attack_from_every_inside(both, again.before) == []
    words = ["release", "--verify", str(again.out), "--warehouse", str(again.warehouse)]
    told = CliRunner().invoke(cli.app, words)
    assert (told.exit_code, ", with 1 earlier: 0 counts" in told.output) == (0, True)


def test_agencies_may_come_one_by_one(tmp_path: Path) -> None:
    *returns, late, last = small(tmp_path, seed=2)
    out = tmp_path / "release.duckdb"
    with opened(tmp_path / "warehouse.duckdb") as connection:
        released(connection, returns, out)
        released(connection, [late], out)
        released(connection, [last], out)
        inputs = inputs_of(connection, PILOT)
        past = remembered(connection, PILOT, Past.of(out, PILOT, inputs), inputs, Policy())
    first, second, third = sorted(past.same, key=lambda one: len(one.unchanged))
    assert [len(one.unchanged) for one in (first, second, third)] == [1, 2, 3]
    assert all(one.exact is not None for one in past.same)
    names = [one.name for one in (first, second, third)]
    assert set(past.groups) == {
        frozenset({NOW, *names}),
        frozenset({NOW, *names[1:]}),
        frozenset({NOW, names[2]}),
    }


def test_what_an_earlier_release_showed_is_not_hidden_to_protect_another() -> None:
    grid = Grid.of(PILOT)
    cells = grid.cells
    place = cells["geography"] == cells["geography"].iloc[-1]
    line = cells[place & (cells["disability"] != "Total")]
    alone = line[(line.drop(columns="disability") == "Total").sum(axis=1) >= 5]
    small, *others = alone.index.tolist()
    counts = {"contacts_received": {small: 3} | {at: 10 + k for k, at in enumerate(others)}}
    hidden = {"contacts_received": np.zeros(len(cells), np.bool_)}
    hidden["contacts_received"][small] = True
    stay = {("contacts_received", others[0])}
    repair = Repair(grid, counts, hidden, stay)
    assert repair.hide_beside([("contacts_received", small)], {}) > 0
    assert ("contacts_received", others[1]) in repair.cells
    assert not stay & repair.cells


def test_where_all_beside_is_hidden_narrower_counts_of_a_wider_place_are() -> None:
    """As England's by two breakdowns: an agency that knows its own can subtract there as well."""
    grid = Grid.of(PILOT)
    cells = grid.cells
    of_one = (cells["geographic_level"] == "Agency") & (cells["ethnicity_group"] != "Total")
    agency = cells.index[of_one][0]
    england = grid.wider["england"][agency]
    over = next(o.parts for o in lines(grid) if o.whole == england and agency not in o.parts)
    narrower = next(part for part in over if cells["geographic_level"][part] == "England")
    counts = {"contacts_received": {agency: 3, england: 9, narrower: 8}}
    hidden = {"contacts_received": np.zeros(len(cells), np.bool_)}
    hidden["contacts_received"][[agency, england]] = True
    repair = Repair(grid, counts, hidden)
    assert repair.hide_beside([("contacts_received", agency)], {}) == 1
    assert ("contacts_received", narrower) in repair.cells


def test_nothing_is_left_to_hide_where_all_was_shown_before() -> None:
    grid = Grid.of(PILOT)
    counts = {"contacts_received": {0: 30, 1: 20}}
    hidden = {"contacts_received": np.zeros(len(grid.cells), np.bool_)}
    repair = Repair(grid, counts, hidden, {("contacts_received", 0), ("contacts_received", 1)})
    assert repair.hide_beside([("contacts_received", 0)], {}) == 0
