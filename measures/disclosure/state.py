"""The state of the returns, protected: a row left out or a value missing is somebody's."""

import numpy as np
import pandas as pd

from measures.breakdowns import ENGLAND, NAMES, TOTAL
from measures.disclosure.policy import LEVELS, Policy
from measures.disclosure.publish import Mask, is_small
from measures.left_out import BESIDE
from measures.state import State
from measures.statistics import percents, round_half_away_each

# A missing value of these is a child of the breakdown's unknown group.
_BREAKDOWN_OF = {"C5": "gender", "C6": "ethnicity_group", "C7": "disability"}
ALMOST_ALL = "over 95%"


def protected_state(state: State, figures: pd.DataFrame, policy: Policy) -> dict[str, pd.DataFrame]:
    """Return the tables `returns`, `findings`, `quality` and `left_out` as they may be published.

    Every hidden number is null, and the column beside it says `c`. `figures` are the protected
    figures, whose unknown groups hide the share of missing values that would give them away.
    """
    return {
        "returns": _returns(state.returns, policy),
        "findings": _counts(state.findings, ("open", "explained"), policy),
        "quality": _quality(state.quality, figures, policy),
        "left_out": _left_out(state.left_out, figures, policy),
        "feedback": state.feedback,  # agencies are asked to name nobody in it
    }


def _small(values: "pd.Series[float]", policy: Policy) -> Mask:
    return is_small(policy, np.asarray(values.fillna(0), np.int64))


def _counts(table: pd.DataFrame, columns: tuple[str, ...], policy: Policy) -> pd.DataFrame:
    """Hide the small counts of some columns; England is rounded, which also hides its parts."""
    table = table.copy()
    england = (table["agency"] == ENGLAND).to_numpy()
    for column in columns:
        small = _small(table[column], policy)
        counts = table[column].to_numpy(np.int64)
        rounded = round_half_away_each(counts, policy.rounding(ENGLAND))
        shown = np.where(england, rounded, counts).astype(float)
        table[column] = np.where(small, np.nan, shown)
        table[f"{column}_status"] = np.where(small, "c", "ok")
    return table


def _left_out(table: pd.DataFrame, figures: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Hide rows left out that are few, or from which a hidden count of the place would follow.

    Where rows left out and rows counted make up another published count, none left out would give
    the one away by the other, and a nought for England would be one for every agency: it is hidden.
    """
    table = table.copy()
    totals = figures[(figures[list(NAMES)] == TOTAL).all(axis=1) & (figures["status"] == "c")]
    columns = ["measure", "statistic", "geographic_level", "geography"]
    hidden = set(totals[columns].itertuples(index=False, name=None))
    counts = table["rows"].to_numpy(np.int64)
    few = np.asarray(_small(table["rows"], policy))
    for row, (measure, *place, reason) in enumerate(
        table.drop(columns="rows").itertuples(index=False, name=None)
    ):
        beside = BESIDE.get((measure, reason), ())
        few[row] |= any((*one, *place) in hidden for one in beside)
        few[row] |= bool(beside) and counts[row] == 0
    shown = counts.copy()
    for level in LEVELS:
        at = (table["geographic_level"] == level).to_numpy()
        shown[at] = round_half_away_each(counts[at], policy.rounding(level))
    table["rows"] = np.where(few, np.nan, shown.astype(float))
    table["rows_status"] = np.where(few, "c", "ok")
    return table


def _returns(table: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Hide small numbers of rows; rows used and rows left out are hidden together.

    The numbers of findings are rounded, so that none can be worked out from those by check.
    """
    table = table.copy()
    came = table["received"].notna().to_numpy()
    few = _small(table["rows"], policy)
    some = few | _small(table["used"], policy) | _small(table["left_out"], policy)
    for column, small in (("rows", few), ("used", some), ("left_out", some)):
        table[f"{column}_status"] = np.select([~came, small], ["x", "c"], "ok")
        table[column] = table[column].mask(small)
    for column in ("errors", "queries"):
        table[column] = round_half_away_each(table[column].to_numpy(np.float64), 10)
    return table


def _quality(table: pd.DataFrame, figures: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Return the share of rows that needed a field and had it, in whole percent.

    `status` is `c` where the rows without it are few or an unknown group is hidden (`at_least`
    then says "over 95%" where that is so), `z` where no row needed it.
    """
    needed, had = table["needed"].to_numpy(np.int64), table["had"].to_numpy(np.int64)
    lacking = needed - had
    small = is_small(policy, lacking) | is_small(policy, needed) | is_small(policy, had)
    small |= ((lacking == 0) | (had == 0)) & (needed < policy.percentage) & (needed > 0)
    small |= _unknown_hidden(table, figures)
    percent = percents(had, np.maximum(needed, 1)).astype(float)
    many = small & (needed >= 20 * np.maximum(lacking, policy.threshold))
    return pd.DataFrame(
        {
            "agency": table["agency"],
            "field": table["field"],
            "percent": np.where(small | (needed == 0), np.nan, percent),
            "status": np.select([needed == 0, small], ["z", "c"], "ok"),
            "at_least": np.where(many, ALMOST_ALL, ""),
        }
    )


def _unknown_hidden(table: pd.DataFrame, figures: pd.DataFrame) -> Mask:
    """Return where the unknown group of a field's breakdown is hidden for the agency."""
    hidden = figures[(figures["statistic"] == "count") & (figures["status"] == "c")]
    found = np.zeros(len(table), np.bool_)
    for field, breakdown in _BREAKDOWN_OF.items():
        unknown = hidden[hidden[breakdown].isin(("Not known", "Not recorded"))]
        others = [name for name in _BREAKDOWN_OF.values() if name != breakdown]
        alone = unknown[(unknown[[*others, "age", "stage"]] == TOTAL).all(axis=1)]
        places = set(alone["geography"])
        found |= ((table["field"] == field) & table["agency"].isin(places)).to_numpy()
    return found
