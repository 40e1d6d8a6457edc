"""What `check` prints of a return: lines for a person, a mapping for a program."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from data.against import Difference
from data.checks.run import Checked
from data.checks.values import quoted
from data.findings import Finding
from data.tables import Level


def as_json(file: Path, checked: Checked, against: Difference | None = None) -> dict[str, Any]:
    """Return a return as `check --json` prints it."""
    rows = checked.rows
    more = {"against": against.as_json()} if against else {}
    return {
        "file": str(file),
        "agency": rows.agency or rows.submission.agency,
        "round": rows.round.title,
        "rows": len(rows),
        "usable": checked.usable,
        "findings": [finding.as_json() for finding in checked.findings],
        "unfitting": [asdict(one) for one in checked.unfitting],
        "covers_pre_order": checked.covers_pre_order,
        "confirms_no_pre_order": checked.confirms_no_pre_order,
        "answers": dict(rows.submission.answers),
        **more,
    }


def as_lines(file: Path, checked: Checked, against: Difference | None = None) -> Iterator[str]:
    """Yield a summary of a return, a line a finding, and what differs from an earlier return."""
    errors = sum(finding.level is Level.ERROR for finding in checked.findings)
    explained = sum(finding.explained for finding in checked.findings)
    queries = len(checked.findings) - errors
    agency = checked.rows.agency or "agency not known"
    yield (
        f"{file.name} ({agency}): {len(checked.rows)} rows, {int(checked.used.sum())} usable; "
        f"{errors} errors, {queries} queries"
        f"{f' ({explained} explained)' if explained else ''}"
    )
    if not checked.covers_pre_order:
        if checked.confirms_no_pre_order:
            yield "  It has no children before the order, and confirms that there are none."
        else:
            yield (
                "  It has no children before the order: please confirm that on its Instructions "
                "sheet."
            )
    yield from (
        f"  {_place(finding)}: {'explained' if finding.explained else finding.level}: "
        f"{finding.message}"
        for finding in checked.findings
    )
    for one in checked.unfitting:
        where = f"row {one.row}" if one.row else "the return"
        said = " ".join(one.text.split())
        yield f"  {where} {one.field or ''}: kept, though it fits no finding: {quoted(said)}"
    if against:
        yield from (f"  {line}" for line in against.lines())


def _place(finding: Finding) -> str:
    where = f" row {finding.row}" if finding.row else ""
    return f"{finding.sheet}{where}{f' {finding.field}' if finding.field else ''}"
