"""Who a row is about: the values of every breakdown, from a row's submitted codes and dates."""

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tests.oracle.ethnicities import ETHNICITIES, GROUPS

Row = dict[str, Any]

AGES = (
    ("0 to 4", 0, 4),
    ("5 to 10", 5, 10),
    ("11 to 15", 11, 15),
    ("16 to 17", 16, 17),
    ("18 to 25", 18, 25),
)
VALUES = {
    "ethnicity_group": (*GROUPS,),
    "ethnicity": (*ETHNICITIES.values(), "Not known"),
    "disability": ("Yes", "No", "Not recorded"),
    "gender": ("Male", "Female", "Another gender identity", "Not known"),
    "age": (*(name for name, _, _ in AGES), "Not known"),
    "stage": ("Pre-order", "Post-order"),
}


@cache
def authorities() -> dict[str, dict[str, str]]:
    path = Path(__file__).parents[2] / "data" / "reference" / "local_authorities.csv"
    with path.open(encoding="utf-8-sig") as file:
        return {row["la_code"]: row for row in csv.DictReader(file)}


def region(code: object) -> str | None:
    """The region of an authority, of a superseded one through its successor."""
    found = authorities().get(str(code))
    if found and found["successor_codes"]:
        found = authorities()[found["successor_codes"].split(";")[0]]
    return found["region"] or None if found else None


@cache
def regions_of(agency: str) -> set[str]:
    """The regions in which an agency has an authority."""
    live = [each for each in authorities().values() if not each["successor_codes"]]
    return {each["region"] for each in live if each["agency"] == agency and each["region"]}


def whole_years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _age(row: Row, end: date) -> str:
    """On the contact, else the match, else the placement: the first of them that has happened."""
    dates = (row[name] for name in ("C11", "C8", "C9"))
    day = next((each for each in dates if each and each <= end), None)
    if not day or not row["C4"]:
        return "Not known"
    years = whole_years(row["C4"], day)
    return next((name for name, low, high in AGES if low <= years <= high), "Not known")


def _stage(row: Row, end: date) -> str:
    """By what has happened by the end; where nothing has, by what the row says will.

    A row of an order alone is after it.
    """
    given = {name for name in ("C8", "C9", "C11") if row[name]}
    happened = {name for name in given if row[name] <= end} or given
    return "Pre-order" if happened and "C11" not in happened else "Post-order"


def characteristics(row: Row, end: date) -> dict[str, str]:
    """The value of every breakdown."""
    genders = {"1": "Male", "2": "Female"} | dict.fromkeys("3456789", "Another gender identity")
    groups = {code: group for group, codes in GROUPS.items() for code in codes}
    return {
        "ethnicity_group": groups.get(row["C6"], "Not known"),
        "ethnicity": ETHNICITIES.get(row["C6"], "Not known"),
        "disability": {"1": "Yes", "0": "No"}.get(row["C7"], "Not recorded"),
        "gender": genders.get(row["C5"], "Not known"),
        "age": _age(row, end),
        "stage": _stage(row, end),
    }
