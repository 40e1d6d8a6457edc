"""The state of the returns, protected: a row left out or a value missing is somebody's.

Everything here is told coarsely, of agencies too. Exact numbers of rows, and noughts, would say how
published counts hang together: who knows that no row is without its order date knows that all
contacts received have a length, and so on.
"""

import numpy as np
import pandas as pd

from measures.breakdowns import ENGLAND, NAMES, TOTAL
from measures.disclosure.policy import Policy
from measures.disclosure.publish import Mask, is_small
from measures.left_out import BESIDE, Statistic
from measures.state import State
from measures.statistics import percents, round_half_away_each

# A missing value of these is a child of the breakdown's unknown group.
_BREAKDOWN_OF = {"C5": "gender", "C6": "ethnicity_group", "C7": "disability"}
# A missing value of these is a row of the one count that is none of the other.
_BETWEEN: dict[str, tuple[Statistic, ...]] = {
    "C8": (("match_to_placement", "n"), ("children_placed", "count")),
    "C10": (("order_to_contact", "n"), ("contacts_received", "count")),
    "C13": (("assessment_duration", "n"), ("contact_to_assessment_completed", "n")),
    "C16": (
        *(("csc_referral_rate", "denominator"), ("cases_open", "count")),
        ("cases_closed", "count"),
    ),
}
ALMOST_ALL = "over 95%"
STEP = 5  # percent: of a hundred rows or more it tells nothing of five


def protected_state(state: State, figures: pd.DataFrame, policy: Policy) -> dict[str, pd.DataFrame]:
    """Return the tables `returns`, `findings`, `quality` and `left_out` as they may be published.

    Every hidden number is null, and the column beside it says `c`. `figures` are the protected
    figures: what they hide may not follow from here.
    """
    return {
        "returns": _returns(state.returns, policy),
        "findings": _findings(state.findings, policy),
        "quality": _quality(state.quality, figures, policy),
        "left_out": _left_out(state.left_out, figures, policy),
        "feedback": state.feedback,  # agencies are asked to name nobody in it
    }


def _is_few(counts: pd.Series, policy: Policy) -> Mask:
    """Return where rows are none or few: which of the two it is would say too much."""
    return np.array(counts.fillna(0) <= policy.threshold)


def _rounded(counts: pd.Series, policy: Policy) -> pd.Series:
    return pd.Series(
        round_half_away_each(counts.to_numpy(np.float64), policy.rounding(ENGLAND)), counts.index
    )


def _findings(table: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Return what was found in more than a few rows of a place, rounded; few of one kind hidden."""
    many = ~(_is_few(table["open"], policy) & _is_few(table["explained"], policy))
    table = table[many | (table["agency"] == ENGLAND)].reset_index(drop=True)
    for column in ("open", "explained"):
        small = is_small(policy, table[column].to_numpy(np.int64))
        table[column] = _rounded(table[column], policy).mask(small)
        table[f"{column}_status"] = np.where(small, "c", "ok")
    return table


def _hidden_beside(figures: pd.DataFrame) -> set[tuple[str, ...]]:
    """Return of which measure and statistic the total of a place is hidden: with the place."""
    totals = figures[(figures[list(NAMES)] == TOTAL).all(axis=1) & (figures["status"] == "c")]
    columns = ["measure", "statistic", "geographic_level", "geography"]
    return set(totals[columns].itertuples(index=False, name=None))


def _left_out(table: pd.DataFrame, figures: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Hide rows left out that are few or none, or from which a hidden count would follow.

    Where rows left out and rows counted make up another published count, the ones would give the
    other away.
    """
    table = table.copy()
    hidden = _hidden_beside(figures)
    few = _is_few(table["rows"], policy)
    places = table.drop(columns="rows").itertuples(index=False, name=None)
    for row, (measure, *place, reason) in enumerate(places):
        beside = BESIDE.get((measure, reason), ())
        few[row] |= any((*one, *place) in hidden for one in beside)
    table["rows"] = _rounded(table["rows"], policy).mask(few)
    table["rows_status"] = np.where(few, "c", "ok")
    return table


def _returns(table: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Round numbers of rows and of findings, so that none follows from the others; hide few.

    Few are all that would be told as a unit or less: who knows that a return has five rows at most
    knows nearly every count of it.
    """
    table = table.copy()
    came = table["received"].notna().to_numpy()
    for column in ("rows", "used", "left_out"):
        few = _is_few(table[column], policy)
        if column != "left_out":
            few |= (_rounded(table[column], policy) <= policy.rounding(ENGLAND)).to_numpy()
        table[f"{column}_status"] = np.select([~came, few], ["x", "c"], "ok")
        table[column] = _rounded(table[column], policy).mask(few)
    for column in ("errors", "queries"):
        table[column] = _rounded(table[column], policy)
    return table


def _quality(table: pd.DataFrame, figures: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Return the share of rows that needed a field and had it, in steps of percent.

    `status` is `c` where the rows without it are few or none, or are between counts of which one is
    hidden (`at_least` then says "over 95%" where that is so), `z` where no row needed it.
    """
    needed, had = table["needed"].to_numpy(np.int64), table["had"].to_numpy(np.int64)
    lacking = needed - had
    least = policy.threshold * 100 // STEP  # rows of which so many percent are as many as are few
    hidden = (lacking <= policy.threshold) | (had <= policy.threshold) | (needed < least)
    hidden |= _unknown_hidden(table, figures) | _between_hidden(table, figures)
    percent = STEP * round_half_away_each(percents(had, np.maximum(needed, 1)) / STEP)
    many = hidden & (needed >= least) & (100 * lacking <= STEP * needed)
    hidden |= percent == 100
    many |= percent == 100
    return pd.DataFrame(
        {
            "agency": table["agency"],
            "field": table["field"],
            "percent": np.where(hidden | (needed == 0), np.nan, percent),
            "status": np.select([needed == 0, hidden], ["z", "c"], "ok"),
            "at_least": np.where(many & (needed > 0), ALMOST_ALL, ""),
        }
    )


def _between_hidden(table: pd.DataFrame, figures: pd.DataFrame) -> Mask:
    """Return where a count that with the rows without a field makes up another is hidden."""
    hidden = _hidden_beside(figures)
    places = zip(table["agency"], table["field"], strict=True)
    return np.array(
        [
            any(
                (*one, ENGLAND if place == ENGLAND else "Agency", place) in hidden
                for one in _BETWEEN.get(field, ())
            )
            for place, field in places
        ],
        np.bool_,
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
