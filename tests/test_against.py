"""The difference to an earlier return: rows new, gone and changed, by contact."""

import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

import cli
from data.against import Change, Row, compare
from data.workbook import read
from tests.odd_workbooks import plain, rich


@pytest.fixture
def both(tmp_path: Path) -> tuple[Path, Path]:
    """A return, and the same with a contact taken out, one put in and one changed."""
    old, new = plain(tmp_path / "old.xlsx"), plain(tmp_path / "new.xlsx")
    book = openpyxl.load_workbook(new)
    sheet = book["AS Data"]
    sheet["F3"].value = "WBRI"
    sheet["C4"].value = "K33"
    sheet["A5"].value = " 330.0 "  # the same code, written otherwise
    sheet["D5"].value = "01/01/2015"
    book.save(new)
    return old, new


def test_rows_are_new_gone_and_changed_by_contact(both: tuple[Path, Path]) -> None:
    difference = compare(*map(read, both))
    assert difference.new == (Row(4, "K33"),)
    assert difference.gone == (Row(4, "K3"),)
    assert difference.changed == (Change(3, "K2", "C6", "XXXX", "WBRI"),)


def test_the_same_return_in_another_order_differs_in_nothing(both: tuple[Path, Path]) -> None:
    book = openpyxl.load_workbook(both[0])
    sheet = book["AS Data"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for number, row in enumerate(reversed(rows), 2):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    book.save(both[1])
    difference = compare(*map(read, both))
    assert (difference.new, difference.gone, difference.changed) == ((), (), ())


def test_rows_that_share_a_contact_or_have_none_are_compared_in_turn(tmp_path: Path) -> None:
    old, new = plain(tmp_path / "old.xlsx"), plain(tmp_path / "new.xlsx")
    for path, code in ((old, 1), (new, 2)):
        book = openpyxl.load_workbook(path)
        sheet = book["AS Data"]
        sheet["C3"].value = "K1"
        sheet["C4"].value = None
        sheet["E3"].value = sheet["E4"].value = code
        book.save(path)
    difference = compare(read(old), read(new))
    assert [(c.row, c.contact, c.field) for c in difference.changed] == [
        (3, "K1", "C5"), (4, None, "C5"),
    ]  # fmt: skip
    assert difference.new == difference.gone == ()


def test_other_sheets_titles_and_date_systems_do_not_matter(tmp_path: Path) -> None:
    old = plain(tmp_path / "old.xlsx", headings=4)
    new = rich(tmp_path / "new.xlsx", "Sheet one", date_1904=True)
    assert compare(read(old), read(new)).changed == ()


def run(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(cli.app, [str(word) for word in words])
    return result.exit_code, result.stdout


def test_check_says_it_in_lines_and_in_json(both: tuple[Path, Path]) -> None:
    old, new = both
    status, lines = run("check", new, "--against", old)
    assert status == 1  # a date that is none
    assert "Against old.xlsx: 1 new rows, 1 gone, 1 changed" in lines
    assert "row 3 C6 of K2: 'XXXX' is now 'WBRI'" in lines
    _, document = run("check", "--json", new, "--against", old)
    (one,) = json.loads(document)["returns"]
    assert one["against"] == {
        "file": "old.xlsx",
        "new": [{"row": 4, "contact": "K33"}],
        "gone": [{"row": 4, "contact": "K3"}],
        "changed": [{"row": 3, "contact": "K2", "field": "C6", "before": "XXXX", "after": "WBRI"}],
    }
    keys = {"file", "agency", "round", "rows", "usable", "findings"}
    assert keys <= set(one)


def test_two_returns_are_not_compared_with_one(both: tuple[Path, Path]) -> None:
    result = CliRunner().invoke(cli.app, ["check", *map(str, both), "--against", str(both[0])])
    assert result.exit_code == 2
    assert "one return" in result.stderr


def test_check_writes_marked_up_copies_and_touches_no_file_of_the_sender(
    both: tuple[Path, Path], tmp_path: Path
) -> None:
    before = [path.read_bytes() for path in both]
    folder = tmp_path / "copies"
    status, _ = run("check", *both, "--annotated", folder)
    assert status == 1
    assert sorted(each.name for each in folder.iterdir()) == [
        "new - checked.xlsx", "old - checked.xlsx",
    ]  # fmt: skip
    # Checked again in the folder that the copies are in, they are not written over either.
    copy = folder / "old - checked.xlsx"
    content = copy.read_bytes()
    run("check", copy, "--annotated", folder)
    assert copy.read_bytes() == content
    assert [path.read_bytes() for path in both] == before


def test_returns_of_one_name_from_two_folders_get_two_copies(tmp_path: Path) -> None:
    paths = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        paths.append(plain(tmp_path / name / "return.xlsx"))
    run("check", *paths, "--annotated", tmp_path / "copies")
    assert len(list((tmp_path / "copies").iterdir())) == 2
