"""Files that are something else, whatever their name says."""

from collections.abc import Iterable

from data.submission import Unreadable

AS_XLSX = "open it in a spreadsheet program and save it as an Excel workbook (.xlsx)."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"Rar!", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"{\\rtf", "a text document"),
)
_PARTS = (
    ("xl/workbook.bin", "an Excel binary workbook (.xlsb)"),
    ("word/", "a Word document"),
    ("ppt/", "a PowerPoint presentation"),
    ("mimetype", "an OpenDocument file"),
    ("Index/", "an Apple Numbers file"),
)


def refuse(data: bytes) -> None:
    """Raise `Unreadable` for a file that is empty or plainly something else."""
    if not data[:1_000_000].strip(b"\x00 \t\r\n") and not data.strip(b"\x00 \t\r\n"):
        raise Unreadable("The file is empty: save the return again, and send the new copy.")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unreadable(
                "The workbook is protected by a password: remove the password in Excel (File, "
                "Info, Protect Workbook, Encrypt with Password), save it and send it again."
            )
        raise Unreadable(f"The file is in an old Microsoft Office format (.xls): {AS_XLSX}")
    for beginning, what in _BEGINNINGS:
        if data.startswith(beginning):
            raise Unreadable(
                f"The file is {what} and not a workbook, whatever it is called: send the Excel "
                "workbook (.xlsx) itself."
            )


def without_workbook(names: Iterable[str]) -> Unreadable:
    """Return what to say of a container of these parts, which hold no workbook."""
    parts = tuple(names)
    for beginning, what in _PARTS:
        if any(name.startswith(beginning) for name in parts):
            return Unreadable(f"The file is {what} and not an Excel workbook: {AS_XLSX}")
    return Unreadable(f"The file holds no workbook: {AS_XLSX}")
