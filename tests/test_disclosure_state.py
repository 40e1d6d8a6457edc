"""The state of the returns as it is published: coarse, and of few rows only that they are few."""

import pandas as pd
import pytest

from measures.disclosure.policy import Policy
from measures.disclosure.state import protected_state
from measures.state import State
from tests.released_tables import figures

POLICY = Policy()


def told(rows: int, used: int) -> tuple[float, str, float, str]:
    """Return what is told of the rows of one return, and of those used."""
    returns = pd.DataFrame(
        {
            "agency": ["A"],
            "received": [pd.Timestamp("2025-10-31")],
            "rows": [float(rows)],
            "used": [float(used)],
            "left_out": [float(rows - used)],
            "errors": [0.0],
            "queries": [0.0],
        }
    )
    findings = pd.DataFrame(columns=["agency", "check", "level", "open", "explained"])
    quality = pd.DataFrame({"agency": ["A"], "field": ["C5"], "needed": [used], "had": [used]})
    left_out = pd.DataFrame(
        columns=["measure", "geographic_level", "geography", "reason", "rows"]
    ).astype({"rows": int})
    state = State(
        returns, findings.astype({"open": int, "explained": int}), quality, left_out, returns
    )
    table = protected_state(state, figures([[9, 20, 30]], set()), POLICY)["returns"].iloc[0]
    return table["rows"], table["rows_status"], table["used"], table["used_status"]


@pytest.mark.parametrize("few", [0, 1, 3, 5, 6, 9, 10, 14])
def test_few_rows_are_all_alike(few: int) -> None:
    """Who knew of three rows that they are five at most would know nearly every count of them."""
    rows, rows_status, used, used_status = told(few, few)
    assert (rows_status, used_status) == ("c", "c")
    assert pd.isna([rows, used]).all()


def test_many_rows_are_told_to_ten() -> None:
    assert told(24, 15) == (20, "ok", 20, "ok")
    assert told(26, 14)[3] == "c"
