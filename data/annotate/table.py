"""The findings as a CSV file that no spreadsheet program runs anything of."""

import csv
from io import StringIO

from data.checks.run import Checked

_COLUMNS = ("row", "contact", "field", "value", "level", "check", "message", "explanation", "sheet")
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe(value: str | int | None) -> str | int:
    """Return a value that is not read as a formula: an apostrophe before what would begin one."""
    if not isinstance(value, str):
        return "" if value is None else value
    value = value.replace("\x00", "\ufffd")
    return f"'{value}" if value.lstrip(" ").startswith(_STARTS) or value[:1].isspace() else value


def findings_csv(checked: Checked) -> bytes:
    """Return a line a finding, in the order of the workbook, in UTF-8 as Excel knows it."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    for finding in checked.findings:
        said = finding.as_json()
        writer.writerow([safe(said[name]) for name in _COLUMNS])
    return file.getvalue().encode("utf-8-sig", "replace")
