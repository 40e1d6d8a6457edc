"""The whole catalogue, against the same work in polars and in pandas, and against one plain scan.

    python -m benchmarks.measures [SCALE ...] [WAY ...]

Scales 1, 100 and 1000 are 15,000, 1.5 million and 15 million contacts.

Every way gets the same made-up rows, in a process of its own. What each does:

- scan: reads every column that measures need, once, and keeps nothing of it;
- compute: ours, from the warehouse's rows to every count, histogram and waiting curve: sorting out
  children, repeat contacts, ages, regions, working days, all of it;
- ours: that, and every figure made of it: quartiles, intervals, bands, comparisons, rates;
- polars, pandas: are given the rows with breakdowns, conditions and days worked out (`prepared`,
  not timed), and do counts, n and quartiles of every duration in both bases, for every published
  grouping. No intervals, bands, waiting curves or comparisons: less than `compute` does.

Wall time and the time of all processor cores, best of some runs in the same process (one run from
scale 1000 on), and how many scans each is. Of a way that takes too long or does not fit, it says
so. Memory is by how much the process's peak grew, the table's size that of the rows in the
warehouse's file and as a pandas frame.
"""

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import polars as pl

from benchmarks.country import warehouse
from data.rounds import PILOT
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
LONGEST = 600  # seconds that a run may take, or preparing it
Work = Callable[[], object]


def prepared(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """Return the facts with every condition and day worked out, one row a row."""
    facts.make(connection, PILOT, Grid.of(PILOT))
    flags = ", ".join(f"coalesce({sql}, false) AS {FLAGS[f]}" for f, sql in compute.FLAGS.items())
    days = []
    for measure in DURATIONS:
        span = f"CASE WHEN {compute.FLAGS[measure.id]} THEN {measure.end} - {measure.start} END"
        days += [
            f"CAST(({span}) & 65535 AS INTEGER) AS {measure.id}_calendar_days",
            f"CAST(({span}) >> 16 AS INTEGER) AS {measure.id}_working_days",
        ]
    return connection.sql(f"SELECT {', '.join((*DIMENSIONS, flags, *days))} FROM facts")


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
    "scan": scan,
    "compute": computed,
    "ours": ours,
    "polars": in_polars,
    "pandas": in_pandas,
}


def measured(way: str, path: Path, runs: int, said: Connection) -> None:
    """Send a word once prepared; then of each run seconds, of all cores, MB the peak grew by."""
    try:
        with opened(path, read_only=True) as connection:
            work = WAYS[way](connection)
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            said.send("prepared")
            for _ in range(runs):
                started, used = time.perf_counter(), time.process_time()
                work()
                took = time.perf_counter() - started, time.process_time() - used
                grew = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
                said.send((*took, grew / 1024))
    except (MemoryError, duckdb.OutOfMemoryException) as error:
        said.send(f"did not fit in memory: {error}")


def timed(way: str, path: Path, runs: int) -> tuple[float, float, float] | str:
    """Return the best run's seconds, seconds of all cores and MB, or why there is none."""
    listen, said = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(
        target=measured, args=(way, path, runs, said), daemon=True
    )
    process.start()
    said.close()
    found: list[tuple[float, float, float]] = []
    try:
        for _ in range(runs + 1):
            if not listen.poll(LONGEST):
                return f"not done after {LONGEST} s" if not found else _best(found)
            match listen.recv():
                case "prepared":
                    continue
                case str(why):
                    return why
                case took:
                    found.append(took)
    except EOFError:
        process.join()
        return f"ended by the system (exit status {process.exitcode}), most likely for its memory"
    finally:
        process.kill()
        process.join()
    return _best(found)


def _best(found: list[tuple[float, float, float]]) -> tuple[float, float, float]:
    walls, cores, grew = zip(*found, strict=True)
    return min(walls), min(cores), max(grew)


def in_memory(path: Path) -> float:
    """Return the MB of the warehouse's rows as a pandas frame."""
    with opened(path, read_only=True) as connection:
        frame = connection.execute("FROM rows USING SAMPLE 20000 ROWS (reservoir, 1)").df()
        rows_ = connection.execute("SELECT count(*) FROM rows").fetchall()[0][0]
    return float(frame.memory_usage(deep=True).sum() / len(frame) * rows_ / 2**20)


def main(scales: list[float], ways: list[str]) -> None:
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
            print(
                f"{'way':10} {'seconds':>9} {'of cores':>9} {'scans':>7} {'of cores':>9}"
                f" {'peak grew by MB':>16}"
            )
            scanned = None
            for way in ways:
                runs = 5 if way == "scan" else 3 if scale < 1000 else 1
                took = timed(way, path, runs)
                if isinstance(took, str):
                    print(f"{way:10} {took}", flush=True)
                    continue
                wall, cores, memory = took
                scanned = scanned or (wall, cores)
                print(
                    f"{way:10} {wall:9.2f} {cores:9.2f} {wall / scanned[0]:7.1f}"
                    f" {cores / scanned[1]:9.1f} {memory:16,.0f}",
                    flush=True,
                )


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        [float(one) for one in given if one not in WAYS] or [1.0, 100.0],
        [one for one in given if one in WAYS] or list(WAYS),
    )
