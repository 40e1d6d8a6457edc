"""England's working days, counted one by one, and its bank holidays by the rules that make them."""

from datetime import date, timedelta
from functools import cache

ONE = timedelta(days=1)
MONDAY, FRIDAY, SATURDAY = 0, 4, 5
# Days that were moved, and days of their own: each year's own proclamation.
MOVED = {
    date(2002, 5, 27): date(2002, 6, 4),
    date(2012, 5, 28): date(2012, 6, 4),
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}
ONCE = {
    date(1999, 12, 31),  # millennium
    date(2002, 6, 3),  # golden jubilee
    date(2011, 4, 29),  # royal wedding
    date(2012, 6, 5),  # diamond jubilee
    date(2022, 6, 3),  # platinum jubilee
    date(2022, 9, 19),  # state funeral
    date(2023, 5, 8),  # coronation
}


def easter(year: int) -> date:
    """Easter Sunday (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * ell) // 451
    month, day = divmod(h + ell - 7 * m + 114, 31)
    return date(year, month, day + 1)


def first_monday(year: int, month: int) -> date:
    day = date(year, month, 1)
    while day.weekday() != MONDAY:
        day += ONE
    return day


def last_monday(year: int, month: int) -> date:
    day = date(year, month, 31)
    while day.weekday() != MONDAY:
        day -= ONE
    return day


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The days off of a year; one on a weekend moves to the next weekday that is not one yet."""
    sunday = easter(year)
    mondays = [first_monday(year, 5), last_monday(year, 5), last_monday(year, 8)]
    found = {MOVED.get(day, day) for day in mondays} | {sunday - 2 * ONE, sunday + ONE}
    found |= {day for day in ONCE if day.year == year}
    fixed = [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)]
    found |= {day for day in fixed if day.weekday() < SATURDAY}
    for day in fixed:
        if day.weekday() >= SATURDAY:
            while day.weekday() >= SATURDAY or day in found:
                day += ONE  # noqa: PLW2901
            found.add(day)
    return frozenset(found)


def is_working_day(day: date) -> bool:
    return day.weekday() <= FRIDAY and day not in bank_holidays(day.year)


@cache
def _up_to() -> dict[date, int]:
    """The working days from 1 January 1996 up to each day."""
    found, counted, day = {}, 0, date(1996, 1, 1)
    while day < date(2040, 1, 1):
        counted += is_working_day(day)
        found[day] = counted
        day += ONE
    return found


def working_days(first: date, last: date) -> int:
    """The working days after the first day, up to and with the last."""
    return _up_to()[last] - _up_to()[first]
