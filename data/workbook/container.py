"""The parts of a workbook file, inflated under a limit, and a file of nothing but looked-at parts.

What the parser is given is what was looked at here: two programs can read one hostile zip two ways.
"""

import re
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from data.submission import Unreadable
from data.workbook.disguise import AS_XLSX

LARGEST = 250_000_000
"""Bytes that all parts together may unpack to: a return of 200,000 rows takes half of it."""
DAMAGED = (
    "The workbook is damaged or was cut short: open it in a spreadsheet program, save it again, "
    "and send the new copy."
)
_MOST_PARTS = 5_000
_OTHER_ENCODING = re.compile(
    rb"""<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8|us-ascii)""", re.IGNORECASE
)
_BROKEN = (
    *(KeyError, EOFError, ValueError, OSError, RuntimeError, NotImplementedError),
    *(zipfile.BadZipFile, zlib.error),
)


def is_zip(data: bytes) -> bool:
    """Return whether the file begins as every `.xlsx` does."""
    return data.startswith(b"PK")


class Container:
    """The parts of a workbook file by name."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise Unreadable(DAMAGED) from error
        entries = self._zip.infolist()
        size = sum(entry.file_size for entry in entries)
        if size > LARGEST or len(entries) > _MOST_PARTS:
            raise Unreadable(
                f"The workbook would unpack to {size / 1e6:,.0f} megabytes, more than any return: "
                "delete the empty formatted rows and whatever is not part of the return."
            )
        self._entries = {entry.filename: entry for entry in entries}
        if len(self._entries) < len(entries):
            raise Unreadable(DAMAGED)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._entries)

    def part(self, name: str) -> bytes:
        """Return one part, whole, refusing XML that no spreadsheet program writes."""
        try:
            part = self._inflated(self._entries[name])
        except _BROKEN as error:
            raise Unreadable(DAMAGED) from error
        if (
            part.startswith((b"\xff\xfe", b"\xfe\xff"))
            or _OTHER_ENCODING.match(part)
            or b"\x00" in part
        ):
            raise Unreadable(f"The workbook is not written as workbooks are (UTF-8): {AS_XLSX}")
        if b"<!" in part and (b"<!DOCTYPE" in part or b"<!ENTITY" in part):
            raise Unreadable(
                "The workbook holds a document type declaration, which no spreadsheet program "
                f"writes and which can be misused: {AS_XLSX}"
            )
        return part

    def raw(self, name: str) -> bytes:
        """Return one part as it is, to be copied and not to be read."""
        try:
            return self._inflated(self._entries[name])
        except _BROKEN as error:
            raise Unreadable(DAMAGED) from error

    def _inflated(self, entry: zipfile.ZipInfo) -> bytes:
        """Return a part of the declared size: the declared sizes were added up, so it must hold."""
        if entry.flag_bits & 1:
            raise Unreadable(
                "The workbook is protected by a password: remove it, save the workbook and send "
                "it again."
            )
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise NotImplementedError
        with self._zip.open(entry) as file:
            part = file.read(entry.file_size)  # read() alone inflates all, whatever was declared
        if len(part) < entry.file_size:
            raise EOFError
        return part


def packed(parts: Mapping[str, bytes]) -> BytesIO:
    """Return a file in memory of these parts only."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as container:
        for name, part in parts.items():
            container.writestr(name, part)
    file.seek(0)
    return file
