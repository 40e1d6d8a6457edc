"""The breakdowns, their values, and which of them are published together."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from data.codes import DISABILITY, ETHNICITY, ETHNICITY_GROUP, GENDER
from data.geography import REGIONS

TOTAL = "Total"
ENGLAND = "England"
NO_REGION = "Not known"
AGES = {"0 to 4": (0, 4), "5 to 10": (5, 10), "11 to 15": (11, 15), "16 to 17": (16, 17)} | {
    "18 to 25": (18, 25)
}


@dataclass(frozen=True)
class Breakdown:
    """One characteristic by which measures are published, and its values in their order.

    `paired` ones are crossed with each other for England; one that is not `everywhere` is
    published for England only; `staged` is only for measures that count both stages.
    """

    name: str
    title: str
    source: str
    values: tuple[str, ...]
    paired: bool = True
    everywhere: bool = True
    staged: bool = False


BREAKDOWNS = (
    Breakdown("ethnicity_group", "Ethnicity group", "C6", ETHNICITY_GROUP.published),
    Breakdown("ethnicity", "Ethnicity", "C6", ETHNICITY.published, paired=False, everywhere=False),
    Breakdown("disability", "Disability", "C7", DISABILITY.published),
    Breakdown("gender", "Gender", "C5", GENDER.published),
    Breakdown("age", "Age", "C4 on C11, C8 or C9", (*AGES, "Not known")),
    Breakdown(
        "stage", "Stage", "C8, C9 and C11", ("Pre-order", "Post-order"), paired=False, staged=True
    ),
)
BY_NAME = {breakdown.name: breakdown for breakdown in BREAKDOWNS}
NAMES = tuple(BY_NAME)
CELL = ["geographic_level", "geography", *NAMES]
"""The columns that say whose figure it is."""
LEVELS = ("England", "Region", "Agency")


def published(level: str, *, staged: bool = False) -> tuple[tuple[str, ...], ...]:
    """Return the sets of breakdowns published at a geographic level: () is the total."""
    used = [b for b in BREAKDOWNS if staged or not b.staged]
    single = [(b.name,) for b in used if b.everywhere or level == ENGLAND]
    paired = [b.name for b in used if b.paired]
    pairs = list(combinations(paired, 2)) if level == ENGLAND else []
    return ((), *single, *pairs)


def finest(level: str, *, staged: bool = False) -> tuple[tuple[str, ...], ...]:
    """Return the sets of breakdowns at a level that no other set divides further."""
    sets = published(level, staged=staged)
    return tuple(names for names in sets if not any({*names} < {*other} for other in sets))


def geographies(agencies: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return every (level, geography) that is published, in order."""
    return (
        (ENGLAND, ENGLAND),
        *(("Region", region) for region in REGIONS),
        *(("Agency", agency) for agency in agencies),
    )


def cell_name(geography: str, group: Mapping[str, str]) -> str:
    """Return a cell as one text: `London`, or `London; age=0 to 4` where it is broken down."""
    return "; ".join([geography, *(f"{name}={value}" for name, value in group.items())])


def cell_named(text: str) -> tuple[str, dict[str, str]]:
    """Return the geography and the group of a cell that `cell_name` has named."""
    geography, *group = text.split("; ")
    return geography, dict(part.split("=", 1) for part in group)
