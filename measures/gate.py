"""The gate: a release is attacked before it is written, as an outsider and as every agency."""

import os
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pandas as pd

from measures.attack import (
    REST,
    Broken,
    Insiders,
    Name,
    attack,
    attack_from_every_inside,
    build,
    groups,
    named,
)
from measures.breakdowns import NAMES
from measures.figures import COUNTED
from measures.grid import Grid

WORTH_A_PROCESS = 2_000  # hidden counts: under it a new process takes longer than the work
Own = Mapping[str, Mapping[Name, int]]
"""Every agency's true counts (see `own_counts`)."""


def broken(
    figures: pd.DataFrame,
    own: Own,
    past: Sequence[tuple[pd.DataFrame, Collection[str]]] = (),
    *,
    threshold: int = 5,
    protection: int = 3,
) -> list[Broken]:
    """Return what can be worked out from the figures of a release.

    By anybody, and by every agency of `own` in turn, who knows its own children. `past` are the
    figures of earlier releases, each with the agencies that have not changed since.
    """
    model = build([(figures, ()), *past], threshold)
    if len(model.hidden) < WORTH_A_PROCESS:
        found = attack(model, threshold=threshold, protection=protection)
        return found or attack_from_every_inside(model, own)
    insiders = Insiders(model, own)
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        outside = pool.submit(attack, model, threshold=threshold, protection=protection)
        suspects = pool.submit(insiders.suspects).result()
        inside = [pool.submit(insiders.attack, group, suspects) for group in groups(sorted(own))]
        if found := outside.result():
            pool.shutdown(cancel_futures=True)
            return found
        return [one for told in inside for one in told.result()]


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


def own_counts(figures: pd.DataFrame, grid: Grid) -> Own:
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
