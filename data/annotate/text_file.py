"""A return sent as CSV made into a workbook: every cell the text that it was."""

from io import BytesIO
from typing import Any

import xlsxwriter

from data.annotate.cells import Sheet, letters_of
from data.annotate.parts import Parts
from data.annotate.xml import text
from data.checks.run import Checked
from data.codes import AGREEMENT_TYPES
from data.feedback import QUESTIONS
from data.submission import as_text
from data.tables import C0
from data.workbook import text as text_reader

SHEET, INSTRUCTIONS = "AS Data", "Instructions"
_LABELS = {
    "agency": "Agency name",
    "email": "Email address",
    "period": "Reporting period",
    C0.name: C0.heading,
    **dict(zip(AGREEMENT_TYPES, AGREEMENT_TYPES, strict=True)),
    **QUESTIONS,
}
PLACES = {name: f"B{row}" for row, name in enumerate(_LABELS, 1)}
"""Where the instructions of such a workbook have what: a CSV file has none."""


def as_workbook(data: bytes, checked: Checked) -> bytes:
    """Return a workbook with the cells of a CSV file where they were, and instructions to fill in.

    The agency, which a CSV file may only have in its name, is written into it.
    """
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        _instructions(book.add_worksheet(INSTRUCTIONS), checked)
        sheet = book.add_worksheet(SHEET)
        sheet.set_column(0, 16, 16)
        sheet.set_column(17, 17, 50)
        sheet.freeze_panes(checked.rows.submission.headings_row, 3)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        sheet.write_string(0, 0, "x")
    parts = Parts(file.getvalue(), "xl/workbook.xml")
    part = "xl/worksheets/sheet2.xml"
    whole = Sheet(parts[part])
    begin = whole.xml.index(b"<sheetData>") + len(b"<sheetData>")
    end = whole.xml.index(b"</sheetData>")
    parts[part] = whole.xml[:begin] + _rows(text_reader.grid(data)).encode() + whole.xml[end:]
    return parts.saved()


def _rows(grid: list[list[str]]) -> str:
    letters = [letters_of(n) for n in range(1, max(map(len, grid), default=0) + 1)]
    known: dict[str, str] = {}
    rows = []
    for number, cells in enumerate(grid, 1):
        made = []
        for letter, value in zip(letters, cells, strict=False):
            if value:
                if value not in known:
                    known[value] = text(value)
                made.append(
                    f'<c r="{letter}{number}" t="inlineStr"><is><t xml:space="preserve">'
                    f"{known[value]}</t></is></c>"
                )
        rows.append(f'<row r="{number}">{"".join(made)}</row>')
    return "".join(rows)


def _instructions(sheet: Any, checked: Checked) -> None:
    submission = checked.rows.submission
    said = {
        "agency": submission.agency,
        "email": submission.email,
        "period": checked.rows.round.period_in_words,
        **{kind: as_text(value) for kind, value in submission.agreements.items()},
        **submission.answers,
    }
    sheet.set_column(0, 1, 48)
    for row, (name, label) in enumerate(_LABELS.items()):
        sheet.write_string(row, 0, label)
        sheet.write_string(row, 1, said.get(name) or "")
