"""The line in: read a return, check it, keep it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

import duckdb
import pyarrow as pa

from data.checks.run import Checked, check
from data.explanations import Explanation, Source
from data.kept import kept
from data.rounds import PILOT, Round, recognise
from data.sample import MARK
from data.submission import Submission, as_text
from data.warehouse import transaction
from data.workbook import read

SUFFIXES = (".xlsx", ".xlsm", ".csv")


class Outcome(StrEnum):
    """What became of a return that was read."""

    LOADED = "loaded"
    REPLACED = "replaced the agency's earlier return"
    UNCHANGED = "already loaded, nothing changed"
    REFUSED = "not accepted: an error is on the return as a whole"


@dataclass(frozen=True)
class Loaded:
    """One return with its findings and what became of it."""

    checked: Checked
    outcome: Outcome

    @property
    def needs_attention(self) -> bool:
        """Whether any finding is an error."""
        return self.checked.needs_attention


def files(paths: list[Path]) -> Iterator[Path]:
    """Yield the returns among `paths`, folders searched (not into sub-folders), in name order.

    A spreadsheet program's lock files (`~$…`) are passed over.
    """
    for path in paths:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        for file in inside:
            if file == path or (
                file.suffix.casefold() in SUFFIXES and not file.name.startswith(("~$", "."))
            ):
                yield file


def load(
    connection: duckdb.DuckDBPyConnection,
    source: Path,
    *,
    received: date | None = None,
    round_: Round | None = None,
) -> Loaded:
    """Read, check and keep one return, in one transaction.

    Raises `Unreadable` where the file is not a return. A return with an error on the whole of it
    is not kept, and the agency's earlier one stays.
    """
    submission = read(source)
    day = received or datetime.now(tz=UTC).date()
    round_ = round_ or recognise(submission.period) or PILOT
    previous = _previous_rows(connection, submission, round_)
    earlier = _explained(connection, submission, round_)
    checked = check(submission, round_, day, previous, earlier)
    return Loaded(checked, keep(connection, checked, day))


def _previous_rows(
    connection: duckdb.DuckDBPyConnection, submission: Submission, round_: Round
) -> int | None:
    """Return the rows of the agency's latest return before this one, of this round or another."""
    found = connection.execute(
        "SELECT rows FROM returns WHERE lower(agency) = lower(trim(?)) AND usable "
        "AND fingerprint <> ? ORDER BY round = ? DESC, return_id DESC LIMIT 1",
        [submission.agency or "", submission.fingerprint, round_.key],
    ).fetchall()  # all of it: an unfinished result would keep the connection busy
    return found[0][0] if found else None


def _explained(
    connection: duckdb.DuckDBPyConnection, submission: Submission, round_: Round
) -> list[Explanation]:
    """Return what explains the findings on the agency's return that this one will replace."""
    found = connection.execute(
        """
        SELECT explanation, row, field, "check", contact, value, message
        FROM findings JOIN returns USING (return_id)
        WHERE lower(agency) = lower(trim(?)) AND round = ? AND current
            AND explanation IS NOT NULL""",
        [submission.agency or "", round_.key],
    ).fetchall()
    return [Explanation(text, Source.EARLIER, *rest) for text, *rest in found]


def keep(connection: duckdb.DuckDBPyConnection, checked: Checked, received: date) -> Outcome:
    """Keep a return in one transaction, in the place of the agency's earlier one."""
    rows, submission = checked.rows, checked.rows.submission
    if not checked.usable or rows.agency is None:
        return Outcome.REFUSED
    key = [rows.agency, rows.round.key]
    same = "SELECT 1 FROM returns WHERE agency = ? AND round = ? AND fingerprint = ?"
    if connection.execute(same, [*key, submission.fingerprint]).fetchall():
        return Outcome.UNCHANGED
    with transaction(connection):
        earlier = connection.execute(
            "UPDATE returns SET current = false WHERE agency = ? AND round = ? AND current "
            "RETURNING return_id",
            key,
        ).fetchall()
        ((made,),) = connection.execute(
            "INSERT INTO returns (agency, round, file, fingerprint, received, loaded_at, email, "
            "rows, used, covers_pre_order, made_up, usable, current) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, true, true) RETURNING return_id",
            [
                *key,
                submission.file,
                submission.fingerprint,
                received,
                datetime.now(tz=UTC).replace(tzinfo=None),
                submission.email,
                len(rows),
                int(checked.used.sum()),
                checked.covers_pre_order,
                is_made_up(submission),
            ],
        ).fetchall()
        for table, content in kept(checked).items():
            content = content.add_column(  # noqa: PLW2901
                0, "return_id", pa.array([made] * len(content), pa.int64())
            )
            connection.register("content", content)
            connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM content")
            connection.unregister("content")
    return Outcome.REPLACED if earlier else Outcome.LOADED


def is_made_up(submission: Submission) -> bool:
    """Return whether the return says of itself that it is made up."""
    said = (*submission.instructions.values(), *submission.above.values())
    return MARK in map(as_text, said)
