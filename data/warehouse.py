"""The child-level store: every return as submitted, typed, with its findings.

Restricted: no page opens it. One transaction a return, so that a load that is killed leaves the
earlier return whole or the later one whole.
"""

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
_OF_A_RETURN = ("cells", "rows", "agreements", "findings", "explanations", "answers", "returns")


class WarehouseError(Exception):
    """The warehouse cannot be used; the message says why and what to do."""


@contextmanager
def opened(path: Path, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse, making it first if need be; raise `WarehouseError` if that fails."""
    if read_only and not path.exists():
        raise WarehouseError(f"There is no warehouse at {path}: load some returns first.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = duckdb.connect(str(path), read_only=read_only)
    except duckdb.IOException as error:
        said = str(error)
        why = "another program has it open" if "lock" in said.casefold() else "it cannot be read"
        raise WarehouseError(f"The warehouse {path} cannot be opened: {why}.") from error
    except (duckdb.Error, OSError) as error:
        raise WarehouseError(f"The warehouse {path} is not one of this program.") from error
    try:
        if not read_only:
            _make(connection)
        yield connection
    finally:
        connection.close()


def _make(connection: duckdb.DuckDBPyConnection) -> None:
    connection.begin()
    connection.execute(SCHEMA)
    found = connection.execute("SELECT max(version) FROM warehouse_version").fetchone()
    if found is None or found[0] is None:
        connection.execute("INSERT INTO warehouse_version VALUES (?)", [VERSION])
    elif found[0] != VERSION:
        connection.rollback()
        raise WarehouseError(
            f"The warehouse is of version {found[0]}, this program's is {VERSION}: "
            "load the returns into a new one."
        )
    connection.commit()


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


def forget(connection: duckdb.DuckDBPyConnection, agency: str, round_key: str | None) -> int:
    """Erase an agency's child rows, history included; return how many returns went."""
    where, values = "agency = ?", [agency]
    if round_key:
        where, values = "agency = ? AND round = ?", [agency, round_key]
    ids = [
        row[0]
        for row in connection.execute(
            f"SELECT return_id FROM returns WHERE {where}", values
        ).fetchall()
    ]
    with transaction(connection):
        for table in _OF_A_RETURN:
            connection.execute(f"DELETE FROM {table} WHERE return_id IN (SELECT unnest(?))", [ids])
    # Deleted rows stay in the file until it is checkpointed and its blocks are used again.
    connection.execute("FORCE CHECKPOINT")
    return len(ids)
