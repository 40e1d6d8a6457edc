"""The parts of a workbook file, inflated under a limit, and a file of nothing but looked-at parts.

What the parser is given is what was looked at here: two programs can read one hostile zip two ways.
"""

import re
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from data.submission import Unreadable

LARGEST = 250_000_000
"""Bytes that all parts together may unpack to: a return of 200,000 rows takes half of it."""
_MOST_PARTS = 5_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DISGUISES = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"Rar!", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"{\\rtf", "a text document"),
)
_WITHIN = (
    ("EncryptedPackage", ""),
    ("xl/workbook.bin", "an Excel binary workbook (.xlsb)"),
    ("word/", "a Word document"),
    ("ppt/", "a PowerPoint presentation"),
    ("mimetype", "an OpenDocument file"),
    ("Index/", "an Apple Numbers file"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8|us-ascii)""", re.IGNORECASE)
_AS_XLSX = "open it in a spreadsheet program and save it as an Excel workbook (.xlsx)."
DAMAGED = "The file is damaged or was cut short: save it again, and send the new copy."


def is_zip(data: bytes) -> bool:
    """Return whether the file begins as every `.xlsx` does."""
    return data.startswith(b"PK")


def refuse_disguise(data: bytes) -> None:
    """Raise `Unreadable` for a file that is plainly something else, whatever its name."""
    if not data.strip(b"\x00 \t\r\n"):
        raise Unreadable("The file is empty: save the return again, and send the new copy.")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unreadable(
                "The workbook is protected by a password: remove the password in Excel (File, "
                "Info, Protect Workbook, Encrypt with Password), save it and send it again."
            )
        raise Unreadable(f"The file is in an old Microsoft Office format (.xls): {_AS_XLSX}")
    for start, what in _DISGUISES:
        if data.startswith(start):
            raise Unreadable(
                f"The file is {what} and not a workbook, whatever it is called: "
                "send the Excel workbook (.xlsx) itself."
            )


class Container:
    """The parts of a workbook file by name."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Unreadable(DAMAGED) from error
        self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        entries = self._zip.infolist()
        size = sum(entry.file_size for entry in entries)
        if size > LARGEST or len(entries) > _MOST_PARTS:
            raise Unreadable(
                f"The workbook would unpack to {size / 1e6:,.0f} megabytes, more than any return: "
                "delete the empty formatted rows and whatever is not part of the return."
            )
        if len(self._entries) < len(entries):
            raise Unreadable(DAMAGED)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._entries)

    def refuse_other_documents(self) -> Unreadable:
        """Return what is wrong with a container that holds no workbook."""
        for start, what in _WITHIN:
            if what and any(name.startswith(start) for name in self._entries):
                return Unreadable(f"The file is {what} and not an Excel workbook: {_AS_XLSX}")
        return Unreadable(f"The file holds no workbook: {_AS_XLSX}")

    def part(self, name: str) -> bytes:
        """Return one part, whole, refusing XML that no spreadsheet program writes.

        `zipfile` inflates to the declared size at most, and the declared sizes were added up.
        """
        try:
            entry = self._entries[name]
            if entry.flag_bits & 1:
                raise Unreadable(
                    "The workbook is protected by a password: remove it, save the "
                    "workbook and send it again."
                )
            part = self._zip.read(entry)
        except (
            KeyError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            ValueError,
            OSError,
            RuntimeError,
            NotImplementedError,
        ) as error:
            raise Unreadable(DAMAGED) from error
        if part.startswith((b"\xff\xfe", b"\xfe\xff")) or _DECLARED.match(part) or b"\x00" in part:
            raise Unreadable(f"The workbook is not written as workbooks are (UTF-8): {_AS_XLSX}")
        if b"<!" in part and (b"<!DOCTYPE" in part or b"<!ENTITY" in part):
            raise Unreadable(
                "The workbook holds a document type declaration, which no spreadsheet program "
                f"writes and which can be misused: {_AS_XLSX}"
            )
        return part


def packed(parts: Mapping[str, bytes]) -> BytesIO:
    """Return a file in memory of these parts only."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as container:
        for name, part in parts.items():
            container.writestr(name, part)
    file.seek(0)
    return file
