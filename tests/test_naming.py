"""The names that engine and attack have for the same counts, beside other releases too."""

import numpy as np
import pandas as pd

from measures.attack import Model, Published, build
from measures.breakdowns import NAMES, TOTAL
from measures.disclosure.joint import NOW
from measures.disclosure.revised import called
from measures.naming import Naming
from tests.released_tables import FLAG, GRID, OTHER, figures

FIGURES = pd.DataFrame(
    {"measure": "children_supported", "statistic": "count", "basis": "", "band": "", "flag": FLAG},
    index=[0],
)
BOTH, COME, GONE = frozenset({NOW, OTHER}), frozenset({NOW}), frozenset({OTHER})


def beside(now: list[list[int]], then: list[list[int]]) -> Model:
    """Return what the attack makes of a release beside one before it: all is shown in both."""
    pairs = zip(GRID.agencies, now, then, strict=False)
    same = {agency: 0 for agency, one, other in pairs if one == other}
    return build([Published(figures(now, set())), Published(figures(then, set()), same)])


def test_groups_of_returns_are_named_in_both_hands() -> None:
    """One agency has not changed, one has come since."""
    model = beside([[9, 20, 30], [8, 10, 20]], [[9, 20, 30], [0, 0, 0]])
    naming = Naming(FIGURES, GRID, [OTHER], [BOTH, COME])
    assert {name[0] for name in model.names} <= set(naming.releases)
    everybody = GRID.number["England", "England", *[TOTAL] * len(NAMES)]
    table = np.array([[38.0]])
    told = naming.told([([(FLAG + called(COME), everybody)], table)], model)
    assert told is not None
    (at,) = np.flatnonzero(~np.isnan(told[0]))
    assert model.names[at][0] == "0 since 1"
    assert model.names[at][5:] == ("England", "England", *[TOTAL] * len(NAMES))


def test_groups_counts_go_by_the_attacks_names() -> None:
    """Of a return sent again: what it was, what it is, and what all others are."""
    model = beside([[9, 20, 30], [8, 10, 20]], [[9, 20, 30], [8, 11, 20]])
    naming = Naming(FIGURES, GRID, [OTHER], [BOTH, COME, GONE])
    everybody = GRID.number["England", "England", *[TOTAL] * len(NAMES)]
    groups = {BOTH: 59, COME: 38, GONE: 39}
    truth = naming.of_groups({group: {FLAG: {everybody: n}} for group, n in groups.items()})
    found = {name[0]: n for name, n in truth.items() if name in model.index}
    assert found == {" only in 0 and 1": 59, " only in 0": 38, " only in 1": 39}


def test_a_return_sent_again_has_come_and_gone() -> None:
    naming = Naming(FIGURES, GRID, [OTHER], [BOTH, COME, GONE])
    model = beside([[9, 20, 30], [8, 10, 20]], [[9, 20, 30], [8, 11, 20]])
    assert {name[0] for name in model.names} <= set(naming.releases)


def test_what_the_engine_has_no_table_of_is_left_to_the_attack() -> None:
    model = beside([[9, 20, 30], [8, 10, 20]], [[9, 20, 30], [8, 10, 20]])
    assert Naming(FIGURES, GRID).told([], model) is None
