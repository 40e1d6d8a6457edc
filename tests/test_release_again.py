"""A second release after one agency sent again: what it knows, and what may still be hidden."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from data.load import load
from data.rounds import PILOT
from data.warehouse import opened
from measures.attack import Truth
from measures.compute import compute
from measures.disclosure.repair import Repair
from measures.figures import exact
from measures.gate import Gate
from measures.grid import Grid
from measures.known import recomputed, true_counts
from measures.past import Past, inputs_of
from measures.publish import publish
from measures.release import read
from tests.countries import released, small


@dataclass(frozen=True)
class Again:
    """A warehouse in which one agency sent again after a release at `out`; its counts before.

    And the exact figures that the release was made from.
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
    own = {name: n for name, n in before.items() if name[5:7] == ("Agency", agency)}
    return Again(warehouse, out, agency, own, figures)


def test_an_agency_still_knows_what_it_sent_before(again: Again) -> None:
    with opened(again.warehouse, read_only=True) as connection:
        past = Past.of(again.out, PILOT, inputs_of(connection, PILOT))
        (earlier,) = recomputed(connection, PILOT, past.same)
        assert earlier.known == again.before
        assert earlier.exact is not None
        pd.testing.assert_frame_equal(earlier.exact, again.figures)
        computed = compute(connection, PILOT)  # and then it is the round as it stands again
    now = true_counts(exact(computed), computed.grid)
    assert {n for name, n in now.items() if name[5:7] == ("Agency", again.agency)}
    assert any(now["0", *name[1:]] != n for name, n in again.before.items())


def test_where_the_release_showed_something_else_nothing_is_known(again: Again) -> None:
    with opened(again.warehouse, read_only=True) as connection:
        (earlier,) = Past.of(again.out, PILOT, inputs_of(connection, PILOT)).same
        figures = earlier.figures
        theirs = (figures["geography"] == again.agency) & (figures["statistic"] == "count")
        row = figures.index[theirs & (figures["status"] == "ok") & (figures["value"] > 0)][0]
        earlier.figures.loc[row, "value"] += 1
        (earlier,) = recomputed(connection, PILOT, [earlier])
        assert (earlier.known, earlier.exact) == ({}, None)


def test_where_the_warehouse_has_the_earlier_return_no_more_it_is_not_made_up(
    again: Again, tmp_path: Path
) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    shutil.copyfile(again.warehouse, warehouse)
    with opened(warehouse) as connection:
        past = Past.of(again.out, PILOT, inputs_of(connection, PILOT))
        connection.execute("DELETE FROM returns WHERE NOT current")
        (earlier,) = recomputed(connection, PILOT, past.same)
    assert (earlier.known, earlier.exact) == ({}, None)


def test_a_second_release_withstands_the_agency_that_knows_both(again: Again) -> None:
    with opened(again.warehouse, read_only=True) as connection:
        past = Past.of(again.out, PILOT, inputs_of(connection, PILOT))
        made = publish(connection, PILOT, again.out)
    release = read(again.out)
    assert release.id == made
    gate = Gate(again.before, [(one.figures, one.unchanged) for one in past.same])
    assert gate.broken(release.tables["figures"]) == []


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


def test_nothing_is_left_to_hide_where_all_was_shown_before() -> None:
    grid = Grid.of(PILOT)
    counts = {"contacts_received": {0: 30, 1: 20}}
    hidden = {"contacts_received": np.zeros(len(grid.cells), np.bool_)}
    repair = Repair(grid, counts, hidden, {("contacts_received", 0), ("contacts_received", 1)})
    assert repair.hide_beside([("contacts_received", 0)], {}) == 0
