"""What the pilot asks of agencies: read, kept, published, and shown as text."""

import csv
import io
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from data import feedback
from data.checks.run import check
from data.feedback import DIFFICULTIES, NO_PRE_ORDER, QUESTIONS, SUGGESTIONS, Feedback
from data.load import load
from data.reports import as_lines
from data.rounds import PILOT
from data.template import write_blank
from data.warehouse import opened
from data.workbook import read
from measures import facts
from measures.grid import Grid
from measures.release import read as read_release
from measures.state import state
from measures.views import pilot
from measures.views.book import Book
from tests.dashboards import Releases, releases  # noqa: F401
from tests.odd_workbooks import NAMES, ROWS, plain

HOSTILE = '=cmd() <script>alert(1)</script> **bold** \u202e"quoted"'


def answering(path: Path, answers: dict[str, str]) -> Path:
    """A return with answers beneath the rest of its instructions."""
    book = openpyxl.load_workbook(plain(path))
    said = book["Instructions"]
    for row, (name, text) in enumerate(answers.items(), 8):
        said.cell(row, 1).value = QUESTIONS[name]
        said.cell(row, 2).value = text
        said.cell(row, 2).data_type = "s"
    book.save(path)
    return path


def test_the_fields_of_the_blank_workbook_are_read(tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    write_blank(path, PILOT)
    assert read(path).answers == {}
    book = openpyxl.load_workbook(path)
    said = book["Instructions"]
    wanted = {NO_PRE_ORDER: "Yes", DIFFICULTIES: "Two systems.", SUGGESTIONS: "Fewer fields."}
    for row in said.iter_rows(max_col=2):
        for name, words in QUESTIONS.items():
            if row[0].value == words:
                row[1].value = wanted[name]
    for column, name in enumerate(NAMES, 1):
        book["AS Data"].cell(2, column).value = ROWS[3].get(name)
    book.save(path)
    assert read(path).answers == wanted


@pytest.mark.parametrize("text", ["Yes", "yes.", "Y", "TRUE", "x", "We confirm: yes"])
def test_a_confirmation_is_recorded(text: str) -> None:
    expected = not text.startswith("We")
    assert Feedback({NO_PRE_ORDER: text}).confirms_no_pre_order is expected


@pytest.mark.parametrize("text", ["No", "", "n/a", "0"])
def test_anything_else_is_no_confirmation(text: str) -> None:
    assert not Feedback({NO_PRE_ORDER: text}).confirms_no_pre_order
    assert not Feedback({}).confirms_no_pre_order


def test_check_asks_for_the_confirmation_only_where_it_is_missing(tmp_path: Path) -> None:
    asked = check(read(plain(tmp_path / "a.xlsx")))
    told = check(read(answering(tmp_path / "b.xlsx", {NO_PRE_ORDER: "Yes"})))
    assert "please confirm" in "\n".join(as_lines(tmp_path / "a.xlsx", asked))
    assert "and confirms that there are none" in "\n".join(as_lines(tmp_path / "b.xlsx", told))
    assert told.confirms_no_pre_order


def test_answers_are_kept_and_published_by_agency_as_they_were_written(tmp_path: Path) -> None:
    answers = {NO_PRE_ORDER: "Yes", DIFFICULTIES: HOSTILE}
    path = answering(tmp_path / "return.xlsx", answers)
    with opened(tmp_path / "warehouse.duckdb") as connection:
        load(connection, path, received=date(2025, 12, 1))
        facts.make(connection, PILOT, Grid.of(PILOT))
        table = state(connection, PILOT).feedback
    assert table.to_dict("list") == {
        "agency": ["Adopt Birmingham"] * 2,
        "about": [DIFFICULTIES, NO_PRE_ORDER],
        "question": [QUESTIONS[DIFFICULTIES], QUESTIONS[NO_PRE_ORDER]],
        "text": [HOSTILE, "Yes"],
    }


def test_a_later_return_replaces_the_answers(tmp_path: Path) -> None:
    first = answering(tmp_path / "a.xlsx", {SUGGESTIONS: "One"})
    second = answering(tmp_path / "b.xlsx", {SUGGESTIONS: "Two"})
    with opened(tmp_path / "warehouse.duckdb") as connection:
        for path in (first, second):
            load(connection, path, received=date(2025, 12, 1))
        facts.make(connection, PILOT, Grid.of(PILOT))
        assert state(connection, PILOT).feedback["text"].tolist() == ["Two"]


def test_the_answers_are_tables_that_a_spreadsheet_can_open(releases: Releases) -> None:  # noqa: F811
    release = read_release(releases["country"])
    told = release.tables["feedback"]
    release.tables["feedback"] = pd.concat([told, told.head(1).assign(text=HOSTILE)])
    found = dict(pilot.feedback(Book(release)))
    assert sum(len(table.rows) for table in found.values()) == len(told) + 1
    for about, table in found.items():
        rows = list(csv.reader(io.StringIO(table.csv())))
        assert rows[0] == ["Agency", "Answer"]
        assert ["Table", QUESTIONS[about]] in rows
    assert f"'{HOSTILE[:6]}" in "".join(table.csv() for table in found.values())


def test_each_question_has_its_own_words() -> None:
    assert len(set(feedback.QUESTIONS.values())) == len(feedback.QUESTIONS)
