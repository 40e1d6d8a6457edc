"""Broken, disguised and hostile files: one clear sentence each, nothing else, and quickly."""

import os
import time
import tracemalloc
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from data.submission import ErrorValue, Submission, Unreadable
from data.workbook import read

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>'
    '<sheet name="AS Data" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship '
    f'Id="r1" Type="{RELATED}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
SHEET = "xl/worksheets/sheet1.xml"
HEADINGS = '<row r="1">' + "".join(
    f'<c r="{letter}1" t="inlineStr"><is><t>C{number}</t></is></c>'
    for number, letter in enumerate("ABCD", 1)
)
HEADINGS += "</row>"


def container(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return file.getvalue()


def sheet(rows: str, start: str = "", headings: str = HEADINGS) -> bytes:
    xml = f'<worksheet xmlns="{MAIN}">{start}<sheetData>{headings}{rows}</sheetData></worksheet>'
    return container({**PARTS, SHEET: xml})


def refused(data: bytes, words: str, name: str = "return.xlsx") -> None:
    """Refuse the file in one sentence, soon and without much memory."""
    tracemalloc.start()
    began = time.perf_counter()
    with pytest.raises(Unreadable, match=words) as raised:
        read(data, name)
    took, (_, peak) = time.perf_counter() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    sentence = str(raised.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert len(sentence) < 300
    assert took < 10
    assert peak < 300_000_000


def values(data: bytes) -> Submission:
    return read(data, "return.xlsx")


ROW = '<row r="2"><c r="B2"><v>7</v></c><c r="C2" t="str"><v>K</v></c></row>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\x00" * 5_000, "is empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0JFIF", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, r"old .*\.xls"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        (b"<html><table><tr><td>C1</td></tr></table></html>", "not an Excel workbook"),
        (b"C1,C2,C3\n1,2,3\n", "not an Excel workbook"),
        (os.urandom(3) + b"\xfe" * 5_000, "not an Excel workbook"),
        (b"PK\x03\x04", "damaged or was cut short"),
        (b"PK\x05\x06" + b"\x00" * 18, "holds no workbook"),
        (container({"word/document.xml": "<w/>"}), "Word"),
        (container({"ppt/presentation.xml": "<p/>"}), "PowerPoint"),
        (container({"xl/workbook.bin": b"\x00"}), "xlsb"),
        (container({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "OpenDoc"),
        (container({"holiday.jpg": b"\xff"}), "holds no workbook"),
    ],
)
def test_something_else_by_that_name(data: bytes, words: str) -> None:
    refused(data, words)


def test_no_such_file_and_no_file(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no such file"):
        read(tmp_path / "return.xlsx")
    with pytest.raises(Unreadable, match="folder"):
        read(tmp_path)
    with pytest.raises(Unreadable):
        read(Path("a\x00b.xlsx"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such things here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "return.xlsx")
    with pytest.raises(Unreadable, match="no such file"):
        read(tmp_path / "return.xlsx")


def test_cut_short_and_garbled_anywhere() -> None:
    data = sheet(ROW)
    for length in range(4, len(data) - 1, 7):
        refused(data[:length], "damaged|cut short|no workbook")
    for place in range(0, len(data), 11):
        garbled = data[:place] + bytes([data[place] ^ 0x5A]) + data[place + 1 :]
        try:
            read(garbled, "return.xlsx")
        except Unreadable as refusal:
            assert "\n" not in str(refusal)  # noqa: PT017


@pytest.mark.parametrize("part", [*PARTS, SHEET])
def test_a_part_that_is_missing_or_broken(part: str) -> None:
    whole = {**PARTS, SHEET: f"<worksheet><sheetData>{HEADINGS}{ROW}</sheetData></worksheet>"}
    for broken in ("<a><b></a>", "", "\x00\x01", "<!DOCTYPE a><a/>", "\ufeff<", "<a/>" * 3):
        try:
            values(container({**whole, part: broken}))
        except Unreadable as refusal:
            assert "\n" not in str(refusal)  # noqa: PT017
    try:
        values(container({name: xml for name, xml in whole.items() if name != part}))
    except Unreadable as refusal:
        assert "\n" not in str(refusal)  # noqa: PT017


def test_zip_bomb() -> None:
    refused(container({**PARTS, SHEET: bytes(300_000_000)}), "megabytes")


def test_zip_bomb_that_declares_a_small_size() -> None:
    data = bytearray(container({**PARTS, SHEET: bytes(300_000_000)}))
    size = (300_000_000).to_bytes(4, "little")
    while (place := data.find(size)) >= 0:
        data[place : place + 4] = (1_000).to_bytes(4, "little")
    refused(bytes(data), "damaged")


def test_zip_with_one_name_twice() -> None:
    file = BytesIO(sheet(ROW))
    with zipfile.ZipFile(file, "a") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr(SHEET, "<worksheet/>")
    refused(file.getvalue(), "damaged")


def test_a_password_on_the_zip_itself() -> None:
    data = bytearray(sheet(ROW))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 4)
    refused(bytes(data), "password")


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]>',
        '<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd">',
    ],
)
@pytest.mark.parametrize("part", [*PARTS, SHEET, "xl/sharedStrings.xml", "xl/styles.xml"])
def test_entities(declaration: str, part: str) -> None:
    xml = f"<worksheet><sheetData>{HEADINGS}{ROW}</sheetData></worksheet>"
    whole: dict[str, str | bytes] = {**PARTS, SHEET: xml}
    before = str(whole.get(part, "<a/>"))
    refused(container({**whole, part: declaration + before}), "document type declaration")
    for encoding in ("utf-16", "utf-16-le"):
        coded = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}{before}'.encode(encoding)
        refused(container({**whole, part: coded}), "UTF-8")


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        '<row r="200001"><c r="A200001"><v>1</v></c></row>',
        '<row r="2"><c r="XFD2"><v>1</v></c></row>',
        '<row r="2"><c r="xfd2"><v>1</v></c></row>',
        '<row r="2"><c r="XFD2" s="/>"><v>1</v></c></row>',
        '<row r="2"><c r = "XFD2"><v>1</v></c></row>',
        "<row r='2'><c r='XFD2'><v>1</v></c></row>",
        '<row r="2"><c r="A2" r=\'XFD2\'><v>1</v></c></row>',
        '<row r="2"><c r="A2"/ r=\'XFD2\'><v>1</v></c></row>',
        '<row r="2"><c\tr="XFD2"><v>1</v></c></row>',
        f'<x:row xmlns:x="{MAIN}" r="2"><x:c r="XFD2"><x:v>1</x:v></x:c></x:row>',
        '<row r="2"><c r="A99999999999"><v>1</v></c></row>',
        '<row r="2"><c r="ZZZZZZZZ2"><v>1</v></c></row>',
        '<row r="90000"><c r="MM90000"><v>1</v></c></row>',
        '<row r="900000000"><c><v>1</v></c></row>',
        '<row r="2">' + "<c><v>1</v></c>" * 600 + "</row>",
        "<row/>" * 200_001 + "<row><c><v>1</v></c></row>",
    ],
)
def test_a_million_columns_or_rows(rows: str) -> None:
    refused(sheet(rows), "reaches to column|damaged")


