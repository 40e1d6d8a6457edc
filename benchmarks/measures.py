"""The whole catalogue, against the same work in polars and in pandas, and against one plain scan.

    python -m benchmarks.measures [SCALE ...]     (1, 100, 1000: 15,000 contacts, 1.5, 15 million)

Every way gets the same made-up rows, in a process of its own. What each does:

- one scan: reads every column that measures need, once, and keeps nothing of it;
- compute: ours, from the warehouse's rows to every count, histogram and waiting curve: sorting out
  children, repeat contacts, ages, regions, working days, all of it;
- ours: that, and every figure made of it: quartiles, intervals, bands, comparisons, rates;
- polars, pandas: are given the rows with breakdowns, conditions and days worked out (`prepared`,
  not timed), and do counts, n and quartiles of every duration in both bases, for every published
  grouping. No intervals, bands, waiting curves or comparisons: less than `compute` does.

Wall time and the time of all processor cores, best of some runs in the same process (one run from
scale 1000 on). Memory is by how much the process's peak grew, the table's size that of the rows in
the warehouse's file and as a pandas frame.
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
from data.tables import FIELDS, Kind
from data.warehouse import opened
from measures import compute, facts
from measures.breakdowns import LEVELS, published
from measures.catalogue import BASES, DURATIONS
from measures.figures import exact
from measures.grid import DIMENSIONS, Grid

PLACES = {"England": (), "Region": ("region",), "Agency": ("agency",)}
GROUPINGS = [
    (*PLACES[level], *names) for level in LEVELS for names in published(level, staged=True)
]
FLAGS = {flag: f"flag_{place}" for place, flag in enumerate(compute.FLAGS)}
DAYS = [f"{measure.id}_{basis}" for measure in DURATIONS for basis in BASES]
QUARTILES = (0.25, 0.5, 0.75)
LONGEST = 600  # seconds a way may take
Work = Callable[[], object]


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


def computed(connection: duckdb.DuckDBPyConnection) -> Work:
    return lambda: compute.compute(connection, PILOT)


def ours(connection: duckdb.DuckDBPyConnection) -> Work:
    return lambda: exact(compute.compute(connection, PILOT))


def in_polars(connection: duckdb.DuckDBPyConnection) -> Work:
    frame = prepared(connection).pl()
    asked = [pl.col(flag).sum() for flag in FLAGS.values()]
    for day in DAYS:
        asked += [pl.col(day).count().alias(f"{day} n")]
        asked += [pl.col(day).quantile(p, "linear").alias(f"{day} {p}") for p in QUARTILES]

    def work() -> None:
        for names in GROUPINGS:
            frame.group_by(names).agg(asked) if names else frame.select(asked)

    return work


def in_pandas(connection: duckdb.DuckDBPyConnection) -> Work:
    frame = prepared(connection).df()

    def work() -> None:
        for names in GROUPINGS:
            grouped = frame.groupby(list(names)) if names else frame.groupby(lambda _: 0)
            grouped[list(FLAGS.values())].sum()
            grouped[DAYS].count()
            grouped[DAYS].quantile(list(QUARTILES))

    return work


def scan(connection: duckdb.DuckDBPyConnection) -> Work:
    # The largest of a column of dates is known without reading it.
    asked = ", ".join(
        f"count_if({field.name} > DATE '{PILOT.start}')"
        if field.kind is Kind.DATE
        else f"max({field.name})"
        for field in FIELDS
    )
    return lambda: connection.execute(f"SELECT {asked} FROM rows").fetchall()


WAYS: dict[str, Callable[[duckdb.DuckDBPyConnection], Work]] = {
    "one scan": scan,
    "compute": computed,
    "ours": ours,
    "polars": in_polars,
    "pandas": in_pandas,
}


def measured(way: str, path: Path, runs: int) -> tuple[float, float, float]:
    """Return seconds, seconds of all cores, and how many MB the process's peak grew by."""
    with opened(path, read_only=True) as connection:
        work = WAYS[way](connection)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        found = []
        for _ in range(runs):
            started, used = time.perf_counter(), time.process_time()
            work()
            found.append((time.perf_counter() - started, time.process_time() - used))
        grew = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return min(wall for wall, _ in found), min(cores for _, cores in found), grew


def in_memory(path: Path) -> float:
    """Return the MB of the warehouse's rows as a pandas frame."""
    with opened(path, read_only=True) as connection:
        frame = connection.execute("FROM rows USING SAMPLE 20000 ROWS (reservoir, 1)").df()
        rows_ = connection.execute("SELECT count(*) FROM rows").fetchall()[0][0]
    return float(frame.memory_usage(deep=True).sum() / len(frame) * rows_ / 2**20)


def main(scales: list[float]) -> None:
    for scale in scales:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "warehouse.duckdb"
            total = warehouse(path, scale)
            size = path.stat().st_size / 2**20
            print(
                f"\nscale {scale:g}: {total:,} rows; {size:,.0f} MB in the warehouse, "
                f"{in_memory(path):,.0f} MB as a frame",
                flush=True,
            )
            print(f"{'way':10} {'seconds':>9} {'of cores':>9} {'scans':>7} {'peak grew by MB':>16}")
            scanned = None
            for way in WAYS:
                with multiprocessing.get_context("spawn").Pool(1) as pool:
                    runs = 5 if way == "one scan" else 3 if scale < 1000 else 1
                    try:
                        wall, cores, memory = pool.apply_async(measured, (way, path, runs)).get(
                            LONGEST
                        )
                    except multiprocessing.TimeoutError:
                        print(f"{way:10} not done after {LONGEST} s", flush=True)
                        continue
                scanned = scanned or wall
                print(
                    f"{way:10} {wall:9.2f} {cores:9.2f} {wall / scanned:7.1f} {memory:16,.0f}",
                    flush=True,
                )


if __name__ == "__main__":
    main([float(scale) for scale in sys.argv[1:]] or [1.0, 100.0])
