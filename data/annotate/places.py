"""Where on the sheets a finding is marked."""

from collections.abc import Iterator

from data.annotate.cells import Cell, column_number
from data.checks.returns import AGENCY, AGREEMENTS, EMAIL, UNKNOWN_COLUMN
from data.findings import Finding
from data.submission import Submission, as_text

_LABELS = {AGENCY.name: "agency", EMAIL.name: "email"}


def on_rows(finding: Finding, submission: Submission) -> Iterator[Cell]:
    """Yield the cells of the data sheet that a finding is marked on.

    A finding on a whole row is marked on the contact's identifier, one on a column on its heading.
    """
    columns = submission.columns
    if finding.row is not None:
        column = columns.get(finding.field or "C3") or next(iter(columns.values()))
        yield finding.row, column_number(column.letter)
    elif finding.field is not None and finding.field in submission.doubled:
        for each in (columns[finding.field], *submission.doubled[finding.field]):
            yield submission.headings_row, column_number(each.letter)
    elif finding.check == UNKNOWN_COLUMN.name:
        for other in submission.others:
            if finding.message.startswith(f"Column {other.letter} "):
                yield submission.headings_row, column_number(other.letter)


def on_instructions(finding: Finding, submission: Submission) -> str | None:
    """Return the address of the cell of the instructions that a finding is marked on."""
    label = _LABELS.get(finding.check)
    if finding.check == AGREEMENTS.name:
        said = as_text(finding.message) or ""
        label = next((kind for kind in submission.agreements if f" {kind} " in said), None)
    return submission.places.get(label or "")
