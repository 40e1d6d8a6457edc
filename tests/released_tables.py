"""Tables of children by agency and disability, as a release has them, hides them and shows them."""

import pandas as pd
from hypothesis import strategies as st

from data.rounds import PILOT
from measures.disclosure.joint import NOW, Shown
from measures.disclosure.linked import Name
from measures.disclosure.policy import Policy
from measures.disclosure.together import Before, protected_together
from measures.grid import Grid
from tests.small_tables import row

GRID, POLICY = Grid.of(PILOT), Policy()
FLAG = "supported"
OTHER = " in release 1"  # how the names of another release's counts end
VALUES = ("Yes", "No", "Not recorded")
NO_DAYS = pd.DataFrame({"flag": [], "cell": [], "basis": [], "statistic": []}).assign(
    **dict.fromkeys(("n", "value", "lower", "upper"), pd.Series(dtype=float))
)
Table = list[list[int]]
"""By agency, its children by disability; an agency without children has sent no return."""
tables = st.lists(
    st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=5
).filter(lambda table: all(map(sum, table)))


def counts(table: Table) -> dict[Name, int]:
    """Return the counts of a table as a release has them: agencies', and England's."""
    places = [
        ("Agency", GRID.agencies[number], line) for number, line in enumerate(table) if any(line)
    ]
    places.append(("England", "England", [sum(column) for column in zip(*table, strict=True)]))
    found = {}
    for level, place, line in places:
        for value, n in zip(("Total", *VALUES), (sum(line), *line), strict=True):
            groups = ("Total", "Total", value, "Total", "Total", "Total")
            found[FLAG, GRID.number[level, place, *groups]] = n
    return found


def shown(table: Table, same: dict[int, str] | None = None, name: str = NOW) -> Shown:
    cells = {cell: n for (_, cell), n in counts(table).items()}
    return Shown({FLAG: cells}, NO_DAYS, same or {}, name)


def hidden(now: Table, before: Before) -> set[Name]:
    """Return what is hidden in a table that is protected together with what was before."""
    one = protected_together(shown(now), before, GRID, POLICY)
    return {name for name, hides in zip(one.linked.names, one.hidden, strict=True) if hides}


def figures(table: Table, gone: set[Name]) -> pd.DataFrame:
    """Return the counts of a table as they are published where some are hidden."""
    cells = GRID.cells
    rows = []
    for name, n in counts(table).items():
        level, place, value = cells.loc[name[1], ["geographic_level", "geography", "disability"]]
        one = row(level, place, n, POLICY.rounding(level), disability=value)
        rows.append(one | ({"value": float("nan"), "status": "c"} if name in gone else {}))
    return pd.DataFrame(rows)
