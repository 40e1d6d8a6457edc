"""The gate: a release is attacked before it is written, as an outsider and as every agency."""

from collections.abc import Collection, Sequence

import pandas as pd

from measures.attack import REST, Broken, Name, attack, attack_from_inside, build, named
from measures.breakdowns import NAMES
from measures.figures import COUNTED
from measures.grid import Grid

SEARCHED = 1_500  # hidden counts: up to here every agency also searches by programmes


def broken(
    releases: Sequence[pd.DataFrame],
    own: dict[str, dict[Name, int]],
    unchanged: Collection[str] = (),
    *,
    threshold: int = 5,
    protection: int = 3,
) -> list[Broken]:
    """Return what can be worked out from the figures of some releases together.

    `own` has the true counts of every agency that is to attack from inside (see `own_counts`).
    """
    model = build(releases, threshold, unchanged)
    found = attack(model, threshold=threshold, protection=protection)
    search = len(model.hidden) <= SEARCHED
    return found or [
        one
        for agency in own
        for one in attack_from_inside(model, agency, own[agency], search=search)
    ]


def struck(
    found: Sequence[Broken], figures: pd.DataFrame, grid: Grid
) -> tuple[set[tuple[str, int]], dict[str, list[str]]]:
    """Return the flags and cells of counts that gave way, and of every band its division."""
    place = ["geographic_level", "geography", *NAMES]
    number = {
        row: at for at, row in enumerate(grid.cells[place].itertuples(index=False, name=None))
    }
    kinds = figures[["measure", "statistic", "basis", "band", "flag"]].drop_duplicates()
    flags: dict[Name, str] = {}
    families: dict[str, list[str]] = {}
    for *row, flag in kinds[kinds["statistic"].isin(COUNTED)].itertuples(index=False, name=None):
        flags.setdefault(named("", row), flag)
        if row[1] == "band":
            families.setdefault(f"{row[0]} {row[2]}", []).append(flag)
    cells = set()
    for one in found:
        _, measure, statistic, basis, band, *cell = one.cell
        flag = flags.get(("", measure, statistic.removesuffix(REST), basis, band), "")
        if flag and tuple(cell) in number:
            cells.add((flag, number[tuple(cell)]))
    return cells, {flag: family for family in families.values() for flag in family}


def own_counts(figures: pd.DataFrame, grid: Grid) -> dict[str, dict[Name, int]]:
    """Return every agency's true counts, out of the exact figures, by the attack's names."""
    counted = figures[figures["statistic"].isin(COUNTED) & (figures["status"] != "x")]
    cells = grid.cells[["geographic_level", "geography", *NAMES]].iloc[counted["cell"]]
    rows = pd.concat(
        [
            counted[["measure", "statistic", "basis", "band"]].reset_index(drop=True),
            cells.reset_index(drop=True),
            counted[["n"]].reset_index(drop=True),
        ],
        axis=1,
    )
    found: dict[str, dict[Name, int]] = {}
    for *row, n in rows[rows["geographic_level"] == "Agency"].itertuples(index=False, name=None):
        found.setdefault(row[5], {})[named("0", row)] = int(n)
    return found
