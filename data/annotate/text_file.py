"""A return sent as CSV made into a workbook: every cell the text that it was."""

from io import BytesIO

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

SHEET = "AS Data"


def as_workbook(data: bytes, checked: Checked) -> bytes:
    """Return a workbook with the cells of a CSV file where they were, and instructions to fill in.

    The agency, which a CSV file may only have in its name, is written into it.
    """
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        _instructions(book.add_worksheet("Instructions"), checked)
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


def _instructions(sheet: object, checked: Checked) -> None:
    submission = checked.rows.submission
    said = {
        "Agency name": submission.agency,
        "Email address": submission.email,
        "Reporting period": checked.rows.round.period_in_words,
        C0.heading: None,
        **{kind: as_text(submission.agreements.get(kind)) for kind in AGREEMENT_TYPES},
        **{words: submission.answers.get(name) for name, words in QUESTIONS.items()},
    }
    sheet.set_column(0, 1, 48)  # type: ignore[attr-defined]
    for row, (label, value) in enumerate(said.items()):
        sheet.write_string(row, 0, label)  # type: ignore[attr-defined]
        sheet.write_string(row, 1, value or "")  # type: ignore[attr-defined]
