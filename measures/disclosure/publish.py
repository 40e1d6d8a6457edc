"""Make figures publishable: hide, round, and say of each what it is.

Nothing else makes a `Publishable`, and a release is written from nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from measures.breakdowns import BY_NAME, ENGLAND, NAMES, TOTAL
from measures.disclosure.policy import Policy
from measures.disclosure.printed import rounded
from measures.disclosure.waits import between_hidden_bands
from measures.figures import COUNTED
from measures.figures.rows import COMPARED
from measures.grid import Grid
from measures.statistics import percents, round_half_away_each

Mask = npt.NDArray[np.bool_]
Hidden = Mapping[str, Mask]
FEWEST_WITH_INTERVAL = 6  # waits: a median of fewer has no interval, and is not compared
QUANTILES = ("median", "lower_quartile", "upper_quartile", "waiting_median", "still_waiting")
COLUMNS = (
    *("geographic_level", "geography", "measure", "basis", "statistic", "band"),
    *(*NAMES, "value", "status", "lower", "upper", "rounded_to", *COMPARED),
)


@dataclass(frozen=True)
class Publishable:
    """Tables that disclosure control has been through, by name, and under which policy."""

    tables: Mapping[str, pd.DataFrame]
    policy: Policy


def is_small(policy: Policy, counts: npt.NDArray[np.int64]) -> Mask:
    """Return where a count is one that has to be hidden."""
    return (counts >= 1) & (counts <= policy.threshold)


def complement(of: str, among: str) -> str:
    """Return the flag of the rows of `among` that are not in `of`."""
    return f"{among} not {of}"


def protected(figures: pd.DataFrame, grid: Grid, hidden: Hidden, policy: Policy) -> pd.DataFrame:
    """Return exact figures as they may be published, in the columns of the release.

    `hidden` says for the flags that figures rest on in which cells they are hidden; a flag that it
    does not know is hidden everywhere.
    """
    figures = figures.copy()
    level = grid.cells["geographic_level"].to_numpy()[figures["cell"]]
    counted = figures["statistic"].isin(COUNTED).to_numpy()
    figures["rounded_to"] = np.where(counted, [policy.rounding(name) for name in level], 1)
    figures["status"] = _statuses(figures, grid, hidden, policy)
    figures = _compared(_rounded(figures, counted), grid, policy)
    cells = grid.cells.drop(columns="key").iloc[figures["cell"]].reset_index(drop=True)
    return pd.concat([cells, figures.reset_index(drop=True)], axis=1)[list(COLUMNS)]


def _compared(figures: pd.DataFrame, grid: Grid, policy: Policy) -> pd.DataFrame:
    """Keep a comparison where both figures are shown, and enough are surely left to compare with.

    Surely, by the counts as they are printed: else it would tell how few the others are that
    nothing is said.
    """
    shown = (figures["status"] == "ok").to_numpy()
    cells = figures["cell"].to_numpy()
    medians = (figures["statistic"] == "median").to_numpy()
    counts = np.where(medians, figures["n"], figures["base"]).astype(np.int64)
    unit = np.array([policy.rounding(level) for level in grid.cells["geographic_level"]])
    least, most = rounded(counts, unit[cells], policy.threshold)
    enough = most + np.where(medians, FEWEST_WITH_INTERVAL, 1)
    kept = {name: figures[f"than_{name}"].to_numpy(object) for name in grid.wider}
    for rows in figures.groupby(["measure", "basis", "statistic"]).indices.values():
        surely = np.full(len(grid.cells), -1)  # of what is not shown
        surely[cells[rows]] = np.where(shown[rows], least[rows], -1)
        for name, wider in grid.wider.items():
            other = wider[cells[rows]]
            left = shown[rows] & (other >= 0) & (surely[other] >= enough[rows])
            kept[name][rows[~left]] = ""
    return figures.assign(**{f"than_{name}": said for name, said in kept.items()})


def _at(figures: pd.DataFrame, column: str, hidden: Hidden) -> Mask:
    """Return where the flag in a column is hidden in the figure's cell."""
    found = np.ones(len(figures), np.bool_)
    cells = figures["cell"].to_numpy()
    for flag, rows in figures.groupby(column, sort=False).indices.items():
        if flag == "":
            found[rows] = False
        elif flag in hidden:
            found[rows] = hidden[str(flag)][cells[rows]]
    return found


