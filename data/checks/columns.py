"""The checks on what a field holds, derived from `data.tables`: its type and its codes."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from data.checks.check import Check, Hit
from data.checks.rows import Mask, Rows
from data.checks.values import EARLIEST, LATEST, quoted, read_code, read_date
from data.codes import CodeSet
from data.geography import authorities
from data.submission import ErrorValue, Value, as_text
from data.tables import Field, Kind, Level

NOT_A_DATE = Check(
    "not_a_date", "Not a date", "Please give the date as DD/MM/YYYY; months are never guessed."
)
ISO_DATE = Check("iso_date", "Date written as YYYY-MM-DD", "Please write it as DD/MM/YYYY.")
SERIAL_NUMBER = Check(
    "serial_number", "A number where a date belongs", "Please format the cell as a date."
)
EXCEL_ERROR = Check(
    "excel_error", "A formula's error", "Please mend the formula or type the value."
)
UNKNOWN_CODE = Check("unknown_code", "Not a code of this field", "Please use a code of the list.")
SUPERSEDED = Check(
    "superseded_authority",
    "An authority code that is no longer used",
    "Please use the code of the authority that took over.",
)
CHECKS = (
    NOT_A_DATE,
    ISO_DATE,
    SERIAL_NUMBER,
    EXCEL_ERROR,
    UNKNOWN_CODE,
    SUPERSEDED,
)
_BY_NAME = {check.name: check for check in CHECKS}


def _values(rows: Rows, name: str) -> list[Value]:
    column = rows.submission.columns.get(name)
    return list(column.values) if column else [None] * len(rows)


def _blank(values: list[Value]) -> Mask:
    return np.array([value is None for value in values], np.bool_)


def _why(name: str, value: Value, day: date | None) -> str:
    if name == NOT_A_DATE.name:
        return f"{quoted(value)} cannot be read as a date"
    if day is None:
        return f"{quoted(value)} is an error value, so the date is unknown"
    return f"{quoted(value)} is read as {day:%d/%m/%Y}"


def _read_dates(rows: Rows, field: Field) -> Iterator[Hit]:
    values = _values(rows, field.name)
    # Nearly every value is a date cell: those are converted at once, the rest one by one.
    ordinals = [v.toordinal() if v.__class__ is date else 0 for v in values]
    days = np.array(ordinals, np.int64) - date(1970, 1, 1).toordinal()
    found = days.astype("datetime64[D]")
    plain = (found >= np.datetime64(EARLIEST)) & (found <= np.datetime64(LATEST))
    found[~plain] = np.datetime64("NaT")
    blank = _blank(values)
    for index in np.flatnonzero(~plain & ~blank).tolist():
        value = values[index]
        day, name = read_date(value, rows.submission.dates_from_1904)
        if day is not None:
            found[index] = day
        if name:
            level = field.unreadable if name == NOT_A_DATE.name else Level.QUERY
            yield Hit(_BY_NAME[name], level, index, field.name, _why(name, value, day))
    rows.dates[field.name], rows.blank[field.name] = found, blank
    rows.doubted[field.name] = (~blank & np.isnat(found)) | rows.absent(field.name)


def _read_texts(rows: Rows, field: Field) -> Iterator[Hit]:
    values = _values(rows, field.name)
    rows.blank[field.name] = blank = _blank(values)
    found = np.empty(len(rows), np.object_)
    if field.codes:
        # A code is read once and not once a row. 1 and TRUE are equal, and are not one code.
        if bool in set(map(type, values)):
            found[:] = [_code(value, field.codes) for value in values]
        else:
            codes = {value: _code(value, field.codes) for value in set(values)}
            found[:] = list(map(codes.__getitem__, values))
    else:
        found[:] = [v.strip() if v.__class__ is str else _identifier(v) for v in values]
    rows.texts[field.name] = found
    unread = _blank(found.tolist()) & ~blank
    for index in np.flatnonzero(unread).tolist():
        value = values[index]
        if isinstance(value, ErrorValue):
            # A row without its identifier is an error, whatever stands in its place.
            level = field.needed.level if field.needed else Level.QUERY
            yield Hit(EXCEL_ERROR, level, index, field.name, f"{value} is an error value")
        else:
            why = f"{quoted(value)} is not a code of {field.name}, so it counts as not known"
            yield Hit(UNKNOWN_CODE, Level.QUERY, index, field.name, why)


def _code(value: Value, codes: CodeSet) -> str | None:
    code = None if isinstance(value, ErrorValue) else read_code(value)
    return code if code in codes.meanings else None


def _identifier(value: Value) -> str | None:
    return None if isinstance(value, ErrorValue) else (as_text(value) or "").strip() or None


def read(rows: Rows) -> Iterator[Hit]:
    """Type every field of `rows` in place, yielding what cannot be read as what it should be."""
    for field in rows.round.fields:
        yield from (_read_dates if field.kind is Kind.DATE else _read_texts)(rows, field)


def superseded(rows: Rows) -> Iterator[Hit]:
    """Yield the rows with an authority code that has successors, which are named."""
    known = authorities()
    retired = {code for code, authority in known.items() if authority.successors}
    for index, code in enumerate(rows.texts["C1"].tolist()):
        if code in retired:
            heirs = " and ".join(f"{heir} ({known[heir].name})" for heir in known[code].successors)
            why = f"{code} ({known[code].name}) has been replaced by {heirs}"
            yield Hit(SUPERSEDED, Level.QUERY, index, "C1", why)
