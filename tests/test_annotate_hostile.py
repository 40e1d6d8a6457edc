"""Whatever stands in a cell stands there as text, wherever it is shown: no formula is made."""

import csv
import io
import zipfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from data.annotate import findings_csv, marked_up
from data.checks.run import Checked, check
from data.workbook import read
from measures.views import checking, doubts
from pages.parts import tables
from tests.odd_workbooks import plain, repacked

RECEIVED = date(2025, 12, 1)
HOSTILE = {
    "formula": '=cmd|"/C calc"!A0',
    "plus": "+1+1",
    "minus": "-2+3",
    "at": "@SUM(1)",
    "tab": "\t=1+1",
    "spaces": "  =1+1",
    "return": "\r=1+1",
    "wide": "\uff1d1+1",
    "script": "<script>alert(1)</script>",
    "picture": '"><img src=x onerror=alert(1)>',
    "markdown": "[click](javascript:alert(1)) **bold** :smile: $x$",
    "long": "x" * 32_767,
    "emoji": "\U0001f600" * 9_000,
    "right to left": "\u202eabc\u2066",
    "unseen": "W\u200bBRI",
    "entities": "&lt;b&gt; &amp; ]]> <!-- -->",
    "coded": "_x0041_ and _x005F_x0042_",
    "quotes": "'\"`",
    "lines": "one\ntwo",
}


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def hostile(folder: Path, text: str) -> Path:
    """A return with a text as code, date, identifier, comment, agency and answer."""
    path = plain(folder / "return.xlsx")
    book = openpyxl.load_workbook(path)
    data, said = book["AS Data"], book["Instructions"]
    for cell in (data["F2"], data["L3"], data["C4"], data["C5"], said["B1"], said["B3"]):
        cell.value = text
        cell.data_type = "s"
    data["F3"].comment = Comment(text[:2000], "Ann")
    said["A9"].value, said["B9"].value = "Suggestions", text
    said["B9"].data_type = "s"
    book.save(path)
    return path


def checked(path: Path) -> Checked:
    return check(read(path), received=RECEIVED)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_in_the_workbook_it_is_text(text: str, tmp_path: Path) -> None:
    path = hostile(tmp_path, text)
    before = checked(path)
    out = tmp_path / "marked.xlsx"
    out.write_bytes(marked_up(path.read_bytes(), before))
    with zipfile.ZipFile(out) as file:
        parts = [file.read(name) for name in file.namelist() if "worksheets/" in name]
    assert not any(b"<f>" in part or b"<f " in part for part in parts)
    book = openpyxl.load_workbook(out)
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert all(len(str(cell.value or "")) <= 32_767 for cell in cells)
    assert all(len(cell.comment.text) <= 32_767 for cell in cells if cell.comment)
    again = checked(out)
    assert [(f.check, f.row, f.field, f.value) for f in again.findings] == [
        (f.check, f.row, f.field, f.value) for f in before.findings
    ]
    assert {f.row: f.explanation for f in again.findings if f.field == "C6"} == {
        f.row: f.explanation for f in before.findings if f.field == "C6"
    }


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_in_the_csv_it_is_text(text: str, tmp_path: Path) -> None:
    made = findings_csv(checked(hostile(tmp_path, text)))
    for line in csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")):
        assert len(line) == 9
        for cell in line:
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "\uff1d"))
            assert "\x00" not in cell


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_on_the_page_it_is_text(text: str, tmp_path: Path) -> None:
    path = hostile(tmp_path, text)
    review = checking.Review.of(path.read_bytes(), path.name)
    shown = [doubts.by_check(review.checked.findings), doubts.unfitting(review.checked.unfitting)]
    shown.append(doubts.by_row(review.checked.findings))
    for table in shown:
        parser = _Tags()
        parser.feed(tables.html(table))
        assert parser.tags <= {
            *("div", "table", "caption", "thead", "tbody", "tr", "th", "td", "p", "b"),
            *("abbr", "details", "summary", "a"),
        }
        words = "".join(parser.text)
        assert not set(words) & set("\x00\u202e\u2066\u200b")
        assert len(words) < 20_000


def test_a_character_that_nobody_sees_is_named() -> None:
    assert doubts.visible("W\u200bBRI\x00\u202e") == "W⟨U+200B⟩BRI⟨U+0000⟩⟨U+202E⟩"


def test_half_a_character_and_a_nul_do_not_break_the_file(tmp_path: Path) -> None:
    """They come in as codes that XML itself could not hold."""
    path = hostile(tmp_path, "PLACEHOLDER")

    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"PLACEHOLDER", b"a_x0000_b_xD83D_c_x001F_")

    repacked(path, change, {})
    out = tmp_path / "marked.xlsx"
    out.write_bytes(marked_up(path.read_bytes(), checked(path)))
    assert len(checked(out).findings) == len(checked(path).findings)
    openpyxl.load_workbook(out)
