"""Two releases of one period, attacked together, against every table that could be behind both."""

from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from measures.attack import Broken, Published, attack, build
from measures.attack.attacking import CONTRADICTION
from measures.attack.revisions import SINCE
from tests.small_tables import THRESHOLD, row

Children = npt.NDArray[np.int8]
"""By region (two, and none that is known): what stays, what went and what came; 9 columns."""
MOST = 14  # no England of these tables is printed as more than 10
STAYS, WENT, CAME = slice(0, 3), slice(3, 6), slice(6, 9)
REGIONS = ("London", "North West")


def _everything(*, late: bool) -> Children:
    """Return every table of one agency that stays and one that changes, or has only come late.

    Where it changes, one region has to do: there are too many tables of two.
    """
    second = range(MOST + 1 if late else 1)
    ways = [way for way in product(range(MOST + 1), second, range(MOST + 1)) if sum(way) <= MOST]
    splits = np.array(ways, np.int8)
    total = splits.sum(axis=1)
    found = []
    for stays, n in zip(splits, total, strict=True):
        some = splits[total <= MOST - n]
        went = splits[total == 0] if late else some
        pairs = np.hstack([np.repeat(went, len(some), axis=0), np.tile(some, (len(went), 1))])
        found.append(np.hstack([np.tile(stays, (len(pairs), 1)), pairs]))
    return np.concatenate(found)


def counts(tables: Children) -> dict[tuple[str, str, str], npt.NDArray[np.int64]]:
    """Return what each table has, by release, level and place."""
    stays, went, came = (tables[..., part].astype(np.int64) for part in (STAYS, WENT, CAME))
    found = {}
    for release, other, name in (("0", came, "Came"), ("1", went, "Went")):
        found[release, "Agency", "Stays"] = stays.sum(axis=-1)
        found[release, "Agency", name] = other.sum(axis=-1)
        for at, region in enumerate(REGIONS):
            found[release, "Region", region] = (stays + other)[..., at]
        found[release, "England", "England"] = (stays + other).sum(axis=-1)
    return found


def unit(level: str) -> int:
    return 1 if level == "Agency" else 10


def figures(table: Children, release: str, *, late: bool) -> pd.DataFrame:
    rows = []
    for (of, level, place), n in counts(table).items():
        if of == release and not (late and place == "Went"):
            # The agency that has sent again goes by one name.
            agency = "Changed" if place in {"Went", "Came"} else place
            rows.append(row(level, agency, int(n), unit(level)))
    return pd.DataFrame(rows)


def printed(tables: Children, truth: Children) -> npt.NDArray[np.bool_]:
    """Return which tables are published as the truth is; a hidden count is just not nought."""
    same = np.ones(len(tables), np.bool_)
    true = counts(truth)
    for name, n in counts(tables).items():
        said, to = int(true[name]), unit(name[1])
        if said == 0:
            same &= n == 0
        elif said <= THRESHOLD:
            same &= n >= 1
        else:
            rounded = (2 * n + to) // (2 * to) == (2 * said + to) // (2 * to)
            same &= rounded & (n > THRESHOLD)
    return same


EVERY = {late: _everything(late=late) for late in (True, False)}


def attacked(truth: Children, *, late: bool) -> list[Broken]:
    now, then = (figures(truth, release, late=late) for release in ("0", "1"))
    return attack(build([Published(now), Published(then, {"Stays": 0})]))


@settings(max_examples=40)
@given(st.lists(st.sampled_from((0, 1, 2, 3, 6, 9)), min_size=9, max_size=9), st.booleans())
def test_two_releases_give_away_what_every_table_behind_them_has(
    cells: list[int], late: bool
) -> None:
    truth = np.array(cells, np.int8)
    truth[WENT if late else slice(1, 9, 3)] = 0
    for part in (WENT, CAME):
        while truth[STAYS].sum() + truth[part].sum() > MOST:  # nobody is printed as 20
            truth[np.argmax(truth)] -= 1
    tables = EVERY[late]
    tables = tables[printed(tables, truth)]
    assert (tables == truth).all(axis=1).any()
    ends = counts(tables)
    hidden = {name: n for name, n in counts(truth).items() if 1 <= n <= THRESHOLD}
    expected = {name for name in hidden if np.ptp(ends[name]) < 3}
    found = attacked(truth, late=late)
    ways = {("0", "Changed"): "Came", ("1", "Changed"): "Went"}
    told = {
        (one.cell[0], one.cell[5], ways.get((one.cell[0], one.cell[6]), one.cell[6]))
        for one in found
        if SINCE not in one.cell[0]
    }
    # What stays is one count, told where it was first shown.
    assert {name for name in expected if name[::2] != ("1", "Stays")} == told


