"""The gate: what it takes apart, what it remembers, what overlapping releases say together."""

from pathlib import Path

import pandas as pd
import pytest

from data.rounds import PILOT
from data.warehouse import opened
from measures import contained
from measures.attack import Published, apart, relations
from measures.compute import compute
from measures.figures import COUNTED, exact
from measures.gate import Gate
from tests.small_tables import model, published

TABLE = [[20, 30], [40, 50]]


def test_what_held_is_not_attacked_again_until_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Gate({})
    assert gate.broken(published(TABLE, 1)) == []

    def attacked(*_: object, **__: object) -> None:
        raise AssertionError("attacked again")

    monkeypatch.setattr("measures.gate.attack", attacked)
    assert gate.broken(published(TABLE, 1)) == []
    with pytest.raises(AssertionError, match="attacked again"):
        gate.broken(published([[20, 31], [40, 50]], 1))


def test_a_model_is_taken_apart_where_no_sum_connects_it() -> None:
    whole = model(published(TABLE, 1))
    alone = whole.add(("0", "another", *[""] * 11), 1, 9)
    whole.hidden.append(alone)
    large, small = apart(whole)
    assert (len(large.names), len(large.sums)) == (len(whole.names) - 1, len(whole.sums))
    assert (small.names, small.hidden, small.least, small.most) == (
        [whole.names[alone]],
        [0],
        [1],
        [9],
    )


@pytest.mark.parametrize("within", [True, False])
def test_the_year_less_the_half_year_is_a_count_as_well(within: bool) -> None:
    half, year = published(TABLE, 1), published([[23, 30], [40, 60]], 1)
    here, there = (year, half) if within else (half, year)
    found = Gate({}, overlapping=[(Published(there), within)]).broken(here)
    assert {(one.cell[6], one.cell[9], one.least) for one in found} == {
        ("Agency 0", "Total", 3),
        ("Agency 0", "Yes", 3),
        ("England", "Yes", 3),
    }


def test_of_a_place_that_corrected_its_return_nothing_follows() -> None:
    half, year = published(TABLE, 1), published([[19, 34], [43, 50]], 1)
    found = Gate({}, overlapping=[(Published(half), True)]).broken(year)
    assert {one.cell[6] for one in found} == {"Agency 1", "England"}


def hide(figures: pd.DataFrame, *counts: int) -> pd.DataFrame:
    """Return figures without those of Agency 0 that are one of some counts."""
    gone = (figures["geography"] == "Agency 0") & figures["value"].isin(counts)
    return figures.assign(
        status=figures["status"].where(~gone, "c"), value=figures["value"].where(~gone)
    )


SAME = {"Agency 0": 0, "Agency 1": 0}


def test_an_earlier_release_is_read_by_the_policy_it_was_made_under() -> None:
    """What it showed, nobody can take back; that now hides it is no reason to refuse it."""
    then = published([[7, 30], [40, 50]], 1)
    now = hide(then, 7)
    assert Gate({}, [Published(then, SAME, threshold=5)], threshold=10).broken(now) == []
    assert Gate({}, [Published(then, SAME, threshold=10)], threshold=10).broken(now) != []


def test_what_an_earlier_release_hid_may_not_be_shown_now() -> None:
    now = published([[20, 30], [40, 50]], 1)
    found = Gate({}, [Published(hide(now, 20, 30), SAME)]).broken(now)
    assert {(one.least, one.most) for one in found} == {(20, 20), (30, 30)}


def test_engine_and_attack_say_alike_which_counts_contain_which(tmp_path: Path) -> None:
    """Each has it in its own words: a mistake of one would be a disagreement."""
    with opened(tmp_path / "empty.duckdb") as connection:
        figures = exact(compute(connection, PILOT))
    kinds = figures[figures["statistic"].isin(COUNTED)][["flag", "measure", "statistic"]]
    named: dict[str, set[tuple[str, str]]] = {}
    for flag, *figure in kinds.drop_duplicates().itertuples(index=False, name=None):
        one = (str(figure[0]), str(figure[1]))
        named.setdefault(contained.SAME.get(flag, flag), set()).add(relations.SAME.get(one, one))
    assert all(len(figures) == 1 for figures in named.values())
    name = {flag: figures.pop() for flag, figures in named.items()}
    assert {
        name[part]: {name[whole] for whole in wholes} for part, wholes in contained.WITHIN.items()
    } == {part: set(wholes) for part, wholes in relations.WITHIN.items()}
    for more in ("AT_LEAST", "TIES"):
        ours, theirs = getattr(contained, more), getattr(relations, more)
        assert [[{name[f] for f in side} for side in one] for one in ours] == [
            [set(side) for side in one] for one in theirs
        ]
    assert {name[part] for part in contained.NEARLY} == set(relations.NEARLY)
    assert {frozenset(name[f] for f in pair) for pair in contained.ALIKE} == {
        frozenset(pair) for pair in relations.ALIKE
    }
