"""A good release, sabotaged in one place: the attacker must say so."""

import pandas as pd
import pytest

from measures.attack import attack
from tests.small_tables import model, published, row

# Two agencies and two groups hidden crosswise: nothing can be subtracted.
TABLE = [[3, 40, 14], [50, 60, 70], [4, 30, 15], [80, 55, 44]]
SECOND = (3, 11)  # the rows of the hidden 14 and 15


def hidden(figures: pd.DataFrame, *rows: int) -> pd.DataFrame:
    figures = figures.copy()
    figures.loc[list(rows), "status"] = "c"
    figures.loc[list(rows), "value"] = float("nan")
    return figures


@pytest.fixture
def good() -> pd.DataFrame:
    return hidden(published(TABLE, 10), *SECOND)


def test_the_good_release_stands(good: pd.DataFrame) -> None:
    assert attack(model(good)) == []


def test_a_second_suppression_taken_off_is_told(good: pd.DataFrame) -> None:
    good.loc[3, ["status", "value"]] = ["ok", 14.0]  # the first agency's other hidden group
    assert {(b.cell[6], b.least) for b in attack(model(good))} == {("Agency 0", 3)}


def test_totals_unrounded_under_a_rounded_pattern_are_told() -> None:
    table = [[3, 40], [50, 60]]
    assert attack(model(hidden(published(table, 10), 2))) == []
    told = attack(model(hidden(published(table, 1), 2)))
    assert {(b.cell[6], b.least, b.most) for b in told} == {
        ("Agency 0", 3, 3),
        ("Agency 0", 40, 40),
    }


def test_a_percentage_too_many_is_told() -> None:
    whole = row("England", "England", 40, 10, measure="csc_referral_rate", statistic="denominator")
    part = row("England", "England", 12, 10, measure="csc_referral_rate", statistic="numerator")
    share = part | {"statistic": "percent", "value": 30.0, "lower": 18.0, "upper": 46.0}
    plain = pd.DataFrame([whole, hidden_row(part)])
    assert attack(model(plain)) == []
    told = attack(model(pd.DataFrame([whole, hidden_row(part), share | {"rounded_to": 1}])))
    assert [(b.cell[1], b.least, b.most) for b in told] == [("csc_referral_rate", 11, 13)]


def hidden_row(line: dict[str, object]) -> dict[str, object]:
    return line | {"status": "c", "value": float("nan")}