def test_the_far_cell_is_named() -> None:
    refused(
        sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        '"AS Data" reaches to column XFD and row 1,048,576',
    )


@pytest.mark.parametrize("dimension", ["A1:XFD1048576", "A1", "Z9:A1"])
def test_a_dimension_that_lies(dimension: str) -> None:
    submission = values(sheet(ROW, f'<dimension ref="{dimension}"/>'))
    assert submission.rows == [2]
    assert submission.columns["C2"].values == [7]


@pytest.mark.parametrize("dimension", ["garbage", "", "A1:"])
def test_a_dimension_that_is_none(dimension: str) -> None:
    try:
        assert values(sheet(ROW, f'<dimension ref="{dimension}"/>')).rows == [2]
    except Unreadable as refusal:
        assert "\n" not in str(refusal)  # noqa: PT017


def test_formatted_empty_cells_out_there_do_not_count() -> None:
    far = '<row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576" s="1"/></row>'
    assert values(sheet(ROW + far)).rows == [2]


def test_cells_without_references() -> None:
    rows = '<row><c/><c><v>7</v></c><c t="e"><v>#N/A</v></c></row><row/><row><c><v>1</v></c></row>'
    submission = values(sheet(rows))
    assert submission.rows == [2, 4]
    assert submission.columns["C2"].values == [7, None]
    assert isinstance(submission.columns["C3"].values[0], ErrorValue)


