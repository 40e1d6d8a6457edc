"""The made-up children of `tests/reference/disclosure_setting.csv` as linked counts.

15,000 children in nine regions and 33 agencies, in total and by each of five characteristics:
882 cells, on which other tools' patterns were measured.
"""

from itertools import product
from pathlib import Path

import pandas as pd

from measures.disclosure.linked import NOBODY, Linked, Linking

CHILDREN = Path(__file__).parent / "reference" / "disclosure_setting.csv"
GROUPS = ("eth", "dis", "gen", "age", "stage")


def linked(england: int) -> Linked:
    """Return the counts of England, regions and agencies; England and regions rounded to it."""
    children = pd.read_csv(CHILDREN)
    linking = Linking()
    places = [("", "")]
    places += [(by, place) for by in ("region", "raa") for place in sorted(children[by].unique())]
    groups = [("", "")] + [(by, value) for by in GROUPS for value in sorted(children[by].unique())]
    at: dict[tuple[str, str, str, str], int] = {}
    agencies = sorted(children["raa"].unique())
    for (level, place), (by, value) in product(places, groups):
        rows = children
        for column, wanted in ((level, place), (by, value)):
            rows = rows[rows[column] == wanted] if column else rows
        unit = 1 if level == "raa" else england
        agency = agencies.index(place) if level == "raa" else NOBODY
        name = (f"{place} {value}", 0)
        at[level, place, by, value] = linking.printed(name, int(rows["n"].sum()), unit, agency)
    for by, value in groups:
        for level in ("region", "raa"):
            parts = [at[one, place, by, value] for one, place in places if one == level]
            linking.add_up([at["", "", by, value]], parts)
    for level, place in places:
        for by in GROUPS:
            parts = [at[level, place, by, value] for one, value in groups if one == by]
            linking.add_up([at[level, place, "", ""]], parts)
    return linking.done()
