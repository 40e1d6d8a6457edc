"""What is right all the same is explained once, and stays explained while the value stays."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from data.annotate import marked_up
from data.checks.run import Checked, check
from data.explanations import Explanation, Source, answered
from data.findings import Finding
from data.load import Outcome, load
from data.tables import Level
from data.warehouse import opened
from data.workbook import read
from data.workbook.comments import own_words
from data.workbook.explained import HEADINGS
from tests.odd_workbooks import plain
from tests.programs import converted

RECEIVED = date(2025, 12, 1)
WHY = "She knew the worker already: =1+1, <b>true</b>"
Place = tuple[int | None, str | None]


def checked(path: Path) -> Checked:
    return check(read(path), received=RECEIVED)


def marked(path: Path) -> Path:
    out = path.with_name("marked.xlsx")
    out.write_bytes(marked_up(path.read_bytes(), checked(path)))
    return out


def explained(one: Checked) -> dict[Place, str]:
    return {(f.row, f.field): f.explanation for f in one.findings if f.explanation}


def line_of(sheet: Worksheet, row: int, check_name: str) -> int:
    for cells in sheet.iter_rows(min_row=7):
        if cells[0].value == row and cells[7].value == check_name:
            return cells[0].row or 0
    raise AssertionError(f"no line of row {row} and {check_name}")


def explain(path: Path, row: int, name: str, text: str = WHY, out: str = "explained.xlsx") -> Path:
    book = openpyxl.load_workbook(path)
    sheet = book["Findings"]
    sheet.cell(line_of(sheet, row, name), HEADINGS.index("Your explanation") + 1).value = text
    saved = path.with_name(out)
    book.save(saved)
    return saved


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    return plain(tmp_path / "return.xlsx")


def test_written_on_the_sheet_of_findings_it_is_read_on_the_next_submission(sent: Path) -> None:
    again = checked(explain(marked(sent), 2, "allocated_before_contact"))
    assert explained(again) == {(2, "C12"): WHY}
    assert again.unfitting == ()


def test_written_in_libreoffice_it_is_read_too(sent: Path, tmp_path: Path) -> None:
    (tmp_path / "saved").mkdir()
    path = explain(marked(sent), 2, "allocated_before_contact")
    assert explained(checked(converted(path, "xlsx", tmp_path / "saved"))) == {(2, "C12"): WHY}


def test_written_as_a_comment_on_the_doubted_cell(sent: Path) -> None:
    book = openpyxl.load_workbook(sent)
    book["AS Data"]["L2"].comment = Comment(WHY, "Ann")
    book.save(sent)
    assert explained(checked(sent)) == {(2, "C12"): WHY}
    assert explained(checked(marked(sent))) == {(2, "C12"): WHY}


def test_written_into_our_comment_beneath_our_words(sent: Path) -> None:
    path = marked(sent)
    book = openpyxl.load_workbook(path)
    cell = book["AS Data"]["L2"]
    cell.comment = Comment(f"{cell.comment.text}{WHY}", "Ann")
    book.save(path)
    assert explained(checked(path)) == {(2, "C12"): WHY}


def test_written_in_the_explanation_column_it_speaks_of_the_whole_row(sent: Path) -> None:
    book = openpyxl.load_workbook(sent)
    book["AS Data"]["R1"].value = "Explanation (if a highlighted value is right all the same)"
    book["AS Data"]["R3"].value = WHY
    book.save(sent)
    assert explained(checked(sent)) == {(3, "C6"): WHY, (3, "C7"): WHY}


def test_what_is_nearer_to_the_finding_counts(sent: Path) -> None:
    book = openpyxl.load_workbook(sent)
    book["AS Data"]["R1"].value = "Explanation"
    book["AS Data"]["R3"].value = "of the row"
    book["AS Data"]["F3"].comment = Comment("of the cell", "Ann")
    book.save(sent)
    assert explained(checked(sent)) == {(3, "C6"): "of the cell", (3, "C7"): "of the row"}
    path = explain(marked(sent), 3, "unknown_code", "of the finding")
    assert explained(checked(path)) == {(3, "C6"): "of the finding", (3, "C7"): "of the row"}


def test_it_stays_while_the_value_stays_though_rows_move(sent: Path) -> None:
    path = explain(marked(sent), 3, "unknown_code")
    book = openpyxl.load_workbook(path)
    book["AS Data"].move_range("A3:R9", rows=2)
    book.save(path)
    assert explained(checked(path)) == {(5, "C6"): WHY}


def test_another_value_is_not_explained_and_the_explanation_is_kept(sent: Path) -> None:
    path = explain(marked(sent), 3, "unknown_code")
    book = openpyxl.load_workbook(path)
    book["AS Data"]["F3"].value = "YYYY"
    book.save(path)
    again = checked(path)
    assert explained(again) == {}
    assert [(one.text, one.value) for one in again.unfitting] == [(WHY, "XXXX")]


def test_a_mended_value_closes_its_finding_and_the_explanation_is_shown(sent: Path) -> None:
    path = explain(marked(sent), 3, "unknown_code")
    book = openpyxl.load_workbook(path)
    book["AS Data"]["F3"].value = "WBRI"
    book.save(path)
    again = checked(path)
    assert not [f for f in again.findings if (f.row, f.field) == (3, "C6")]
    assert [one.text for one in again.unfitting] == [WHY]
    for _ in range(3):  # and however often it goes there and back, it is there once
        path.write_bytes(marked_up(path.read_bytes(), checked(path)))
        assert [one.text for one in checked(path).unfitting] == [WHY]


def test_the_lines_may_be_sorted_and_taken_out(sent: Path) -> None:
    path = explain(marked(sent), 2, "allocated_before_contact")
    book = openpyxl.load_workbook(path)
    sheet = book["Findings"]
    sheet.title = "for Ann"
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=7)]
    for number, line in enumerate(reversed(lines[:-1]), 7):
        for column, value in enumerate(line, 1):
            sheet.cell(number, column).value = value
    sheet.delete_rows(7 + len(lines) - 1)
    book.save(path)
    assert explained(checked(path)) == {(2, "C12"): WHY}
    assert read(path).unread_sheets == ()


def test_an_explained_error_is_still_an_error(sent: Path) -> None:
    path = explain(marked(sent), 4, "not_a_date")
    again = checked(path)
    finding = next(f for f in again.findings if f.check == "not_a_date")
    assert finding.explanation == WHY
    assert not finding.explained
    assert not again.used[2]


def test_checker_and_loader_agree(sent: Path, tmp_path: Path) -> None:
    path = explain(marked(sent), 2, "allocated_before_contact")
    with opened(tmp_path / "warehouse.duckdb") as connection:
        loaded = load(connection, path, received=RECEIVED)
        kept = connection.execute(
            'SELECT "check", row, field, value, explanation FROM findings ORDER BY ALL'
        ).fetchall()
        given = connection.execute("SELECT text, source, fits FROM explanations").fetchall()
    assert loaded.checked.findings == checked(path).findings
    assert (
        sorted((f.check, f.row, f.field, f.value, f.explanation) for f in checked(path).findings)
        == kept
    )
    assert given == [(WHY, Source.FINDINGS, True)]


def test_the_warehouse_remembers_while_the_value_stays(sent: Path, tmp_path: Path) -> None:
    path = explain(marked(sent), 3, "unknown_code")
    book = openpyxl.load_workbook(sent)
    book["AS Data"]["L2"].value = date(2025, 4, 20)
    mended = tmp_path / "mended.xlsx"
    book.save(mended)
    book["AS Data"]["F3"].value = "ZZZZ"
    other = tmp_path / "other.xlsx"
    book.save(other)
    with opened(tmp_path / "warehouse.duckdb") as connection:
        load(connection, path, received=RECEIVED)
        second = load(connection, mended, received=RECEIVED)
        third = load(connection, other, received=RECEIVED)
    assert second.outcome is Outcome.REPLACED
    assert explained(second.checked) == {(3, "C6"): WHY}
    assert explained(third.checked) == {}
    assert third.checked.unfitting == ()


def test_what_fits_nothing_is_kept_in_the_warehouse(sent: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(sent)
    book["AS Data"]["A5"].comment = Comment("The home authority is right.", "Ann")
    book.save(sent)
    with opened(tmp_path / "warehouse.duckdb") as connection:
        load(connection, sent, received=RECEIVED)
        kept = connection.execute("SELECT text, row, field, fits FROM explanations").fetchall()
    assert kept == [("The home authority is right.", 5, "C1", False)]


def _finding(message: str, **more: str | int | None) -> Finding:
    said = {"row": None, "field": None, "contact": None, "value": None} | more
    return Finding("same", Level.QUERY, "Instructions", message=message, **said)  # type: ignore[arg-type]


def test_two_findings_alike_but_for_their_words_are_told_apart() -> None:
    findings = [_finding("Direct is blank"), _finding("Virtual is blank")]
    given = Explanation("None yet", Source.FINDINGS, check="same", message="Virtual is blank")
    result = answered(findings, [given])
    assert [f.explanation for f in result.findings] == [None, "None yet"]


def test_two_rows_of_one_contact_are_told_apart() -> None:
    findings = [_finding("twice", row=row, contact="K1", value="K1") for row in (4, 9)]
    given = [
        Explanation(f"of {row}", Source.FINDINGS, row, None, "same", "K1", "K1") for row in (9, 4)
    ]
    result = answered(findings, given)
    assert [f.explanation for f in result.findings] == ["of 4", "of 9"]


@pytest.mark.parametrize(
    ("comment", "own"),
    [
        ("Mine", "Mine"),
        ("Check of the return\n• Odd.\n\nIf it is right all the same, say why here:\n", ""),
        ("Check of the return\n• Odd.\n\nIf it is right all the same, say why here: Yes", "Yes"),
        ("Mine\n\nCheck of the return\n• Odd.\n• Very.\n", "Mine"),
        (
            "[Threaded comment]\n\nYour version of Excel …\n\nComment:\n    It is right",
            "It is right",
        ),
    ],
)
def test_our_words_in_a_comment_are_not_the_senders(comment: str, own: str) -> None:
    assert own_words(comment) == own
