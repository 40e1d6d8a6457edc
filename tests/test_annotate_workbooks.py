"""A marked-up workbook is the sender's own, with the findings in it, in every program."""

import re
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from data.annotate import marked_up, name_of, notes
from data.checks.run import Checked, check
from data.submission import Submission
from data.template.look import YELLOW
from data.workbook import read
from tests.odd_workbooks import KINDS, commented, plain, repacked, rich
from tests.programs import converted

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
RECEIVED = date(2025, 12, 1)
YELLOW_CELL = f"FF{YELLOW[1:]}"


def checked(path: Path) -> Checked:
    return check(read(path), received=RECEIVED)


def marked(path: Path) -> Path:
    out = path.with_name(name_of(path.name))
    out.write_bytes(marked_up(path.read_bytes(), checked(path)))
    return out


def made(kind: str, folder: Path) -> Path:
    return KINDS[kind](folder / ("return.xlsm" if kind == "macros" else "return.xlsx"))


def same(one: Submission) -> Submission:
    """A submission without what marking up may change: its file, and what is written in it."""
    return replace(one, file="", fingerprint="", explanations=())


@pytest.mark.parametrize("kind", KINDS)
def test_it_reads_as_the_same_return_with_the_same_findings(kind: str, tmp_path: Path) -> None:
    before = made(kind, tmp_path)
    after = marked(before)
    assert same(read(after)) == same(read(before))
    assert [replace(f, explanation=None) for f in checked(after).findings] == [
        replace(f, explanation=None) for f in checked(before).findings
    ]
    assert checked(before).findings


@pytest.mark.parametrize("kind", KINDS)
def test_every_part_but_the_marked_ones_is_copied_byte_for_byte(kind: str, tmp_path: Path) -> None:
    before = made(kind, tmp_path)
    after = marked(before)
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
        assert set(old.namelist()) <= set(new.namelist())
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    may = r"\[Content_Types\]\.xml|.*\.rels|xl/workbook\.xml|xl/styles\.xml|.*\.vml|xl/comments.*"
    sheets = {name for name in changed if not re.fullmatch(may, name)}
    assert all("worksheets/sheet" in name for name in sheets)
    assert len(sheets) <= 2


def _contents(sheet: Worksheet) -> dict[str, object]:
    """What a sheet holds: every cell's value, formula and format but its ground; all the rest."""
    cells = {
        cell.coordinate: (
            cell.value, cell.number_format, *map(repr, (cell.font, cell.border, cell.alignment)),
            repr(cell.protection),
        )
        for row in sheet.iter_rows()
        for cell in row
    }  # fmt: skip
    return {
        "cells": {at: said for at, said in cells.items() if said[0] is not None},
        "widths": {k: (v.width, v.hidden) for k, v in sheet.column_dimensions.items()},
        "heights": {k: v.height for k, v in sheet.row_dimensions.items() if v.height},
        "merged": sorted(map(str, sheet.merged_cells.ranges)),
        "rules": sorted(str(rule.sqref) for rule in sheet.conditional_formatting),
        "lists": sorted(str(each.sqref) for each in sheet.data_validations.dataValidation),
        "frozen": sheet.freeze_panes,
        "filter": sheet.auto_filter.ref,
        "protected": (sheet.protection.sheet, sheet.protection.password),
        "header": sheet.oddHeader.center.text,
        "charts": len(sheet._charts),
        "images": len(sheet._images),
        "state": sheet.sheet_state,
    }


@pytest.mark.parametrize("kind", KINDS)
def test_sheets_order_values_formulas_formats_and_widths_stay(kind: str, tmp_path: Path) -> None:
    before = made(kind, tmp_path)
    old, new = openpyxl.load_workbook(before), openpyxl.load_workbook(marked(before))
    assert new.sheetnames[:-1] == old.sheetnames
    assert new.sheetnames[-1].startswith("Findings")
    assert {n: d.attr_text for n, d in old.defined_names.items()} == {
        n: d.attr_text for n, d in new.defined_names.items()
    }
    for name in old.sheetnames:
        assert _contents(new[name]) == _contents(old[name]), name


@pytest.mark.parametrize("kind", KINDS)
def test_every_finding_is_yellow_with_a_comment_and_no_other_cell(
    kind: str, tmp_path: Path
) -> None:
    after = marked(made(kind, tmp_path))
    one = checked(after)
    submission = one.rows.submission
    sheet = openpyxl.load_workbook(after)[submission.sheet]
    wanted: dict[str, list[str]] = {}
    for finding in one.findings:
        if finding.row:
            column = submission.columns[finding.field or "C3"]
            wanted.setdefault(f"{column.letter}{finding.row}", []).append(finding.message)
    yellow = {
        cell.coordinate
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == YELLOW_CELL and cell.row > submission.headings_row
    }
    assert yellow == set(wanted)
    for at, messages in wanted.items():
        assert sheet[at].comment, at
        assert all(message in sheet[at].comment.text for message in messages)


def test_a_comment_of_the_sender_stays_with_ours_beside_it(tmp_path: Path) -> None:
    after = marked(commented(tmp_path / "return.xlsx"))
    sheet = openpyxl.load_workbook(after)["AS Data"]
    said = sheet["L2"].comment
    assert said.text.startswith("The worker was there before: she knew the family.")
    assert said.author == "Ann"
    assert "C12 is before C11" in said.text
    assert "<script>alert(1)</script> & =cmd()" in sheet["F3"].comment.text


