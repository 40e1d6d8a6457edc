"""How far the cells of a sheet reach, and its error values, seen in the sheet's XML.

The parser makes a full grid from A1 to the last cell: one stray cell in the last corner would ask
for all the memory there is, and an error value it does not know would cost the whole sheet.
"""

import re
from xml.parsers.expat import ExpatError, ParserCreate

from data.submission import Unreadable
from data.workbook.container import DAMAGED
from data.workbook.grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, letter

_NEAR = (99_999, 26)
_MOST_TAGS = 4 * MOST_CELLS
# Any cell but a near one, without an error, written as all the common programs write it.
_ODD = re.compile(rb'<c(?! r="[A-Z]\d{1,5}+"(?: s="\d++")?+(?: t="(?:s|n|b|str|inlineStr)")?+/?+>)')
# A reference beyond row 99,999 or column Z.
_FAR = re.compile(rb"""r\s*=\s*["']([A-Za-z]{2,}|(?=[A-Za-z]\d{6})[A-Za-z])(\d+)["']""")
_EMPTY = re.compile(rb'(?:\s+\w+="[^"<>]*")*\s*/>')
_ERROR = re.compile(rb"""(\st\s*=\s*)(["'])e\2(?=[^<>]*>)""")
_REFERENCE = re.compile(r"([A-Za-z]+)(\d+)")


def checked(xml: bytes, sheet: str) -> bytes:
    """Return the XML of a sheet, safe to parse, its error values marked as the texts they show."""
    start, end = xml.find(b"sheetData"), xml.rfind(b"</sheetData")
    plain = xml[start - 1 : start] == b"<" and xml.find(b":c", start, end) < 0
    if start < 0 or (plain and not _ODD.search(xml, start, end)):
        return xml
    rows, columns = _extent(xml) if plain and _referenced(xml, start, end) else _walked_extent(xml)
    if rows * columns > MOST_CELLS:
        rows, columns = _walked_extent(xml)
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise Unreadable(
            f'"{sheet}" reaches to column {letter(columns - 1)} and row {rows:,}, further than any '
            "return: delete the rows below the return and the columns to its right."
        )
    return _ERROR.sub(rb'\1"str"', xml)


def _referenced(xml: bytes, start: int, end: int) -> bool:
    """Return whether every cell begins with its reference."""
    return xml.count(b"<c", start, end) == xml.count(b'<c r="', start, end)


def _extent(xml: bytes) -> tuple[int, int]:
    """Return an upper bound of the last row and column with a value."""
    rows, columns = _NEAR
    for found in _FAR.finditer(xml):
        if not _EMPTY.match(xml, found.end()):
            rows = max(rows, int(found[2][:12]))
            columns = max(columns, _column(found[1].decode()))
    return rows, columns


def _walked_extent(xml: bytes) -> tuple[int, int]:
    """Return the same exactly, from a walk through the whole sheet, which takes seconds.

    No tree is kept, and no entity is met: a document type declaration was refused before.
    """
    rows = columns = row = column = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal rows, columns, row, column
        match name.rpartition(":")[2]:
            case "row":
                row, column = int(attributes.get("r", row + 1)), 0
            case "c":
                found = _REFERENCE.fullmatch(attributes.get("r", ""))
                column = _column(found[1]) if found else column + 1
                row = int(found[2][:12]) if found else row
            case "v" | "f" | "is":
                rows, columns = max(rows, row), max(columns, column)

    if xml.count(b"<") > _MOST_TAGS:
        raise Unreadable(DAMAGED)
    parser = ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(xml, True)
    except (ExpatError, ValueError, LookupError) as error:
        raise Unreadable(DAMAGED) from error
    return rows, columns


def _column(letters: str) -> int:
    number = 0
    for each in letters[:8].upper():
        number = number * 26 + ord(each) - ord("A") + 1
    return number
