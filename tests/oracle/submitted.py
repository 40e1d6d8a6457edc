"""The round as submitted: workbooks typed and sorted into used and left out without the checks.

It knows what made-up workbooks hold, and no more: whoever writes dates as a number is not read.
"""

from datetime import date, datetime
from pathlib import Path

from data.rounds import Round as Declared
from data.workbook import read
from tests.oracle.children import Row, authorities
from tests.oracle.ethnicities import ETHNICITIES
from tests.oracle.events import DATES
from tests.oracle.figures import Round

FIELDS = tuple(f"C{number}" for number in range(1, 18))
CODES = {
    "C5": set("0123456789"),
    "C6": set(ETHNICITIES),
    "C7": {"0", "1"},
    "C16": {"0", "1"},
}
UNREADABLE = object()


def _date(value: object) -> object:
    if isinstance(value, datetime):
        return value.date()
    if value is None or value == "" or isinstance(value, date):
        return value or None
    for written in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(str(value), written).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return UNREADABLE


def _text(value: object) -> str | None:
    text = f"{value:g}" if isinstance(value, float) else str("" if value is None else value)
    return text.strip() or None


def _typed(name: str, value: object) -> object:
    if name in (*DATES, "C4"):
        return _date(value)
    text = _text(value)
    if name in ("C2", "C3") or text is None:
        return text
    known = CODES.get(name) or authorities().keys()
    return text.upper() if text.upper() in known else None


def _is_used(row: Row, taken: set[str]) -> bool:
    """Whether no finding on the row is an error, by the list of checks."""
    stages = [row[name] for name in ("C8", "C9", "C10", "C11")]
    if not row["C2"] or not row["C3"] or row["C3"] in taken:
        return False
    if UNREADABLE in stages or not any(stages):
        return False
    born = row["C4"]
    dated = isinstance(born, date)
    return not (dated and any(row[name] and row[name] < born for name in ("C8", "C11")))


def submitted(paths: list[Path], declared: Declared) -> Round:
    """The used rows of some workbooks, one an agency, and what they say of themselves."""
    round_ = Round(declared.start, declared.end, declared.agencies, [], {}, {})
    for path in paths:
        return_ = read(path)
        columns = {name: return_.columns[name].values for name in FIELDS}
        taken: set[str] = set()
        for values in zip(*columns.values(), strict=True):
            row = {name: _typed(name, v) for name, v in zip(FIELDS, values, strict=True)}
            if _is_used(row, taken):
                known = {n: None if v is UNREADABLE else v for n, v in row.items()}
                round_.rows.append({"agency": return_.agency, **known})
            taken.add(row["C3"])
        given = (_text(value) for name in ("C8", "C9") for value in columns[name])
        round_.returned[return_.agency] = any(given)
        for kind, children in return_.agreements.items():
            round_.agreements[return_.agency, kind.lower()] = int(children)
    return round_
