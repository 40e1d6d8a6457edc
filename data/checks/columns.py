"""The checks on one field, derived from `data.tables`: missing, not of its type, not a code."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from data.checks.check import Check, Hit
from data.checks.rows import Rows
from data.checks.values import EARLIEST, LATEST, read_code, read_date
from data.geography import authorities
from data.submission import ErrorValue, Value, as_text
from data.tables import Field, Kind, Level

MISSING = Check("missing", "Missing", "Please fill it in.")
NO_DATE_AT_ALL = Check(
    "no_stage_date",
    "No match, placement, order or contact date",
    "Please give at least one of C8, C9, C10 and C11.",
)
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
    MISSING,
    NO_DATE_AT_ALL,
    NOT_A_DATE,
    ISO_DATE,
    SERIAL_NUMBER,
    EXCEL_ERROR,
    UNKNOWN_CODE,
    SUPERSEDED,
)
_BY_NAME = {check.name: check for check in CHECKS}
_STAGES = ("C8", "C9", "C10", "C11")


def _values(rows: Rows, name: str) -> list[Value]:
    column = rows.submission.columns.get(name)
    return list(column.values) if column else [None] * len(rows)


def _is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _why(name: str, shown: str, day: date | None) -> str:
    if name == NOT_A_DATE.name:
        return f"{shown!r} cannot be read as a date"
    if day is None:
        return f"{shown!r} is an error value, so the date is unknown"
    return f"{shown!r} is read as {day:%d/%m/%Y}"


def _read_dates(rows: Rows, field: Field) -> Iterator[Hit]:
    values = _values(rows, field.name)
    # Nearly every value is a date cell: those are converted at once, the rest one by one.
    ordinals = [v.toordinal() if v.__class__ is date else 0 for v in values]
    days = np.array(ordinals, np.int64) - date(1970, 1, 1).toordinal()
    found = days.astype("datetime64[D]")
    plain = (found >= np.datetime64(EARLIEST)) & (found <= np.datetime64(LATEST))
    found[~plain] = np.datetime64("NaT")
    blank = np.fromiter(map(_is_blank, values), np.bool_, len(rows))
    for index in np.flatnonzero(~plain & ~blank).tolist():
        value = values[index]
        day, name = read_date(value, rows.submission.dates_from_1904)
        if day is not None:
            found[index] = day
        if name:
            level = field.unreadable if name == NOT_A_DATE.name else Level.QUERY
            why = _why(name, as_text(value) or "", day)
            yield Hit(_BY_NAME[name], level, index, field.name, why)
    rows.dates[field.name], rows.blank[field.name] = found, blank
    rows.doubted[field.name] = ~blank & np.isnat(found)


def _read_texts(rows: Rows, field: Field) -> Iterator[Hit]:
    values = _values(rows, field.name)
    rows.blank[field.name] = np.fromiter(map(_is_blank, values), np.bool_, len(rows))
    found = np.full(len(rows), None, np.object_)
    meanings = field.codes.meanings if field.codes else None
    for index in np.flatnonzero(~rows.blank[field.name]).tolist():
        value = values[index]
        if isinstance(value, ErrorValue):
            level = field.needed.level if field.needed else Level.QUERY
            yield Hit(EXCEL_ERROR, level, index, field.name, f"{value} is an error value")
        elif meanings is None:
            found[index] = (as_text(value) or "").strip()
        elif (code := read_code(value)) in meanings:
            found[index] = code
        else:
            why = f"{as_text(value)!r} is not a code of {field.name}, so it counts as not known"
            yield Hit(UNKNOWN_CODE, Level.QUERY, index, field.name, why)
    rows.texts[field.name] = found


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


def missing(rows: Rows) -> Iterator[Hit]:
    """Yield every field that its declaration needs and the row has not got."""
    for field in rows.round.fields:
        if field.needed is None:
            continue
        wanted = rows.blank[field.name].copy()
        why = "is blank"
        if field.needed.given:
            wanted &= rows.given(*field.needed.given)
            why = f"is blank although {' or '.join(field.needed.given)} is given"
        if field.name == "C11":  # told below, as an error, where no stage is dated at all
            wanted &= rows.given(*_STAGES)
        for name in field.needed.on:
            wanted &= rows.given(name)
        for index in np.flatnonzero(wanted).tolist():
            yield Hit(MISSING, field.needed.level, index, field.name, f"{field.heading} {why}")
    in_period = (rows.dates["C10"] >= rows.start) & (rows.dates["C10"] <= rows.end)
    for index in np.flatnonzero(rows.blank["C17"] & rows.is_pre_order & in_period).tolist():
        why = "C17 Date Case Closed is blank although the order was granted in the period"
        yield Hit(MISSING, Level.QUERY, index, "C17", why)
    undated = ~rows.given(*_STAGES)
    for index in np.flatnonzero(undated).tolist():
        why = "None of C8, C9, C10 and C11 is given"
        yield Hit(NO_DATE_AT_ALL, Level.ERROR, index, "C11", why)