def test_names_with_a_prefix() -> None:
    rows = ROW.replace("<c", "<x:c").replace("</c", "</x:c").replace("row", "x:row")
    rows = rows.replace("<v>", "<x:v>").replace("</v>", "</x:v>")
    rows = rows.replace("<x:row", f'<x:row xmlns:x="{MAIN}"')
    assert values(sheet(rows)).columns["C2"].values == [7]


def test_strict_open_xml() -> None:
    strict = {
        name: part.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
            RELATED, "http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, part in {
            **PARTS,
            SHEET: f'<worksheet xmlns="{MAIN}"><sheetData>{HEADINGS}{ROW}</sheetData></worksheet>',
        }.items()
    }
    assert values(container({**strict})).rows == [2]


@pytest.mark.parametrize("number", ["NaN", "1e999", "-1e999"])
def test_numbers_that_are_none(number: str) -> None:
    submission = values(sheet(f'<row r="2"><c r="B2"><v>{number}</v></c></row>'))
    assert isinstance(submission.columns["C2"].values[0], ErrorValue)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B2" t="s"><v>7</v></c>',
        '<c r="B2" t="s"><v>-1</v></c>',
        '<c r="B2" t="zz"><v>7</v></c>',
        '<c r="B2" t="d"><v>not a day</v></c>',
        '<c r="B2" s="99999"><v>7</v></c>',
        '<c r="2B"><v>7</v></c>',
        '<c r=""><v>7</v></c>',
        '<c r="B0"><v>7</v></c>',
        '<c r="B2"><v>7</v>',
        '<c r="B2"><is><t>&nothing;</t></is></c>',
    ],
)
def test_cells_that_make_no_sense(cell: str) -> None:
    try:
        values(sheet(f'<row r="2">{cell}</row>'))
    except Unreadable as refusal:
        assert "\n" not in str(refusal)  # noqa: PT017


def test_an_extremely_long_cell() -> None:
    rows = f'<row r="2"><c r="B2" t="str"><v>{"x" * 5_000_000}</v></c></row>'
    refused(sheet(rows), "Cell B2 holds 5,000,000 characters")


def test_too_many_sheets() -> None:
    sheets = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, 60))
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>{sheets}</sheets></workbook>'
    refused(container({**PARTS, "xl/workbook.xml": book, SHEET: "<worksheet/>"}), "59 sheets")


def test_a_sheet_that_points_outside() -> None:
    relations = PARTS["xl/_rels/workbook.xml.rels"].replace(
        "worksheets/sheet1.xml", "../../../../etc/hostname"
    )
    refused(container({**PARTS, "xl/_rels/workbook.xml.rels": relations}), "damaged")


def test_any_part_may_be_called_a_sheet() -> None:
    far = f"<worksheet><sheetData>{HEADINGS}" + '<row r="9"><c r="XFD9"><v>1</v></c></row>'
    far += "</sheetData></worksheet>"
    book = PARTS["xl/workbook.xml"].replace(
        "<sheets>", '<sheets><sheet name="AS Data" sheetId="2" r:id="r2"/>'
    )
    relations = PARTS["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="r2" Type="{RELATED}/worksheet" Target="styles.xml"/></Relationships>',
    )
    near = f"<worksheet><sheetData>{HEADINGS}{ROW}</sheetData></worksheet>"
    refused(
        container(
            {
                **PARTS,
                "xl/workbook.xml": book,
                "xl/_rels/workbook.xml.rels": relations,
                "xl/styles.xml": far,
                SHEET: near,
            }
        ),
        "reaches to column",
    )


@pytest.mark.parametrize("main", ["xl/workbook2.xml", "xl/Workbook.xml", "book/workbook.xml"])
def test_the_main_part_by_another_name(main: str) -> None:
    folder, _, name = main.partition("/")
    parts = {
        "_rels/.rels": PARTS["_rels/.rels"].replace("xl/workbook.xml", f"/{main}"),
        main: PARTS["xl/workbook.xml"],
        f"{folder}/_rels/{name}.rels": PARTS["xl/_rels/workbook.xml.rels"],
        f"{folder}/worksheets/sheet1.xml": f"<worksheet><sheetData>{HEADINGS}{ROW}</sheetData>"
        "</worksheet>",
    }
    assert values(container({**parts})).rows == [2]
    assert values(container({n.replace("/", "\\"): x for n, x in parts.items()})).rows == [2]


def test_a_file_larger_than_any_return(tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(Unreadable, match="200 megabytes"):
        read(path)
    with pytest.raises(Unreadable, match="200 megabytes"):
        read(bytes(200_000_000), "return.csv")
