"""The made-up country: plausible enough to try everything on, and never to be taken for real."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from data.geography import authorities
from data.rounds import BY_KEY, PILOT, ROUNDS, Round
from data.sample import MARK, make, rows
from data.tables import DATES, FIELDS

ORDERED = (
    ("C4", "C8"), ("C4", "C10"), ("C8", "C9"), ("C9", "C10"), ("C10", "C11"), ("C11", "C12"),
    ("C12", "C13"), ("C13", "C14"), ("C14", "C15"), ("C8", "C17"), ("C10", "C17"), ("C15", "C17"),
    ("C14", "C17"), ("C12", "C17"),
)  # fmt: skip


@cache
def country(key: str = PILOT.key) -> pd.DataFrame:
    return pd.concat(rows(BY_KEY[key]), ignore_index=True)


@cache
def contacts() -> pd.DataFrame:
    made = country()
    return made[made["C11"].notna()]


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read(path: Path) -> tuple[list[list[Any]], list[list[Any]]]:
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["Instructions", "AS Data"]
    instructions, submitted = map(book.get_sheet_by_name, book.sheet_names)
    return instructions.to_python(), submitted.to_python()


def test_the_same_seed_gives_the_same_files_and_another_seed_others(tmp_path: Path) -> None:
    first = make(tmp_path / "first", agencies=2, scale=0.05)
    again = make(tmp_path / "again", agencies=2, scale=0.05)
    other = make(tmp_path / "other", agencies=2, scale=0.05, seed=2)
    assert [path.name for path in first] == ["adopt-birmingham.xlsx", "adopt-coast-to-coast.xlsx"]
    assert [*map(fingerprint, first)] == [*map(fingerprint, again)]
    assert fingerprint(first[0]) != fingerprint(other[0])


def test_every_workbook_says_that_it_is_made_up(tmp_path: Path) -> None:
    for path in make(tmp_path, scale=0.02):
        instructions, submitted = read(path)
        assert [MARK, ""] in instructions
        assert str(instructions[4][1]).endswith(".example")
        children = [row[1] for row in submitted[1:]]
        assert children
        assert all(str(child).startswith("MADE-UP") for child in children)


def test_cells_are_what_agencies_send(tmp_path: Path) -> None:
    (path,) = make(tmp_path, agencies=1, scale=0.2)
    book = openpyxl.load_workbook(path)
    headings, *submitted = book["AS Data"].iter_rows(values_only=True)
    assert list(headings) == [field.heading for field in FIELDS]
    assert [book["Instructions"].cell(row, 1).value for row in (4, 5, 7, 8, 9, 10)] == [
        "Agency name", "Email address", "C0 Supported Contact Agreements", "Direct", "Indirect",
        "Virtual",
    ]  # fmt: skip
    birth_dates = [row[3] for row in submitted if row[3] is not None]
    assert sum(hasattr(day, "year") for day in birth_dates) > 0.9 * len(birth_dates)


def test_a_few_agencies_stay_silent_unless_more_are_asked_for(tmp_path: Path) -> None:
    assert country()["agency"].nunique() == len(PILOT.agencies) - 3 == 29
    assert len(list(rows(agencies=32, scale=0.01))) == 32
    few = pd.concat(rows(agencies=3))
    everyone = country()[country()["agency"].isin(few["agency"].unique())]
    assert len(few) == len(everyone), "an agency's return does not hang on who else returns"
    for wrong in (0, 33):
        with pytest.raises(ValueError, match="1 to 32 agencies"):
            make(tmp_path, agencies=wrong)


def test_progress_tells_each_agency(tmp_path: Path) -> None:
    told: list[tuple[Any, ...]] = []
    make(tmp_path, agencies=2, scale=0.01, progress=lambda *words: told.append(words))
    assert told == [(1, 2, "Adopt Birmingham"), (2, 2, "Adopt Coast to Coast")]


def test_sizes_and_scale() -> None:
    assert 13_500 < len(contacts()) < 16_500
    children = country().groupby("agency", observed=True)["C2"].nunique()
    assert children.min() < 60
    assert children.max() > 1000
    half = sum(len(frame) for frame in rows(scale=0.5))
    assert 0.45 < half / len(country()) < 0.55
    without_pre_order = country().groupby("agency", observed=True)["C8"].count() == 0
    assert 2 <= without_pre_order.sum() <= 8
    assert 0.22 < country()["C8"].notna().mean() < 0.38


def test_authorities_are_real_and_mostly_the_agencys_own() -> None:
    agencies = country()["C1"].astype(str).map(lambda code: authorities()[code].agency)
    assert 0.01 < (agencies != country()["agency"].astype(str)).mean() < 0.1
    superseded = country()["C1"].astype(str).map(lambda code: bool(authorities()[code].successors))
    assert 0 < superseded.sum() < 0.01 * len(country())
    within_three_years = contacts()["C11"] - contacts()["C10"] < pd.Timedelta(days=3 * 365)
    live = within_three_years & ~superseded
    assert (agencies == country()["agency"].astype(str))[contacts().index][live].all()


@pytest.mark.parametrize("round_", ROUNDS, ids=lambda round_: round_.key)
def test_dates_are_in_the_order_of_the_stages(round_: Round) -> None:
    made = country(round_.key)
    wrong = {(a, b): int((made[a] > made[b]).sum()) for a, b in ORDERED}
    assert not any(wrong.values()), wrong
    start, end = pd.Timestamp(round_.start), pd.Timestamp(round_.end)
    assert made[list(DATES)].max().max() < pd.Timestamp(round_.deadline)
    assert made["C11"].max() <= end
    assert not (made["C17"] < start).any()
    assert not (made["C10"] < start)[made["C8"].notna()].any()
    known = made[["C8", "C11"]].min(axis=1)
    assert ((known - made["C4"]).dt.days < 26 * 365.25).all()


def test_identifiers_are_new_for_each_contact_and_contacts_follow_each_other() -> None:
    assert not country().duplicated(["agency", "C3"]).any()
    in_order = contacts().sort_values(["agency", "C2", "C11"])
    key = in_order["agency"].astype(str) + in_order["C2"]
    again = key == key.shift()
    assert again.sum() > 500
    assert (in_order["C17"].shift() <= in_order["C11"])[again].all()
    number = in_order["C3"].str.extract(r"-(\d)$")[0].fillna("1").astype(int)
    assert (number.diff() == 1)[again].all()


def test_children_are_as_mixed_as_adopted_children_are() -> None:
    ethnicity = country()["C6"].astype(str).str[0].value_counts(normalize=True)
    assert 0.7 < ethnicity["W"] < 0.85
    assert 0.03 < ethnicity["R"] + ethnicity["N"] < 0.07
    london = contacts()["agency"].astype(str).str.contains("London")
    white = contacts()["C6"].astype(str).str.startswith("W")
    assert white[london].mean() < white[~london].mean() - 0.1
    assert 0.1 < (country()["C7"] == "1").mean() < 0.35
    siblings = contacts().duplicated(["agency", "C10", "C11"], keep=False)
    assert 0.15 < siblings.mean() < 0.45


def test_waits_and_referrals_differ_by_agency() -> None:
    wait = (contacts()["C12"] - contacts()["C11"]).dt.days
    medians = wait.groupby(contacts()["agency"], observed=True).median()
    assert medians.min() < 5
    assert medians.max() > 20
    referred = (contacts()["C16"] == "1").groupby(contacts()["agency"], observed=True).mean()
    assert 0.1 < contacts()["C16"].eq("1").mean() < 0.25
    assert referred.max() - referred.min() > 0.06


def test_most_returns_have_a_few_problems_and_some_have_none(tmp_path: Path) -> None:
    untidy = {}
    for path in make(tmp_path, scale=0.4):
        submitted = read(path)[1][1:]
        doubled = len(submitted) - len({row[2] for row in submitted})
        blank = sum("" in row[3:7] for row in submitted)
        typed = sum(
            isinstance(row[column], str) and row[column] != ""
            for row in submitted
            for column in (3, 10, 11)
        )
        backwards = sum(
            hasattr(row[10], "year") and hasattr(row[11], "year") and row[11] < row[10]
            for row in submitted
        )
        untidy[path.stem] = (doubled + blank + typed + backwards) / len(submitted)
    without = [name for name, share in untidy.items() if share == 0]
    assert 3 <= len(without) <= 10
    assert max(untidy.values()) < 0.05


def test_rows_are_typed() -> None:
    made = next(rows(scale=0.1))
    assert list(made) == ["agency", *(field.name for field in FIELDS)]
    assert all(made[name].dtype.kind == "M" for name in DATES)
