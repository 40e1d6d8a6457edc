"""One return's own figures, exact, for the person whose return it is.

They are computed in memory, written nowhere and returned to the caller alone: no release, no
disclosure control, and nothing left when the connection closes.
"""

from dataclasses import replace
from datetime import UTC, datetime

import duckdb
import pandas as pd

from data.checks.run import Checked
from data.load import keep
from data.warehouse import SCHEMA
from measures.breakdowns import NAMES, TOTAL
from measures.compute import compute
from measures.figures import exact
from measures.views.figure import Figure

Own = dict[tuple[str, str, str], Figure]
"""Figures by measure, statistic and basis."""


def own_figures(checked: Checked) -> Own:
    """Return the figures of a usable return, over all its children; none of one that is not."""
    agency = checked.rows.agency
    if agency is None or not checked.usable:
        return {}
    round_ = replace(checked.rows.round, agencies=(agency,))
    with duckdb.connect(":memory:") as connection:
        # What does not fit into memory is not put on the disk instead.
        connection.execute("SET temp_directory = ''")
        connection.execute(SCHEMA)
        keep(connection, checked, datetime.now(tz=UTC).date())
        computed = compute(connection, round_)
    figures = exact(computed)
    cells = computed.grid.cells
    whole = (cells[list(NAMES)] == TOTAL).all(axis=1) & (cells["geographic_level"] == "Agency")
    mine = figures[figures["cell"].isin(cells.index[whole]) & (figures["band"] == "")]
    return {
        (one["measure"], one["statistic"], one["basis"]): Figure(
            one["measure"],
            one["statistic"],
            agency,
            one["status"],
            _plain(one["value"]),
            _plain(one["lower"]),
            _plain(one["upper"]),
            basis=one["basis"],
        )
        for one in mine.to_dict("records")
    }


def _plain(value: float) -> float | None:
    return None if pd.isna(value) else float(value)
