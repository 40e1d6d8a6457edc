"""How far the cells of a sheet reach, and its error values, seen in the sheet's XML.

The parser makes a full grid from A1 to the last cell: one stray cell in the last corner would ask
for all the memory there is, and an error value it does not know would cost the whole sheet.
"""

import re
from io import BytesIO

from defusedxml.ElementTree import (  # type: ignore[import-untyped]
    ParseError,
    iterparse,
)

from data.submission import Unreadable
from data.workbook.grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, letter

_FAR = re.compile(rb'r="([A-Za-z]{2,}|(?=[A-Za-z]\d{6})[A-Za-z])(\d+)"')
_EMPTY = re.compile(rb'(?:\s+\w+="[^"<>]*")*\s*/>')
_ERROR = re.compile(rb"""(\st\s*=\s*)(["'])e\2(?=[^<>]*>)""")
_REFERENCE = re.compile(r"([A-Za-z]+)(\d+)")


def _column(letters: str) -> int:
    number = 0
    for each in letters[:8].upper():
        number = number * 26 + ord(each) - ord("A") + 1
    return number


def _ordinary(xml: bytes) -> bool:
    """Return whether every cell begins as all the common programs write it: `<c r="`."""
    start, end = xml.find(b"<sheetData"), xml.rfind(b"</sheetData")
    if start < 0:
        return xml.find(b"sheetData") < 0
    start += len(b"<sheetData")
    return (
        xml.count(b"<c", start, end) == xml.count(b'<c r="', start, end)
        and xml.find(b":c", start, end) < 0
        and xml.find(b"<!", start, end) < 0
        and xml.find(b"sheetData", start, end) < 0
    )


def _extent(xml: bytes) -> tuple[int, int]:
    """Return an upper bound of the rows and columns in use, exact beyond Z and row 99,999."""
    rows, columns = 99_999, 26
    for found in _FAR.finditer(xml):
        if not _EMPTY.match(xml, found.end()):
            rows = max(rows, int(found[2][:12]))
            columns = max(columns, _column(found[1].decode()))
    return rows, columns


def _walked_extent(xml: bytes) -> tuple[int, int]:
    """Return the same from a walk through the whole sheet, for one that is written unusually."""
    rows = columns = row = column = 0
    try:
        for event, element in iterparse(BytesIO(xml), events=("start", "end"), forbid_dtd=True):
            tag = element.tag.rpartition("}")[2]
            if event == "end":
                if tag == "row":
                    element.clear()
                continue
            if tag == "row":
                row, column = int(element.get("r", row + 1)), 0
            elif tag == "c":
                found = _REFERENCE.fullmatch(element.get("r", ""))
                column = _column(found[1]) if found else column + 1
                rows = max(rows, int(found[2]) if found else row)
                columns = max(columns, column)
    except (ParseError, ValueError, LookupError) as error:
        raise Unreadable(
            "The workbook is damaged or was cut short: save it again, and send the new copy."
        ) from error
    return rows, columns


def checked(xml: bytes, sheet: str) -> bytes:
    """Return the XML of a sheet, safe to parse, its error values marked as the texts they show."""
    rows, columns = _extent(xml) if _ordinary(xml) else _walked_extent(xml)
    if (
        rows > MOST_ROWS
        or columns > MOST_COLUMNS
        or (rows > 99_999 and rows * columns > MOST_CELLS)
    ):
        raise Unreadable(
            f'"{sheet}" reaches to column {letter(columns - 1)} and row {rows:,}, further than any '
            "return: delete the rows below the return and the columns to its right."
        )
    return _ERROR.sub(rb'\1"str"', xml)
