"""The line in: read a return, check it, keep it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from data.checks.run import Checked, check
from data.checks.values import read_count
from data.codes import AGREEMENT_TYPES
from data.explanations import Explanation, Source
from data.rounds import PILOT, Round, recognise
from data.sample import MARK
from data.submission import Column, Submission, Value, as_text
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
    ).fetchone()
    return found[0] if found else None


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
    if connection.execute(same, [*key, submission.fingerprint]).fetchone():
        return Outcome.UNCHANGED
    with transaction(connection):
        earlier = connection.execute(
            "UPDATE returns SET current = false WHERE agency = ? AND round = ? AND current "
            "RETURNING return_id",
            key,
        ).fetchall()
        made = connection.execute(
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
        ).fetchone()
        assert made is not None  # noqa: S101 - an insert returns the row that it made
        for table, content in _tables(checked).items():
            content = content.add_column(  # noqa: PLW2901
                0, "return_id", pa.array([made[0]] * len(content), pa.int64())
            )
            connection.register("content", content)
            connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM content")
            connection.unregister("content")
    return Outcome.REPLACED if earlier else Outcome.LOADED


def is_made_up(submission: Submission) -> bool:
    """Return whether the return says of itself that it is made up."""
    said = (*submission.instructions.values(), *submission.above.values())
    return MARK in map(as_text, said)


def _tables(checked: Checked) -> dict[str, pa.Table]:
    rows, submission = checked.rows, checked.rows.submission
    typed = pd.DataFrame(
        {"row": rows.submission.rows, "used": checked.used} | rows.dates | rows.texts
    )
    agreements = [
        {"type": kind.lower(), "children": read_count(submission.agreements.get(kind))}
        for kind in AGREEMENT_TYPES
    ]
    schema = pa.schema([("type", pa.string()), ("children", pa.int32())])
    text = ("check", "level", "sheet", "field", "contact", "value", "message", "explanation")
    findings = pa.schema([*((name, pa.string()) for name in text), ("row", pa.int32())])
    return {
        "rows": pa.Table.from_pandas(typed, preserve_index=False),
        "cells": pa.concat_tables(_cells(submission)),
        "agreements": pa.Table.from_pylist(agreements, schema),
        "findings": pa.Table.from_pylist([f.as_json() for f in checked.findings], findings),
        "explanations": _explanations(checked),
        "answers": pa.table(
            {
                "question": pa.array(submission.answers.keys(), pa.string()),
                "text": pa.array(submission.answers.values(), pa.string()),
            }
        ),
    }


def _explanations(checked: Checked) -> pa.Table:
    """Return what the sender explained, and whether it fits a finding."""
    unfitting = set(checked.unfitting)
    given = [asdict(one) | {"fits": one not in unfitting} for one in checked.explanations]
    text = ("source", "field", "check", "contact", "value", "message", "text")
    schema = [*((name, pa.string()) for name in text), ("row", pa.int32()), ("fits", pa.bool_())]
    return pa.Table.from_pylist(given, pa.schema(schema))


def _cells(submission: Submission) -> Iterator[pa.Table]:
    """Yield the submitted text of every cell, headings included, blanks left out."""
    named: list[tuple[str | None, Column]] = list(submission.columns.items())
    named += [(name, again) for name, more in submission.doubled.items() for again in more]
    named += [(None, other) for other in submission.others]
    for name, column in named:
        rows, values = [submission.headings_row, *submission.rows], [column.heading, *column.values]
        text = pa.array([as_text(value) or None for value in values], pa.string())
        yield pa.table(
            {
                "sheet": pa.array([submission.sheet] * len(text), pa.string()),
                "row": pa.array(rows, pa.int32()),
                "letter": pa.array([column.letter] * len(text), pa.string()),
                "field": pa.array([name] * len(text), pa.string()),
                "value": text,
            }
        ).filter(text.is_valid())
    yield _by_address(submission.sheet, submission.above)
    yield _by_address(submission.instructions_sheet or "Instructions", submission.instructions)


def _by_address(sheet: str, values: Mapping[str, Value]) -> pa.Table:
    cells = [
        {
            "sheet": sheet,
            "row": int("".join(filter(str.isdigit, address))),
            "letter": "".join(filter(str.isalpha, address)),
            "value": as_text(value),
        }
        for address, value in values.items()
    ]
    text = [(name, pa.string()) for name in ("letter", "field", "value")]
    schema = pa.schema([("sheet", pa.string()), ("row", pa.int32()), *text])
    return pa.Table.from_pylist(cells, schema)