def test_a_sheet_of_that_name_is_left_alone(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(marked(rich(tmp_path / "return.xlsx")))
    assert book["Findings"]["A1"].value == "What we found at the last audit"
    assert book["Findings (2)"]["A1"].value == "Findings of the check"


@pytest.mark.parametrize("kind", KINDS)
def test_libreoffice_saves_it_again_with_nothing_lost(kind: str, tmp_path: Path) -> None:
    after = marked(made(kind, tmp_path))
    before = checked(after)
    (tmp_path / "saved").mkdir()
    saved = checked(converted(after, "xlsx", tmp_path / "saved"))
    assert [(f.check, f.row, f.field, f.value) for f in saved.findings] == [
        (f.check, f.row, f.field, f.value) for f in before.findings
    ]
    assert [f.explanation for f in saved.findings] == [f.explanation for f in before.findings]
    book = openpyxl.load_workbook(tmp_path / "saved" / f"{after.stem}.xlsx")
    listed = book.worksheets[-1]
    assert listed.max_row >= 6 + len(before.findings)
    data = book[before.rows.submission.sheet]
    below = before.rows.submission.headings_row + 1
    cells = [cell for row in data.iter_rows(below) for cell in row]
    with_ours = [cell for cell in cells if cell.comment and "•" in cell.comment.text]
    assert len(with_ours) == len({(f.row, f.field) for f in before.findings if f.row})


@pytest.mark.parametrize("kind", ["plain", "rich", "commented"])
def test_marking_up_twice_is_marking_up_once(kind: str, tmp_path: Path) -> None:
    once = marked(made(kind, tmp_path))
    twice = marked(once)
    one, two = (openpyxl.load_workbook(path) for path in (once, twice))
    assert two.sheetnames == one.sheetnames
    for name in one.sheetnames:
        texts = [
            {c.coordinate: c.comment.text for row in b[name].iter_rows() for c in row if c.comment}
            for b in (one, two)
        ]
        assert texts[0] == texts[1]
        colours = [
            {c.coordinate: c.fill.fgColor.rgb for row in b[name].iter_rows() for c in row}
            for b in (one, two)
        ]
        assert colours[0] == colours[1]


def test_a_mended_cell_is_neither_yellow_nor_commented_any_more(tmp_path: Path) -> None:
    once = marked(plain(tmp_path / "return.xlsx"))
    book = openpyxl.load_workbook(once)
    book["AS Data"]["L2"].value = date(2025, 4, 20)
    book["AS Data"]["F3"].value = "WBRI"
    mended = tmp_path / "mended.xlsx"
    book.save(mended)
    sheet = openpyxl.load_workbook(marked(mended))["AS Data"]
    for at in ("L2", "F3"):
        assert sheet[at].fill.fgColor.rgb != YELLOW_CELL
        assert sheet[at].comment is None
    assert sheet["G3"].fill.fgColor.rgb == YELLOW_CELL


def test_it_is_whole_as_a_file(tmp_path: Path) -> None:
    """Every part is declared, every relation leads somewhere, no format is beyond the last."""
    for kind in KINDS:
        folder = tmp_path / kind
        folder.mkdir()
        with zipfile.ZipFile(marked(made(kind, folder))) as file:
            names = file.namelist()
            assert max(Counter(names).values()) == 1
            types = file.read("[Content_Types].xml").decode()
            for name in names:
                extension = name.rpartition(".")[2]
                assert f'PartName="/{name}"' in types or re.search(
                    rf'Extension="{extension}"', types, re.IGNORECASE
                ), name
            styles = file.read("xl/styles.xml").decode()
            body = re.search(
                r"<(?:x:)?cellXfs[^>]*count=\"(\d+)\"[^>]*>(.*?)</(?:x:)?cellXfs>",
                styles,
                re.DOTALL,
            )
            assert body
            assert len(re.findall(r"<(?:x:)?xf\s", body[2])) == int(body[1])
            used = [
                int(n)
                for name in names
                if "worksheets/" in name and name.endswith(".xml")
                for n in re.findall(rb'<(?:x:)?c [^>]*\bs="(\d+)"', file.read(name))
            ]
            assert max(used) < int(body[1])
            shapes = [
                shape
                for name in names
                if name.endswith(".vml")
                for shape in re.findall(rb'<v:shape [^>]*id="(\w+)"', file.read(name))
            ]
            assert len(shapes) == len(set(shapes))


def test_a_workbook_without_formats_gets_some(tmp_path: Path) -> None:
    path = plain(tmp_path / "return.xlsx")

    def change(name: str, part: bytes) -> bytes:
        if name.endswith("workbook.xml.rels") or name == "[Content_Types].xml":
            return re.sub(rb"<(Relationship|Override)[^>]*styles[^>]*/>", b"", part)
        if name == "xl/styles.xml":
            return b""
        return re.sub(rb' s="\d+"', b"", part) if "worksheets/" in name else part

    repacked(path, change, {})
    sheet = openpyxl.load_workbook(marked(path))["AS Data"]
    assert sheet["F3"].fill.fgColor.rgb == YELLOW_CELL


def test_beyond_a_number_of_comments_a_cell_is_yellow_and_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notes, "MOST", 2)
    path = plain(tmp_path / "return.xlsx")
    book = openpyxl.load_workbook(marked(path))
    cells = [cell for row in book["AS Data"].iter_rows() for cell in row]
    yellow = [cell for cell in cells if cell.fill.fgColor.rgb == YELLOW_CELL]
    assert len(yellow) > 2
    assert sum(cell.comment is not None for cell in cells) == 2
    assert f"{len(yellow) - 2} cells are yellow but have no comment" in book["Findings"]["A4"].value
