"""What earlier releases of a round mean for a new one: what stays hidden, what is known already."""

from collections.abc import Iterator, Sequence

import pandas as pd

from measures.breakdowns import CELL
from measures.contained import SAME
from measures.disclosure.days import quartiles
from measures.disclosure.joint import Shown, published
from measures.disclosure.linked import Name
from measures.disclosure.policy import Policy
from measures.disclosure.publish import complement
from measures.disclosure.together import Before
from measures.figures import COUNTED, FIGURE
from measures.grid import Grid
from measures.past import Earlier

Flags = dict[tuple[str, ...], str]
"""By figure, the flag of what it counts; for a percentage, of what it leaves."""
HIDDEN = "c"
SEEN = ("ok", "low")


def before(past: Sequence[Earlier], figures: pd.DataFrame, grid: Grid, policy: Policy) -> Before:
    """Return what earlier releases hid and showed, and their own counts as far as they are known.

    What was hidden stays so also where the return has changed, and for England and regions: two
    patterns of the same counts would tell more than either. `figures` are the exact ones of now:
    they say which flag a figure counts.
    """
    flags = _flags(figures)
    told: dict[bool, set[Name]] = {True: set(), False: set()}
    releases = []
    for one in past:
        same = {
            cell
            for (level, place, *_), cell in grid.number.items()
            if level == "Agency" and place in one.unchanged
        }
        of = f" in release {one.release.id}"
        is_known = one.exact is not None and one.release.is_under(policy)
        for (flag, cell), is_hidden, is_count in _told(one.figures, flags, grid):
            if is_count if is_hidden else cell in same:
                told[is_hidden].add((flag, cell))
            if is_known and cell not in same:
                told[is_hidden].add((flag + of, cell))
        if one.exact is not None and is_known:
            releases.append(Shown(published(one.exact), quartiles(one.exact, policy), same, of))
    return Before(frozenset(told[True]), frozenset(told[False] - told[True]), releases)


def _flags(figures: pd.DataFrame) -> Flags:
    kinds = figures[[*FIGURE, "flag", "base_flag"]].drop_duplicates()
    found: Flags = {}
    for *figure, flag, base_flag in kinds.itertuples(index=False, name=None):
        if figure[2] in COUNTED:
            found[tuple(figure)] = SAME.get(flag, flag)
        elif figure[2] == "percent":
            found[tuple(figure)] = complement(flag, base_flag)
    return found


def _told(figures: pd.DataFrame, flags: Flags, grid: Grid) -> Iterator[tuple[Name, bool, bool]]:
    """Yield every count and percentage hidden or shown: its name, if hidden, if it is a count."""
    rows = figures[figures["statistic"].isin([*COUNTED, "percent"])]
    rows = rows[rows["status"].isin([HIDDEN, *SEEN])][["status", *FIGURE, *CELL]].astype(object)
    for status, *row in rows.itertuples(index=False, name=None):
        figure, place = tuple(row[: len(FIGURE)]), tuple(row[len(FIGURE) :])
        if figure in flags and place in grid.number:
            name = flags[figure], grid.number[place]
            yield name, status == HIDDEN, figure[2] != "percent"
