"""What earlier releases of a round mean for a new one: what stays hidden, what is known already."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import pandas as pd

from measures.breakdowns import CELL
from measures.contained import SAME
from measures.disclosure.days import quartiles
from measures.disclosure.joint import NOW, Beside, Shown, published
from measures.disclosure.linked import Name
from measures.disclosure.policy import Policy
from measures.disclosure.publish import complement
from measures.disclosure.together import Before
from measures.figures import COUNTED, FIGURE
from measures.grid import Grid
from measures.past import Past, shared

Flags = dict[tuple[str, ...], str]
"""By figure, the flag of what it counts; for a percentage, of what it leaves."""
HIDDEN = "c"
SEEN = ("ok", "low")


def before(past: Past, figures: pd.DataFrame, grid: Grid, policy: Policy) -> Before:
    """Return what earlier releases hid and showed, and their own counts as far as they are known.

    What was hidden stays so also where the return has changed, and for England and regions: two
    patterns of the same counts would tell more than either. `figures` are the exact ones of now:
    they say which flag a figure counts.
    """
    flags = _flags(figures)
    known = [one for one in past.same if one.exact is not None]
    names = [NOW, *(one.name for one in known)]
    same_as = {
        one.release.id: {agency: names[number] for agency, number in same.items()}
        for one, same in zip(known, shared(known), strict=True)
    }
    now, then = (defaultdict[bool, set[Name]](set) for _ in range(2))
    releases = []
    for one in past.same:
        by_agency = same_as.get(one.release.id, dict.fromkeys(one.unchanged, NOW))
        same = {
            cell: by_agency[place]
            for (level, place, *_), cell in grid.number.items()
            if level == "Agency" and place in by_agency
        }
        for (flag, cell), is_hidden, is_count, unit in _told(one.figures, flags, grid):
            of = same.get(cell, one.name)
            if is_count if is_hidden else of == NOW and unit <= policy.rounding("Agency"):
                now[is_hidden].add((flag, cell))
            if of in names and of != NOW:
                then[is_hidden].add((flag + of, cell))
        if one.exact is not None:
            releases.append(_shown(one.exact, policy, one.name, same))
    others = []
    for other in past.overlapping:
        if other.exact is not None:
            for (flag, cell), is_hidden, *_ in _told(other.release.tables["figures"], flags, grid):
                then[is_hidden].add((flag + other.name, cell))
            others.append((_shown(other.exact, policy, other.name), other.within))
    return Before(
        hidden=now[True] | (then[True] - then[False]),  # what one of them showed is known
        shown=(now[False] - now[True]) | then[False],
        beside=Beside(releases, others, past.groups),
    )


def _shown(
    exact: pd.DataFrame, policy: Policy, name: str, same: Mapping[int, str] | None = None
) -> Shown:
    return Shown(published(exact), quartiles(exact, policy), same or {}, name)


def _flags(figures: pd.DataFrame) -> Flags:
    kinds = figures[[*FIGURE, "flag", "base_flag"]].drop_duplicates()
    found: Flags = {}
    for *figure, flag, base_flag in kinds.itertuples(index=False, name=None):
        if figure[2] in COUNTED:
            found[tuple(figure)] = SAME.get(flag, flag)
        elif figure[2] == "percent":
            found[tuple(figure)] = complement(flag, base_flag)
    return found


def _told(
    figures: pd.DataFrame, flags: Flags, grid: Grid
) -> Iterator[tuple[Name, bool, bool, int]]:
    """Yield every count and percentage hidden or shown.

    Its name, whether it is hidden, whether it is a count, and what it is rounded to.
    """
    rows = figures[figures["statistic"].isin([*COUNTED, "percent"])]
    rows = rows[rows["status"].isin([HIDDEN, *SEEN])]
    rows = rows[["status", "rounded_to", *FIGURE, *CELL]].astype(object)
    for status, unit, *row in rows.itertuples(index=False, name=None):
        figure, place = tuple(row[: len(FIGURE)]), tuple(row[len(FIGURE) :])
        if figure in flags and place in grid.number:
            name = flags[figure], grid.number[place]
            yield name, status == HIDDEN, figure[2] != "percent", int(unit)
