"""What `check` prints of a return: lines for a person, a mapping for a program."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from data.checks.run import Checked
from data.findings import Finding
from data.tables import Level


def as_json(file: Path, checked: Checked) -> dict[str, Any]:
    """Return a return as `check --json` prints it."""
    rows = checked.rows
    return {
        "file": str(file),
        "agency": rows.agency or rows.submission.agency,
        "round": rows.round.title,
        "rows": len(rows),
        "usable": checked.usable,
        "findings": [finding.as_json() for finding in checked.findings],
    }


def as_lines(file: Path, checked: Checked) -> Iterator[str]:
    """Yield a summary of a return and a line a finding."""
    errors = sum(finding.level is Level.ERROR for finding in checked.findings)
    queries = len(checked.findings) - errors
    agency = checked.rows.agency or "agency not known"
    yield (
        f"{file.name} ({agency}): {len(checked.rows)} rows, {int(checked.used.sum())} usable; "
        f"{errors} errors, {queries} queries"
    )
    if not checked.covers_pre_order:
        yield "  It has no children before the order: please confirm that when you send it."
    yield from (
        f"  {_place(finding)}: {finding.level}: {finding.message}" for finding in checked.findings
    )


def _place(finding: Finding) -> str:
    where = f" row {finding.row}" if finding.row else ""
    return f"{finding.sheet}{where}{f' {finding.field}' if finding.field else ''}"
