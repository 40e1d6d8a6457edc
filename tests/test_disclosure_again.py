"""A second release beside a first: the engine knows both, so that nothing follows from the two."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from measures.attack import Published, attack, build
from measures.breakdowns import NAMES, TOTAL
from measures.disclosure.joint import NOW, Beside, Shown, linked
from measures.disclosure.linked import Refused
from measures.disclosure.policy import Policy
from measures.disclosure.revised import Groups, called
from measures.disclosure.together import Before, protected_set
from tests.released_tables import (
    GRID,
    NO_DAYS,
    OTHER,
    VALUES,
    Table,
    counts,
    figures,
    hidden,
    shown,
    tables,
)


def groups(then: Table, now: Table) -> Groups:
    """Return the counts of agencies by which of the two tables has them so."""
    none = [0] * len(VALUES)
    pairs = list(zip(then, now, strict=True))
    found = {
        frozenset({NOW, OTHER}): [new if old == new else none for old, new in pairs],
        frozenset({NOW}): [new if old != new else none for old, new in pairs],
        frozenset({OTHER}): [old if old != new else none for old, new in pairs],
    }
    return {names: shown(table).counts for names, table in found.items() if any(map(any, table))}


def again(then: Table, now: Table) -> tuple[Before, pd.DataFrame, dict[str, int]]:
    """Return what a first release means for the second, its figures, and who is unchanged."""
    pairs = enumerate(zip(then, now, strict=True))
    unchanged = frozenset(GRID.agencies[k] for k, (one, other) in pairs if one == other)
    places = GRID.cells["geography"]
    same = {cell: NOW for _, cell in counts(now) if places[cell] in unchanged}
    gone = hidden(then, Before())
    names = {(flag + ("" if cell in same else OTHER), cell) for flag, cell in counts(then)}
    own = {name for name in names if (name[0].removesuffix(OTHER), name[1]) in gone}
    earlier = [shown(then, same, OTHER)]
    beside = Beside(earlier, groups=groups(then, now))
    before = Before(frozenset(gone | own), frozenset(names - own), beside)
    return before, figures(then, gone), dict.fromkeys(unchanged, 0)


@settings(max_examples=60)
@given(tables, st.data())
def test_nothing_follows_from_two_releases(now: Table, data: st.DataObject) -> None:
    """Agencies come late, or send other returns: it is released safely, or refused."""
    changed = data.draw(st.sets(st.integers(0, len(now) - 1), min_size=1, max_size=2))
    line = st.lists(st.integers(0, 12), min_size=3, max_size=3)
    then = [data.draw(line) if k in changed else line_ for k, line_ in enumerate(now)]
    assume(any(map(any, then)))
    before, first, unchanged = again(then, now)
    try:
        second = figures(now, hidden(now, before))
    except Refused:
        reject()  # seldom: where all were refused, this would fail
    assert attack(build([Published(second), Published(first, unchanged)])) == []


LATE = [[3, 21, 1], [12, 28, 9], [3, 5, 12], [0, 12, 1]]


def test_the_difference_to_an_earlier_release_gives_a_late_agency_away() -> None:
    """What it is about: an engine that knows of the first only what it hid leaves two open."""
    before, first, unchanged = again([*LATE[:-1], [0, 0, 0]], LATE)
    found = {}
    for beside in (before.beside, Beside()):
        second = figures(LATE, hidden(LATE, replace(before, beside=beside)))
        found[bool(beside.earlier)] = attack(
            build([Published(second), Published(first, unchanged)])
        )
    assert found[True] == []
    assert GRID.agencies[3] in {one.cell[6] for one in found[False]}


def test_where_nothing_is_left_to_hide_it_is_refused() -> None:
    """The first showed all, so that the late agency's only hidden count is a difference."""
    now = [[20, 30, 40], [0, 0, 3]]
    before, *_ = again([now[0], [0, 0, 0]], now)
    exact = Policy(rounding_england=1)
    everything = {name for name in counts(now) if counts(now)[name] > 5}
    before = replace(before, shown=before.shown | everything)
    with pytest.raises(Refused, match="nothing is left to hide"):
        protected_set(shown(now), before, GRID, exact)


def test_two_that_contain_a_third_still_do_where_one_is_of_nobody() -> None:
    """Of an agency sent again with no open case, active contacts are the closed ones."""
    everybody = (TOTAL,) * len(NAMES)
    england = GRID.number["England", "England", *everybody]
    one, other = (GRID.number["Agency", GRID.agencies[k], *everybody] for k in (0, 1))

    def of(cells: dict[int, tuple[int, int]]) -> dict[str, dict[int, int]]:
        cells = cells | {england: tuple(map(sum, zip(*cells.values(), strict=True)))}
        flags = ("open_at_end", "closed", "active_referral_known")
        numbers = {cell: (*both, sum(both)) for cell, both in cells.items()}
        return {flag: {c: n[k] for c, n in numbers.items()} for k, flag in enumerate(flags)}

    then, now, stays = {one: (0, 9)}, {one: (0, 8)}, {other: (30, 20)}
    both, come, gone = (frozenset(of) for of in ({NOW, OTHER}, {NOW}, {OTHER}))
    beside = Beside(
        [Shown(of(then | stays), NO_DAYS, {other: NOW}, OTHER)],
        groups={both: of(stays), come: of(now), gone: of(then)},
    )
    found = linked(Shown(of(now | stays), NO_DAYS), beside, GRID, Policy())
    active = found.names.index(("active_referral_known" + called(come), england))
    sums = found.sums[found.sums[:, [active]].nonzero()[0]]
    assert ("closed" + called(come), england) in {found.names[at] for at in sums.indices}
