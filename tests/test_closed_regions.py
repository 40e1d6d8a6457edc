"""A region that is what its agencies are: whoever takes it for that, and rightly, is reckoned with.

Region counts are rounded, agencies' are exact: where the two are the same children, the one says
how the other must have been rounded.
"""

import pandas as pd
import pytest

from data.geography import closed_regions, regions_of
from measures.attack import Truth, named
from measures.disclosure.closed import of_closed_regions
from measures.gate import Gate
from measures.grid import Grid
from tests.small_tables import GROUPS, row

AGES = {"0 to 4": 25, "5 to 10": 54, "11 to 15": 15, "16 to 17": 1, "18 to 25": 1}
HIDDEN_HERE = {"0 to 4", "11 to 15", "16 to 17", "18 to 25"}
ALL = ("Total",) * 6


def published(elsewhere: int) -> tuple[pd.DataFrame, Truth]:
    """Publish one agency and its region, in which so many live whom another agency supports."""
    rows: list[dict[str, object]] = []
    truth = {}
    places = (("Agency", "Adopt Coast to Coast", 1, 0), ("Region", "North East", 10, elsewhere))
    for level, place, unit, more in places:
        for age, n in ({"Total": sum(AGES.values())} | AGES).items():
            count = n + (more if age in ("Total", "5 to 10") else 0)
            line = row(level, place, count, unit, age=age)
            if level == "Agency" and age in HIDDEN_HERE:
                line |= {"status": "c", "value": float("nan")}
            rows.append(line)
            groups = [str(line[name]) for name in GROUPS]
            truth[named("0", ["children_supported", "count", "", "", level, place, *groups])] = (
                count
            )
    return pd.DataFrame(rows), truth


def test_regions_are_closed_where_none_of_their_agencies_spans_two() -> None:
    assert closed_regions(["Adopt Coast to Coast"]) == {"North East": ["Adopt Coast to Coast"]}
    spanning = next(a for a in ("Adoption Connects", "Family Adoption Links") if regions_of(a))
    assert not {*regions_of(spanning)} & {*closed_regions([spanning, "Adopt Coast to Coast"])}


def test_an_agency_that_is_all_of_a_region_is_told_of_by_it() -> None:
    """25 and 15 at least are shown as 30 and 20, and 96 - 54 - 25 - 15 leaves one and one."""
    figures, truth = published(elsewhere=0)
    found = {
        (one.cell[5], one.cell[11]): (one.least, one.most) for one in Gate(truth).broken(figures)
    }
    assert found["Agency", "16 to 17"] == (1, 1)
    assert found["Agency", "18 to 25"] == (1, 1)


def test_one_child_who_lives_elsewhere_and_nobody_can_take_it_for_granted() -> None:
    figures, truth = published(elsewhere=1)
    assert Gate(truth).broken(figures) == []


@pytest.mark.parametrize("elsewhere", [0, 1])
def test_the_engine_ties_a_region_to_its_agencies_just_there(elsewhere: int) -> None:
    grid = Grid(("Adopt Coast to Coast",))
    region, agency = (
        {age: grid.number[level, place, *ALL[:4], age, "Total"] for age in ("Total", *AGES)}
        for level, place in (("Region", "North East"), ("Agency", "Adopt Coast to Coast"))
    )
    total = sum(AGES.values())
    here = {agency["Total"]: total} | {agency[age]: n for age, n in AGES.items()}
    there = {region["Total"]: total + elsewhere} | {region[age]: n for age, n in AGES.items()}
    tied = list(of_closed_regions({"child": here | there}, grid))
    same = [(("child", region[age]), [("child", agency[age])]) for age in region]
    assert tied == ([] if elsewhere else sorted(same))
