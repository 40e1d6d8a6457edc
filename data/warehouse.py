"""The child-level store: every return as submitted, typed, with its findings.

Restricted: no page opens it. One transaction a return, so that a load that is killed leaves the
earlier return whole or the later one whole.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from data.tables import FIELDS, Kind

VERSION = 1

_TYPED = ", ".join(
    f"{field.name} {'DATE' if field.kind is Kind.DATE else 'VARCHAR'}" for field in FIELDS
)

SCHEMA = f"""
CREATE TABLE IF NOT EXISTS warehouse_version (version INTEGER);
CREATE SEQUENCE IF NOT EXISTS return_ids;
CREATE TABLE IF NOT EXISTS returns (
    return_id BIGINT DEFAULT nextval('return_ids') PRIMARY KEY,
    agency VARCHAR NOT NULL, round VARCHAR NOT NULL, file VARCHAR, fingerprint VARCHAR NOT NULL,
    received DATE NOT NULL, loaded_at TIMESTAMP NOT NULL, email VARCHAR,
    rows INTEGER, used INTEGER, covers_pre_order BOOLEAN, made_up BOOLEAN,
    usable BOOLEAN NOT NULL, current BOOLEAN NOT NULL);
CREATE TABLE IF NOT EXISTS cells (
    return_id BIGINT, sheet VARCHAR, row INTEGER, letter VARCHAR, field VARCHAR, value VARCHAR);
CREATE TABLE IF NOT EXISTS rows (return_id BIGINT, row INTEGER, used BOOLEAN, {_TYPED});
CREATE TABLE IF NOT EXISTS agreements (return_id BIGINT, type VARCHAR, children INTEGER);
CREATE TABLE IF NOT EXISTS findings (
    return_id BIGINT, "check" VARCHAR, level VARCHAR, sheet VARCHAR, row INTEGER, field VARCHAR,
    contact VARCHAR, value VARCHAR, message VARCHAR, explanation VARCHAR);
CREATE TABLE IF NOT EXISTS explanations (
    return_id BIGINT, source VARCHAR, row INTEGER, field VARCHAR, "check" VARCHAR,
    contact VARCHAR, value VARCHAR, message VARCHAR, text VARCHAR, fits BOOLEAN);
CREATE TABLE IF NOT EXISTS answers (return_id BIGINT, question VARCHAR, text VARCHAR);
"""


class WarehouseError(Exception):
    """The warehouse cannot be used; the message says why and what to do."""


@contextmanager
def opened(path: Path, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse, making it first if need be; raise `WarehouseError` if that fails."""
    if read_only and not path.exists():
        raise WarehouseError(f"There is no warehouse at {path}: load some returns first.")
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _make(path)
        connection = duckdb.connect(str(path), read_only=read_only)
    except (duckdb.Error, OSError) as error:
        raise WarehouseError(f"The warehouse {path} cannot be opened: {_why(error)}.") from error
    try:
        connection.execute("SET enable_progress_bar = false")  # it would stand among our own lines
        _refuse_others(connection, path)
        if not read_only:
            connection.execute(SCHEMA)  # what an earlier version of the program had not yet
        yield connection
    finally:
        connection.close()


def _why(error: Exception) -> str:
    said = str(error).casefold()
    if "lock" in said or "used by another process" in said:
        return "another program has it open; close it there and try again"
    if "not a valid duckdb" in said:
        return "it is a file of another kind; name the warehouse, or a new file"
    if "directory" in said and "is a" in said:
        return "it is a folder; name a file in it"
    return "nothing can be read or written there; look at its folder and its permissions"


def _make(path: Path, first_id: int = 1) -> None:
    """Make an empty warehouse, whole or not at all: half of one could not be opened again."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh.unlink(missing_ok=True)
    connection = duckdb.connect(str(fresh))
    try:
        connection.execute(f"CREATE SEQUENCE return_ids START {first_id}")
        connection.execute(SCHEMA)
        connection.execute("INSERT INTO warehouse_version VALUES (?)", [VERSION])
    finally:
        connection.close()
    try:
        os.link(fresh, path)  # unlike a renaming, never in the place of another process's
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        fresh.replace(path)
    fresh.unlink(missing_ok=True)


def _refuse_others(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    try:
        # An unfinished result would keep the connection busy: hence all of it.
        ((found,),) = connection.execute("SELECT max(version) FROM warehouse_version").fetchall()
    except duckdb.CatalogException as error:
        raise WarehouseError(f"{path} is a database, and no warehouse of this program.") from error
    if found != VERSION:
        raise WarehouseError(
            f"The warehouse {path} is of version {found}, this program's is "
            f"{VERSION}: load the returns into a new one."
        )


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Keep all that is done inside, or nothing of it."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def forget(path: Path, agency: str, round_key: str | None = None) -> int:
    """Erase an agency's child rows, history included; return how many returns went.

    Deleted rows would stay in the blocks of the file: what is left is copied into a new file,
    which takes the old one's place. Killed on the way, the old one is as it was.
    """
    forgotten = "agency = $agency AND round = coalesce($round, round)"
    values = {"agency": agency, "round": round_key}
    kept = path.with_name(f"{path.name}.kept")
    with opened(path) as connection:
        counted = connection.execute(f"SELECT count(*) FROM returns WHERE {forgotten}", values)
        gone = int((counted.fetchone() or [0])[0])
        if not gone:
            return 0
        next_id = connection.execute("SELECT nextval('return_ids')").fetchone()
        kept.unlink(missing_ok=True)
        _make(kept, next_id[0] if next_id else 1)
        address = str(kept).replace("'", "''")
        connection.execute(f"ATTACH '{address}' AS kept")
        with transaction(connection):
            for (table,) in connection.execute(
                "SELECT table_name FROM duckdb_columns() WHERE column_name = 'return_id' "
                "AND database_name = 'kept' ORDER BY table_name = 'returns' DESC"
            ).fetchall():
                connection.execute(
                    f"INSERT INTO kept.{table} BY NAME SELECT * FROM {table} WHERE return_id "
                    f"NOT IN (SELECT return_id FROM returns WHERE {forgotten})",
                    values,
                )
        connection.execute("DETACH kept")
    kept.replace(path)
    return gone
