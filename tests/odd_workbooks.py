"""Workbooks of odd kinds, for the tests that mark them up: what people do to a return."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment

from data.submission import Value
from data.tables import DATES, FIELDS

NAMES = [field.name for field in FIELDS]
_CHILD: dict[str, Value] = {
    "C1": 330, "C4": date(2015, 1, 1), "C5": 1, "C6": "WBRI", "C7": 0,
    "C10": date(2019, 6, 1), "C11": date(2025, 4, 10), "C16": 0,
}  # fmt: skip
# Row by row: allocated before the contact; an unknown code and a blank; not a date; fine; blank.
ROWS: list[dict[str, Value]] = [
    {**_CHILD, "C2": "A1", "C3": "K1", "C12": date(2025, 4, 1)},
    {**_CHILD, "C2": "A2", "C3": "K2", "C6": "XXXX", "C7": None},
    {**_CHILD, "C2": "A3", "C3": "K3", "C11": "mid June"},
    {**_CHILD, "C2": "A4", "C3": "K4"},
    {},
    {**_CHILD, "C2": "A5", "C3": "K5", "C1": "ZZZ"},
]


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\x00\x12\x43\x6d")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def rich(path: Path, sheet: str = "AS Data", *, date_1904: bool = False) -> Path:
    """Everything a spreadsheet program offers, on the sheets of a return."""
    with xlsxwriter.Workbook(path, {"date_1904": date_1904}) as book:
        said = book.add_worksheet("Instructions")
        said.write("A1", "Agency name")
        said.write("B1", "Adopt Birmingham", book.add_format({"italic": True}))
        for row, kind in enumerate(("Direct", "Indirect", "Virtual"), 2):
            said.write(row, 0, kind)
            said.write(row, 1, 4)
        said.insert_image("D1", "dot.png", {"image_data": io.BytesIO(_png())})
        data = book.add_worksheet(sheet)
        striped = book.add_format({"bg_color": "#DDEBF7", "border": 1, "font_color": "#990000"})
        dated = book.add_format({"num_format": "dd/mm/yyyy", "align": "center"})
        data.set_column("D:D", 13, dated)
        data.set_column("T:T", None, None, {"hidden": True})
        data.write_row(0, 0, ["Return of the quarter"])
        data.merge_range("C1:F1", "title", striped)
        data.write_row(1, 0, [field.heading for field in FIELDS], book.add_format({"bold": True}))
        data.write(1, 17, "Explanation")
        data.write(1, 18, "=SUM(A3:A4)", None, 660)
        for number, row in enumerate(ROWS, 2):
            data.set_row(number, 21, striped if number == 3 else None)
            for place, name in enumerate(NAMES):
                value = row.get(name)
                if name in DATES and hasattr(value, "year"):
                    data.write_datetime(number, place, value, dated)
                elif isinstance(value, str):
                    data.write_string(number, place, value)
                elif value is not None:
                    data.write_number(number, place, value)
        data.write_rich_string(2, 18, "part ", book.add_format({"bold": True}), "bold")
        data.write_comment("C3", "Asked the family on Monday.", {"author": "Ann"})
        data.write_comment("A2", "Codes of the DfE.", {"author": "Ann"})
        data.data_validation("E3:E99", {"validate": "list", "source": ["1", "2"]})
        data.conditional_format("A3:A99", {"type": "duplicate", "format": striped})
        data.conditional_format("B3:B99", {"type": "data_bar", "data_bar_2010": True})
        data.insert_button("V3", {"macro": "go", "caption": "Press"})
        data.freeze_panes(2, 3)
        data.autofilter("A2:Q9")
        data.set_header("&CThe return")
        data.protect("secret")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": f"='{sheet.replace(chr(39), chr(39) * 2)}'!$A$3:$A$6"})
        data.insert_chart("V9", chart)
        other = book.add_worksheet("Findings")
        other.write("A1", "What we found at the last audit")
        hidden = book.add_worksheet("Hidden")
        hidden.hide()
        book.define_name("Total", "=Hidden!$A$1")
    return path


def plain(path: Path, *, headings: int = 1) -> Path:
    """A return as the made-up ones are: two sheets, few formats."""
    book = openpyxl.Workbook()
    said = book.worksheets[0]
    said.title = "Instructions"
    for line in (("Agency name", "Adopt Birmingham"), ("Email address", "a@b.example")):
        said.append(line)
    for kind in ("Direct", "Indirect", "Virtual"):
        said.append([kind, 4])
    data = book.create_sheet("AS Data")
    for place, field in enumerate(FIELDS, 1):
        data.cell(headings, place, field.heading)
    for number, row in enumerate(ROWS, headings + 1):
        for place, name in enumerate(NAMES, 1):
            data.cell(number, place, row.get(name))
    book.save(path)
    return path


def repacked(path: Path, change: Callable[[str, bytes], bytes], more: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path) as old:
        parts = {name: change(name, old.read(name)) for name in old.namelist()} | more
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in ((n, c) for n, c in parts.items() if c):
            new.writestr(name, content)
    return path


def with_macros(path: Path) -> Path:
    """A workbook with macros, which are bytes that nobody but Excel understands."""
    plain(path)
    macros = b"\xd0\xcf\x11\xe0\x00 not read by anybody \x00"
    main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

    def change(name: str, part: bytes) -> bytes:
        if name == "[Content_Types].xml":
            part = part.replace(main, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
            made = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
            return part.replace(b"</Types>", made + b"</Types>")
        return part

    return repacked(path, change, {"xl/vbaProject.bin": macros})


def prefixed(path: Path) -> Path:
    """A workbook as some libraries write it: every name with a prefix."""
    plain(path)

    def change(name: str, part: bytes) -> bytes:
        if not name.startswith("xl/w") and name != "xl/styles.xml":
            return part
        if name.endswith(".rels"):
            return part
        part = re.sub(rb"<(/?)(?=[A-Za-z])(?![\w]+:)", rb"<\1x:", part)
        return part.replace(b"xmlns=", b"xmlns:x=", 1)

    return repacked(path, change, {})


def unnumbered(path: Path) -> Path:
    """A workbook whose rows and cells do not say where they are."""
    plain(path)

    def change(name: str, part: bytes) -> bytes:
        if "worksheets/" not in name or name.endswith(".rels"):
            return part
        part = re.sub(rb"(<row)[^>]*>", rb"\1>", part)
        return re.sub(rb'(<c) r="[A-Z]+\d+"', rb"\1", part)

    return repacked(path, change, {})


def commented(path: Path) -> Path:
    """Comments of the sender on doubted cells, one rich, one of an author without a name."""
    plain(path)
    book = openpyxl.load_workbook(path)
    data = book["AS Data"]
    data["L2"].comment = Comment("The worker was there before: she knew the family.", "Ann")
    data["F3"].comment = Comment("<script>alert(1)</script> & =cmd()", "")
    book.save(path)
    return path


def quoted(path: Path) -> Path:
    """A sheet whose name has an apostrophe."""
    plain(path)
    book = openpyxl.load_workbook(path)
    book["AS Data"].title = "Ann's & Bob's return"
    book.save(path)
    return path


def old_dates(path: Path) -> Path:
    return rich(path, date_1904=True)


KINDS: dict[str, Callable[[Path], Path]] = {
    "rich": rich,
    "plain": plain,
    "macros": with_macros,
    "prefixed": prefixed,
    "unnumbered": unnumbered,
    "commented": commented,
    "quoted": quoted,
    "dates from 1904": old_dates,
}
