"""A release beside one of a longer or shorter period: what is only in the longer stays unknown."""

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from measures.attack import LATER, Broken, Published, attack, build
from measures.disclosure.joint import Beside
from measures.disclosure.linked import Refused
from measures.disclosure.linker import Linker
from measures.disclosure.nested import nested
from measures.disclosure.together import Before
from tests.released_tables import GRID, OTHER, POLICY, Table, counts, figures, hidden, shown, tables


def beside(then: Table, *, within: bool) -> Before:
    """Return what a release of another period means for one of now."""
    gone = hidden(then, Before())
    names = {(flag + OTHER, cell) for flag, cell in counts(then)}
    own = {(flag + OTHER, cell) for flag, cell in gone}
    other = shown(then, name=OTHER)
    return Before(frozenset(own), frozenset(names - own), Beside(overlapping=[(other, within)]))


def found(now: Table, then: Table, known: Before, *, within: bool) -> list[Broken]:
    """Return what both releases together give away."""
    first = Published(figures(then, hidden(then, Before())))
    second = Published(figures(now, hidden(now, known)))
    return attack(build([second], [(first, within)]))


@settings(max_examples=60)
@given(tables, st.data(), st.booleans())
def test_nothing_follows_from_two_periods(now: Table, data: st.DataObject, within: bool) -> None:
    """A half-year beside its year, or the year beside its half."""
    few = st.integers(0, 8)
    other = [
        [max(n - data.draw(few), 0) if within else n + data.draw(few) for n in line] for line in now
    ]
    known = beside(other, within=within)
    try:
        broken = found(now, other, known, within=within)
    except Refused:
        reject()  # seldom: where all were refused, this would fail
    assert broken == []


YEAR = [[9, 21, 14], [12, 28, 9], [13, 35, 12]]
HALF = [[9, 18, 14], [12, 28, 9], [11, 35, 12]]


def test_alone_the_year_would_give_away_who_came_later() -> None:
    """What it is about: all counts of both are shown, and two children come out of one agency."""
    alone = found(YEAR, HALF, Before(), within=True)
    assert {one.cell[2] for one in alone} == {f"count{LATER}"}
    assert found(YEAR, HALF, beside(HALF, within=True), within=True) == []


def test_a_place_that_has_less_in_the_longer_period_says_nothing() -> None:
    linker = Linker(GRID, POLICY)
    less = [[8, 18, 14], *YEAR[1:]]
    year, half = (
        linker.add(one.counts, one.days, None, one.name)
        for one in (shown(less), shown(HALF, name=OTHER))
    )
    before = len(linker.linking.sums)
    nested(linker, half, year)
    of = {
        GRID.cells["geography"][linker.linking.names[whole[0]][1]]
        for whole, _ in linker.linking.sums[before:]
    }
    assert of == {"England", *GRID.agencies[1:3]}