def test_no_more_came_to_a_region_than_came_at_all() -> None:
    """London had nobody before the late agency came, whose children are 3 at most."""
    truth = np.array([0, 5, 6, 0, 0, 0, 2, 0, 1], np.int8)
    found = {one.cell[5:7]: (one.least, one.most) for one in attacked(truth, late=True)}
    assert found["Region", "London"] == (1, 3)


def broken_down(
    returns: dict[str, Children], unit_of_wide: int, hide: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Return figures of returns by region, disability and gender; genders hidden in some places."""
    places = [("Agency", agency, own.sum(axis=0)) for agency, own in returns.items()]
    every = sum(own.astype(np.int64) for own in returns.values())
    places += [("Region", region, every[at]) for at, region in enumerate(REGIONS)]
    places.append(("England", "England", every.sum(axis=0)))
    rows = []
    for level, place, here in places:
        to = 1 if level == "Agency" else unit_of_wide
        rows.append(row(level, place, int(here.sum()), to))
        for at, value in enumerate(("Yes", "No")):
            rows.append(row(level, place, int(here[at].sum()), to, disability=value))
        for at, value in enumerate(("Male", "Female")):
            one = row(level, place, int(here[:, at].sum()), to, gender=value)
            gone = {"value": float("nan"), "status": "c"} if place in hide else {}
            rows.append(one | gone)
    return pd.DataFrame(rows)


def test_what_is_in_both_releases_is_a_count_too() -> None:
    """In London nobody is disabled, so the one girl or boy fewer there is of the other."""
    stays = np.array([[[0, 0], [5, 14]], [[10, 10], [10, 10]]], np.int8)
    went = np.array([[[0, 0], [1, 0]], [[10, 10], [0, 0]]], np.int8)
    came = np.array([[[0, 0], [0, 0]], [[10, 10], [0, 0]]], np.int8)
    now = broken_down({"Stays": stays, "Changed": came}, 1, hide=REGIONS)
    then = broken_down({"Stays": stays, "Changed": went}, 1)
    found = attack(build([Published(now), Published(then, {"Stays": 0})]))
    assert {("London", 5, 6), ("London", 13, 14)} <= {
        (one.cell[6], one.least, one.most) for one in found
    }


small_return = st.lists(st.integers(0, 9), min_size=8, max_size=8).map(
    lambda cells: np.array(cells, np.int8).reshape(2, 2, 2)
)


@settings(max_examples=30)
@given(st.lists(small_return, min_size=6, max_size=6), st.data())
def test_the_truth_is_never_ruled_out(returns: list[Children], data: st.DataObject) -> None:
    """Three releases, each with one of two returns of every agency, or none."""
    agencies = ("A", "B", "C")
    which = st.sampled_from((0, 1, None))
    sent = [dict(zip(agencies, data.draw(st.tuples(*[which] * 3)), strict=True)) for _ in range(3)]
    sent = [{agency: k for agency, k in of.items() if k is not None} for of in sent]
    assume(all(sent))
    of = dict(zip(((a, k) for a in agencies for k in (0, 1)), returns, strict=True))
    releases = []
    for number, one in enumerate(sent):
        pairs = [(agency, before) for before, other in enumerate(sent[:number]) for agency in other]
        same = {a: k for a, k in reversed(pairs) if a in one and sent[k][a] == one[a]}
        tables = {agency: of[agency, k] for agency, k in one.items()}
        releases.append(Published(broken_down(tables, 10), same))
    assert [one for one in attack(build(releases)) if one.why == CONTRADICTION] == []
