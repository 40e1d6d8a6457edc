"""Working days in England: Monday to Friday less bank holidays."""

from datetime import date

import holidays
import numpy as np
import pyarrow as pa

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)


def table() -> pa.Table:
    """Return one row a day from 1900 to 2100: `day`, and `working`, the working days up to it.

    The working days from a day to a later one, the first not counted, are the difference of their
    `working`: Friday to Monday is 1, Saturday to Sunday 0. Bank holidays are those of the
    `holidays` package for England, which needs no connection.
    """
    free = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST.year, LAST.year + 1))
    days = np.arange(np.datetime64(FIRST), np.datetime64(LAST) + 1)
    working = np.is_busday(days, holidays=np.array(list(free), "datetime64[D]"))
    return pa.table({"day": days, "working": np.cumsum(working).astype(np.int32)})
