"""What the warehouse keeps of a return, table by table."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict

import pandas as pd
import pyarrow as pa

from data.checks.run import Checked
from data.checks.values import read_count
from data.codes import AGREEMENT_TYPES
from data.submission import Column, Submission, Value, as_text


def kept(checked: Checked) -> dict[str, pa.Table]:
    """Return the tables of a return, without its number."""
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
