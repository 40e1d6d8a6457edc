"""A second release after one agency sent again: what it knows, and what may still be hidden."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import openpyxl
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
from measures.known import known_before, true_counts
from measures.past import Past, inputs_of
from measures.publish import publish
from measures.release import read
from tests.countries import released, small


@dataclass(frozen=True)
class Again:
    """A warehouse in which one agency sent again after a release at `out`; its counts before."""

    warehouse: Path
    out: Path
    agency: str
    before: Truth


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Again:
    folder = tmp_path_factory.mktemp("again")
    returns = small(folder, seed=4)
    warehouse, out = folder / "warehouse.duckdb", folder / "release.duckdb"
    with opened(warehouse) as connection:
        released(connection, returns, out)
        computed = compute(connection, PILOT)
        before = true_counts(exact(computed), computed.grid, "1")
        workbook = openpyxl.load_workbook(returns[0])
        workbook["AS Data"].delete_rows(workbook["AS Data"].max_row - 4, 5)
        workbook.save(returns[0])
        agency = load(connection, returns[0]).checked.rows.submission.agency
    own = {name: n for name, n in before.items() if name[5:7] == ("Agency", agency)}
    return Again(warehouse, out, agency, own)


def test_an_agency_still_knows_what_it_sent_before(again: Again) -> None:
    with opened(again.warehouse, read_only=True) as connection:
        past = Past.of(again.out, PILOT, inputs_of(connection, PILOT))
        assert known_before(connection, PILOT, past.same) == again.before
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
        assert known_before(connection, PILOT, [earlier]) == {}


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


def test_where_two_releases_tell_by_their_difference_a_breakdown_goes_whole() -> None:
    grid = Grid.of(PILOT)
    number = grid.number
    none = ("Total",) * 6
    yes, no = (("Total", "Total", value, "Total", "Total", "Total") for value in ("Yes", "No"))
    agency = grid.agencies[0]
    wide = {
        number["England", "England", *yes],
        number["England", "England", *no],
        number["Region", "London", *no],
    }
    here = number["Agency", agency, *yes]
    others = {number["England", "England", *none], number["Agency", grid.agencies[1], *yes]}
    cells = wide | others | {here}
    counts = {flag: dict.fromkeys(cells, 50) for flag in ("received", "allocated")}
    hidden = {flag: np.zeros(len(grid.cells), np.bool_) for flag in counts}
    repair = Repair(grid, counts, hidden)
    struck = [("allocated", here)]
    assert repair.hide_across(struck) == 4
    assert repair.cells == {("allocated", cell) for cell in wide | {here}}
    assert repair.hide_across(struck) == 4  # and then of the count that holds it
    assert repair.cells == {(flag, cell) for cell in wide | {here} for flag in counts}
    assert repair.hide_across(struck) == 0
