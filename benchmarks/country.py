"""A made-up country for the benchmarks, of any size."""

from pathlib import Path

from data.rounds import PILOT
from data.sample import rows
from data.tables import FIELDS
from data.warehouse import opened


def warehouse(path: Path, scale: float, agencies: int | None = None) -> int:
    """Fill a warehouse with a country's typed rows, past the workbooks; return how many."""
    total = 0
    names = ", ".join(field.name for field in FIELDS)
    with opened(path) as connection:
        for number, frame in enumerate(rows(PILOT, agencies, scale, 1), 1):
            connection.execute(
                "INSERT INTO returns (agency, round, fingerprint, received, loaded_at, rows, used,"
                " covers_pre_order, made_up, usable, current) VALUES (?, ?, ?, '2025-12-01',"
                " '2025-12-01', ?, ?, ?, true, true, true)",
                [
                    str(frame["agency"].iloc[0]),
                    PILOT.key,
                    str(number),
                    len(frame),
                    len(frame),
                    bool(frame["C8"].notna().any()),
                ],
            )
            connection.register("frame", frame)
            connection.execute(
                f"INSERT INTO rows BY NAME SELECT {number} AS return_id, "
                f"row_number() OVER () AS row, true AS used, {names} FROM frame"
            )
            connection.unregister("frame")
            total += len(frame)
    return total
