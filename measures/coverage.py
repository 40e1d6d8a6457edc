"""Which agencies a figure rests on: who returned, and who returns children before the order."""

from dataclasses import dataclass

import duckdb

from data.geography import regions_of
from data.rounds import Round
from measures.breakdowns import ENGLAND


@dataclass(frozen=True)
class Coverage:
    """The agencies of a round, those whose return came, those among them with pre-order rows."""

    expected: tuple[str, ...]
    returned: frozenset[str]
    pre_order: frozenset[str]

    def resting_on(self, level: str, geography: str, *, pre_order: bool = False) -> int:
        """Return on how many agencies' returns a geography's figures rest.

        A region's rest on the agencies with an authority in it. 0 means not available.
        """
        agencies = self.pre_order if pre_order else self.returned
        if level == ENGLAND:
            return len(agencies)
        if level == "Agency":
            return int(geography in agencies)
        return sum(geography in regions_of(agency) for agency in agencies)


def coverage(connection: duckdb.DuckDBPyConnection, round_: Round) -> Coverage:
    """Return the coverage of a round's current returns."""
    rows = connection.execute(
        "SELECT agency, covers_pre_order FROM returns WHERE current AND round = ?", [round_.key]
    ).fetchall()
    return Coverage(
        round_.agencies,
        frozenset(agency for agency, _ in rows),
        frozenset(agency for agency, covers in rows if covers),
    )
