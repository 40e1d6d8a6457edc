"""A return as a text file: comma, semicolon or tab between the cells."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from data.submission import Unreadable
from data.workbook import headings
from data.workbook.grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS

DELIMITERS = (",", ";", "\t", "|")
_AGAIN = "save the sheet again as CSV UTF-8 (.csv), or send the Excel workbook."
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def decode(data: bytes) -> str:
    """Return the text, written in UTF-8, in what Excel calls Unicode text, or in Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        text = text.rstrip("\x1a")
        if not _CONTROL.search(text):
            return text
    raise Unreadable(f"The file is not text that can be read: {_AGAIN}")


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the rows as a spreadsheet program numbers them: a line break in quotes adds none."""
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    row = 0
    try:
        for row, record in enumerate(rows, 1):  # noqa: B007 - told where it failed
            yield record
    except csv.Error as error:
        raise Unreadable(
            f"Row {row + 1} of the file cannot be read, perhaps for a quotation mark that is not "
            f"closed: {_AGAIN}"
        ) from error


def _headings_found(text: str, delimiter: str) -> int:
    try:
        found = headings.find(list(islice(_records(text, delimiter), headings.LOOKED_AT)))
    except Unreadable:
        return 0
    return len(found.columns) if found else 0


def grid(data: bytes) -> list[list[str]]:
    """Return the cells of the file, divided by whatever divides its headings best."""
    text = decode(data)
    if declared := re.match(r"sep=(.)\r?\n", text):
        text, delimiter = text[declared.end() :], declared[1]
    else:
        delimiter = max(DELIMITERS, key=lambda each: _headings_found(text, each))
    rows: list[list[str]] = []
    cells = 0
    for row in _records(text, delimiter):
        rows.append(row)
        cells = max(cells, len(row) * len(rows))
        if len(row) > MOST_COLUMNS or len(rows) > MOST_ROWS or cells > MOST_CELLS:
            raise Unreadable(
                f"The file is larger than any return (row {len(rows):,} has {len(row):,} columns): "
                f"delete what is not part of the return and save it again."
            )
    return rows
