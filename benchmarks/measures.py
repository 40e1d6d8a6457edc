"""The whole catalogue, against the same work in polars and in pandas, and against one plain scan.

    python -m benchmarks.measures [SCALE ...]     (1 is a country of about 15,000 contacts)

Each way gets the same made-up rows. Ours starts from the warehouse's rows; polars and pandas are
given the prepared facts (breakdowns, conditions and days worked out) for nothing, and do counts,
n and quartiles of every duration, calendar and working days, for every published grouping. Times
are of one run each, in turn; trust the ratios. Memory is the process's peak, each way in its own.
"""

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import polars as pl

from data.rounds import PILOT
from data.sample import rows
from data.tables import FIELDS
from data.warehouse import opened
from measures import compute, facts
from measures.breakdowns import LEVELS, published
from measures.catalogue import BASES, DURATIONS
from measures.grid import DIMENSIONS, Grid
from measures.statistics import median_intervals, quantiles

PLACES = {"England": (), "Region": ("region",), "Agency": ("agency",)}
GROUPINGS = [
    (*PLACES[level], *names) for level in LEVELS for names in published(level, staged=True)
]
FLAGS = {flag: f"flag_{place}" for place, flag in enumerate(compute.FLAGS)}
DAYS = [f"{measure.id}_{basis}" for measure in DURATIONS for basis in BASES]
QUARTILES = (0.25, 0.5, 0.75)


def warehouse(path: Path, scale: float) -> int:
    """Fill a warehouse with a country's typed rows, past the workbooks; return how many."""
    total = 0
    names = ", ".join(field.name for field in FIELDS)
    with opened(path) as connection:
        for number, frame in enumerate(rows(PILOT, None, scale, 1), 1):
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


def prepared(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """Return the facts with every condition and day worked out, one row a row."""
    facts.make(connection, PILOT, Grid.of(PILOT))
    flags = ", ".join(f"coalesce({sql}, false) AS {FLAGS[f]}" for f, sql in compute.FLAGS.items())
    days, joins = [], []
    for place, measure in enumerate(DURATIONS):
        has = compute.FLAGS[measure.id]
        joins += [
            f"LEFT JOIN calendar AS s{place} ON s{place}.day = {measure.start}",
            f"LEFT JOIN calendar AS e{place} ON e{place}.day = {measure.end}",
        ]
        days += [
            f"CASE WHEN {has} THEN CAST({measure.end} - {measure.start} AS INTEGER) END "
            f"AS {measure.id}_calendar_days",
            f"CASE WHEN {has} THEN e{place}.working - s{place}.working END "
            f"AS {measure.id}_working_days",
        ]
    return connection.sql(
        f"SELECT {', '.join((*DIMENSIONS, flags, *days))} FROM facts {' '.join(joins)}"
    )


def ours(connection: duckdb.DuckDBPyConnection) -> float:
    started = time.perf_counter()
    computed = compute.compute(connection, PILOT)
    for histograms in computed.histograms.values():
        for p in QUARTILES:
            quantiles(histograms, p)
        median_intervals(histograms)
    return time.perf_counter() - started


def in_polars(connection: duckdb.DuckDBPyConnection) -> float:
    frame = prepared(connection).pl()
    started = time.perf_counter()
    asked = [pl.col(flag).sum() for flag in FLAGS.values()]
    for day in DAYS:
        asked += [pl.col(day).count().alias(f"{day} n")]
        asked += [pl.col(day).quantile(p, "linear").alias(f"{day} {p}") for p in QUARTILES]
    for names in GROUPINGS:
        frame.group_by(names).agg(asked) if names else frame.select(asked)
    return time.perf_counter() - started


def in_pandas(connection: duckdb.DuckDBPyConnection) -> float:
    frame = prepared(connection).df()
    started = time.perf_counter()
    for names in GROUPINGS:
        grouped = frame.groupby(list(names)) if names else frame.groupby(lambda _: 0)
        grouped[list(FLAGS.values())].sum()
        grouped[DAYS].count()
        grouped[DAYS].quantile(list(QUARTILES))
    return time.perf_counter() - started


def scan(connection: duckdb.DuckDBPyConnection) -> float:
    """One plain scan of the columns that the catalogue needs."""
    asked = ", ".join(f"max({field.name})" for field in FIELDS)
    connection.execute(f"SELECT {asked} FROM rows").fetchall()
    started = time.perf_counter()
    connection.execute(f"SELECT {asked} FROM rows").fetchall()
    return time.perf_counter() - started


WAYS: dict[str, Callable[[duckdb.DuckDBPyConnection], float]] = {
    "one scan": scan,
    "ours": ours,
    "polars": in_polars,
    "pandas": in_pandas,
}


def measured(way: str, path: Path) -> tuple[float, float]:
    """Return seconds, and how many MB the process's peak grew by."""
    with opened(path, read_only=True) as connection:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        seconds = WAYS[way](connection)
        return seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def main(scales: list[float]) -> None:
    for scale in scales:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "warehouse.duckdb"
            total = warehouse(path, scale)
            size = path.stat().st_size / 2**20
            print(f"\nscale {scale:g}: {total:,} rows, warehouse {size:.0f} MB")
            found = {}
            for way in WAYS:
                with multiprocessing.get_context("spawn").Pool(1) as pool:
                    found[way] = pool.apply(measured, (way, path))
            base = found["ours"][0]
            print(f"{'way':10} {'seconds':>9} {'against ours':>13} {'peak grew by MB':>16}")
            for way, (seconds, memory) in found.items():
                print(f"{way:10} {seconds:9.2f} {seconds / base:13.2f} {memory:16.0f}")
            print(f"ours is {base / found['one scan'][0]:.1f} scans")


if __name__ == "__main__":
    main([float(scale) for scale in sys.argv[1:]] or [1.0, 100.0])
