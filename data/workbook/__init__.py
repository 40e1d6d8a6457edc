"""Reading a submitted return, from a file or an upload, without changing a value in it."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from data.codes import AGREEMENT_TYPES
from data.feedback import QUESTIONS
from data.submission import Submission, Unreadable
from data.workbook import (
    agencies,
    container,
    disguise,
    explained,
    instructions,
    sheets,
    table,
    text,
)
from data.workbook.excel import Workbook
from data.workbook.instructions import Instructions
from data.workbook.sheets import DATA_SHEET, Sheet
from data.workbook.source import contents

__all__ = ["SUFFIXES", "Unreadable", "read"]

SUFFIXES = (".xlsx", ".xlsm", ".csv")
_TEXT = (".csv", ".txt", ".tsv")


def read(source: Path | bytes, name: str | None = None) -> Submission:
    """Return a return as it came, from a file or from the bytes of an upload called `name`.

    What the file holds decides how it is read, not what it is called. Raises `Unreadable`, whose
    message is one sentence for the sender.
    """
    data = contents(source)
    file = name or (source.name if isinstance(source, Path) else "return")
    disguise.refuse(data)
    if container.is_zip(data):
        submission = _from_workbook(Workbook(data))
    elif Path(file).suffix.lower() in _TEXT or not Path(file).suffix:
        submission = _from_text(data, file)
    else:
        raise Unreadable(
            "The file is not an Excel workbook (.xlsx, .xlsm) or a CSV file, whatever it is "
            "called: save the return as an Excel workbook and send that."
        )
    return replace(submission, file=file, fingerprint=sha256(data).hexdigest())


def _from_workbook(workbook: Workbook) -> Submission:
    found = sheets.read(workbook)
    submission = _submission(found.data, found.said)
    noted = explained.in_comments(workbook.comments(found.data.name), submission)
    return replace(
        submission,
        explanations=(*found.explanations, *noted),
        instructions_sheet=found.said_on,
        unread_sheets=found.unread,
        dates_from_1904=workbook.dates_from_1904,
    )


def _from_text(data: bytes, file: str) -> Submission:
    grid = text.grid(data)
    sheet = Sheet.of(Path(file).stem, grid)
    if sheet is None:
        raise Unreadable(
            "The file has no row with the headings C1 to C17: save the sheet "
            f'"{DATA_SHEET}" as CSV with its headings.'
        )
    submission = _submission(sheet, Instructions())
    return replace(submission, agency=submission.agency or agencies.named_in(file))


def _submission(sheet: Sheet, said: Instructions) -> Submission:
    """Return all but the file; what stands above the headings fills in for the instructions."""
    above = instructions.read(sheet.grid[: sheet.headings.row])
    values = {**above.values, **said.values}
    facts = Instructions(values)
    data = table.read(sheet.grid, sheet.headings)
    return Submission(
        file="",
        fingerprint="",
        sheet=sheet.name,
        agency=agencies.recognised(facts.text("agency")),
        email=facts.text("email"),
        period=facts.text("period"),
        agreements={kind: values.get(kind) for kind in AGREEMENT_TYPES},
        rows=data.rows,
        columns=data.columns,
        others=data.others,
        doubled=data.doubled,
        blank_rows=data.blank_rows,
        instructions=said.cells,
        above=above.cells,
        answers={name: answer for name in QUESTIONS if (answer := facts.text(name))},
        headings_row=sheet.headings.row + 1,
        places=said.places,
    )