def _statuses(
    figures: pd.DataFrame, grid: Grid, hidden: Hidden, policy: Policy
) -> npt.NDArray[np.object_]:
    n, base = figures["n"].to_numpy(np.int64), figures["base"].to_numpy(np.int64)
    statistic = figures["statistic"].to_numpy()
    pairs = figures.assign(
        rest=[
            complement(of, among) if of and among else ""
            # As objects, which come out one by one in a tenth of the time.
            for of, among in figures[["flag", "base_flag"]].astype(object).to_numpy()
        ]
    )
    value = figures["value"].to_numpy(np.float64)
    nothing = np.isnan(value)
    share = statistic == "percent"
    close = _at(figures, "flag", hidden) | _at(figures, "base_flag", hidden)
    close |= share & (_at(pairs, "rest", hidden) | is_small(policy, base - n))
    few = base < policy.percentage
    close |= share & few & ((n == 0) | (n == base)) & (base > 0)
    # A curve may have a value although nobody finished (n is 0).
    close |= np.isin(statistic, QUANTILES) & (n < policy.quantile) & ((n > 0) | ~nothing)
    curve = statistic == "still_waiting"
    close |= curve & ~nothing & is_small(policy, figures["fewest"].to_numpy(np.int64))
    close |= curve & ~nothing & between_hidden_bands(figures, hidden, grid)
    # Where a curve ends would tell how long the last of a group waited.
    drawn = pd.MultiIndex.from_frame(figures[["measure", "basis", "cell"]])
    close |= curve & nothing & drawn.isin(drawn[curve & ~nothing])
    standard = statistic == "standardised_percent"
    close |= standard & (n < policy.standardised) & (n > 0)
    close |= standard & ~_strata_shown(figures, grid, hidden)
    # A standardised percentage says nearly what the plain one says.
    measure_cell = pd.MultiIndex.from_frame(figures[["measure", "cell"]])
    close |= standard & measure_cell.isin(measure_cell[share & close])
    missing = figures["status"].to_numpy() == "x"
    of_100 = np.isin(statistic, ("percent", "still_waiting", "standardised_percent"))
    low = of_100 & (value > 0) & (value < 0.5)
    # Rounded to nought, but not nought.
    low |= figures["statistic"].isin(COUNTED) & (n > 0) & (2 * n < figures["rounded_to"])
    return np.select([missing, close, nothing, low], ["x", "c", "z", "low"], "ok")


def _strata_shown(figures: pd.DataFrame, grid: Grid, hidden: Hidden) -> Mask:
    """Return where all ages of a standardised figure's group, and of everybody, are shown."""
    cells = grid.cells
    others = [name for name in NAMES if name not in ("ethnicity_group", "age")]
    by_age = (
        (cells["geographic_level"] == ENGLAND)
        & (cells[others] == TOTAL).all(axis=1)
        & cells["age"].isin(BY_NAME["age"].values[:-1])
    )
    found = np.zeros(len(figures), np.bool_)
    groups = cells["ethnicity_group"].to_numpy()
    rows = np.flatnonzero(figures["statistic"] == "standardised_percent")
    asked = figures[["cell", "flag", "base_flag"]].to_numpy()[rows]
    for row, (cell, *flags) in zip(rows, asked, strict=True):
        strata = by_age.to_numpy() & ((groups == groups[cell]) | (groups == TOTAL))
        found[row] = all(flag in hidden and not hidden[flag][strata].any() for flag in flags)
    return found


def _rounded(figures: pd.DataFrame, counted: Mask) -> pd.DataFrame:
    shown = (figures["status"] == "ok").to_numpy()
    n, base = figures["n"].to_numpy(np.int64), figures["base"].to_numpy(np.int64)
    for to in np.unique(figures["rounded_to"]):
        at = shown & counted & (figures["rounded_to"] == to).to_numpy()
        figures.loc[at, "value"] = round_half_away_each(n[at], int(to)).astype(float)
    share = shown & (figures["statistic"] == "percent").to_numpy()
    figures.loc[share, "value"] = percents(n[share], base[share]).astype(float)
    other = shown & ~counted & ~share
    figures.loc[other, "value"] = round_half_away_each(figures["value"].to_numpy()[other])
    for column in ("lower", "upper"):
        ends = round_half_away_each(figures[column].to_numpy(np.float64))
        figures[column] = np.where(shown, ends, np.nan)
    figures["value"] = figures["value"].where(shown)
    return figures
