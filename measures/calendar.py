"""Working days in England: Monday to Friday less bank holidays."""

from datetime import date
from functools import cache

import holidays
import numpy as np
import numpy.typing as npt
import pyarrow as pa

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
_UP = 16  # bits, for up to 65,535 days: from 1900 until 6 June 2079


@cache
def table() -> pa.Table:
    """Return one row a day from 1900 to 2100: `day`, `working` and `stamp`.

    The working days from a day to a later one, the first not counted, are the difference of their
    `working`: Friday to Monday is 1, Saturday to Sunday 0. Bank holidays are those of the
    `holidays` package for England, which needs no connection. A `stamp` says both: they are in the
    order of the days, and the difference of two holds the days between, in both bases (`days_of`).
    """
    free = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST.year, LAST.year + 1))
    days = np.arange(np.datetime64(FIRST), np.datetime64(LAST) + 1)
    working = np.cumsum(np.is_busday(days, holidays=np.array(list(free), "datetime64[D]")))
    stamp = (working << _UP) + np.arange(len(days))
    return pa.table(
        {"day": days, "working": working.astype(np.int32), "stamp": stamp.astype(np.uint32)}
    )


def stamp(day: date) -> int:
    """Return the stamp of a day."""
    found: int = table()["stamp"][(day - FIRST).days].as_py()
    return found


def days_of(span: npt.NDArray[np.integer], basis: str) -> npt.NDArray[np.integer]:
    """Return the days of differences of stamps, calendar or working."""
    return span >> _UP if basis == "working_days" else span & (2**_UP - 1)
