"""Reading one submitted value as a date, a code, an identifier or a count.

Each reader returns the value, or None and the name of what is wrong with it; months are never
guessed.
"""

import re
from datetime import date, datetime, timedelta

from data.submission import ErrorValue, Value, as_text

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
_UK = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?\Z")
_NUMBER = re.compile(r"\d{1,6}(?:\.\d+)?\Z")
_QUOTED = 60

Dated = tuple[date | None, str | None]


def from_serial(serial: float, from_1904: bool) -> date | None:
    """Return the date a spreadsheet serial number stands for, None outside 1900 to 2100.

    Less than a day is a time and no date. Before 1 March 1900 Excel's default system is a day out,
    since it has a 29 February 1900.
    """
    if not 1 <= serial < 80_000:
        return None
    if from_1904:
        day = date(1904, 1, 1) + timedelta(days=int(serial))
    else:
        day = date(1899, 12, 30) + timedelta(days=int(serial) + (serial < 60))
    return day if day <= LATEST else None


def _calendar_day(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None


def read_date(value: Value, from_1904: bool = False) -> Dated:
    """Return a date and the name of the check it raises: `iso_date`, `serial_number`, or neither.

    Unreadable text is `not_a_date`; an Excel error value is `excel_error`.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return (value, None) if EARLIEST <= value <= LATEST else (None, "not_a_date")
    if isinstance(value, ErrorValue):
        return None, "excel_error"
    if isinstance(value, str):
        text = value.strip()
        if uk := _UK.match(text):
            found = _calendar_day(uk[3], uk[2], uk[1])
            return found, None if found else "not_a_date"
        if iso := _ISO.match(text):
            found = _calendar_day(iso[1], iso[2], iso[3])
            return found, "iso_date" if found else "not_a_date"
        value = float(text) if _NUMBER.match(text) else None
    if isinstance(value, float | int) and not isinstance(value, bool):
        found = from_serial(value, from_1904)
        return found, "serial_number" if found else "not_a_date"
    return None, "not_a_date"


def quoted(value: Value) -> str:
    """Return a submitted value in quotation marks, as much of it as fits into a sentence."""
    text = as_text(value) or ""
    return repr(text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…")


def read_code(value: Value) -> str:
    """Return a submitted code trimmed, in upper case, `1.0` as `1`."""
    text = (as_text(value) or "").strip().upper()
    return text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text


def read_count(value: Value) -> int | None:
    """Return a whole number from 0 up, None for anything else."""
    if isinstance(value, str):
        text = value.strip().replace(",", "").removesuffix(".0")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None
    if isinstance(value, float | int) and not isinstance(value, bool):
        return int(value) if value == value // 1 and 0 <= value < 10_000_000 else None
    return None
