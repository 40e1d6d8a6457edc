"""The sheet "Instructions": who sends the return, C0, and how to fill it in, in plain words.

Labels stand in column A and what is filled in beside them in column B, with nothing to the right
of it: that is how a return is read.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from data.codes import AGREEMENT_TYPES
from data.feedback import DIFFICULTIES, NO_PRE_ORDER, QUESTIONS, SUGGESTIONS
from data.rounds import Round
from data.tables import C0
from data.template.codes import AGENCIES, YES_OR_NO
from data.template.look import Look
from data.template.rows import ROWS

_STEPS = (
    "Choose your agency above, and give an e-mail address at which we can ask about the return.",
    "Give the number of children and young people aged 0 to 25 with a supported contact agreement "
    "in place between {period}, by type. Where there are none, enter 0.",
    'On the sheet "AS Data", give one row for every adoption support contact, and one for every '
    "child before the adoption order, who was active at any time between {period}: also where "
    "nothing changed in that time. Brothers and sisters have a row each.",
    "Collect the data elsewhere and paste them as values (Paste Special, Values), so that the "
    "drop-downs and the highlighting stay. Leave no blank row between rows.",
    "Give dates as DD/MM/YYYY and codes as the drop-downs offer them. The headings say what each "
    'column means when you point at them, the sheet "Codes" what each code means.',
    "Before the order, fill in C8, C9, C10 and C17 (the day of the order), and C15 if there was a "
    "review. After the order, fill in C10 and C11 to C17, and leave C8 and C9 blank.",
    "If you hold no data on children before the order, confirm it above.",
)
_CONFIRM = "Yes, if you hold no such data; else No."
_ANSWER = "In your own words. They are shown to the project group: please name no child or family."
_COLOURS = (
    "A cell turns yellow when something is missing, is not a date or a code of the list, or is "
    "unlikely beside the rest of its row. Please mend it. If it is right all the same, leave it as "
    'it is and say why in the last column, "Explanation".'
)
_ROWS = (
    "The highlighting and the drop-downs reach to row {last:,}. Further rows are read just the "
    "same, and every return is checked again when it comes."
)
_SENDING = (
    "Send the workbook by secure e-mail, by {deadline}. It describes real children: keep it where "
    "only those who need it can open it. It needs no password."
)


def _in_full(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def write(sheet: Any, look: Look, round_: Round) -> None:
    """Write the sheet."""
    sheet.hide_gridlines(2)
    sheet.set_column("A:A", 44, look["text"])
    sheet.set_column("B:B", 62, look["text"])
    sheet.write("A1", "Adoption Support data collection", look["title"])
    sheet.write_blank("B1", None, look["title"])
    sheet.set_row(0, 38)
    sheet.set_row(1, 28)
    sheet.write("A2", f"Reporting period: {round_.period_in_words}", look["label"])
    sheet.write("A3", f"Return it by {_in_full(round_.deadline)}.", look["text"])
    sheet.set_row(2, 24)
    _form(sheet, look)
    period = round_.period_in_words.replace(" to ", " and ")
    words = [step.format(period=period) for step in _STEPS]
    row = _section(
        sheet, look, 15, "How to fill it in", (f"{n}. {w}" for n, w in enumerate(words, 1))
    )
    sheet.write(row + 1, 0, "Yellow cells", look["section"])
    sheet.set_row(row + 1, 26)
    sheet.merge_range(row + 2, 0, row + 2, 1, _COLOURS, look["yellow"])
    sheet.set_row(row + 2, 54)
    row = _section(sheet, look, row + 3, None, [_ROWS.format(last=ROWS + 1)])
    _section(
        sheet, look, row + 1, "Sending it", [_SENDING.format(deadline=_in_full(round_.deadline))]
    )
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.6)
    sheet.set_selection("B4")


def _section(sheet: Any, look: Look, row: int, title: str | None, paragraphs: Iterable[str]) -> int:
    """Write a title and paragraphs across both columns; return the row after the last."""
    if title:
        sheet.write(row, 0, title, look["section"])
        sheet.set_row(row, 26)
        row += 1
    for paragraph in paragraphs:
        sheet.merge_range(row, 0, row, 1, paragraph, look["wrapped"])
        sheet.set_row(row, 4 + 15 * -(-len(paragraph) // 108))
        row += 1
    return row


def _form(sheet: Any, look: Look) -> None:
    """Write the fields to fill in: agency and address, C0 by type, and our questions."""
    fields = (
        (3, "Agency name", "input", _choice(AGENCIES, "Choose your agency from the list.")),
        (4, "Email address", "input", _hint("The address at which we can ask about the return.")),
        *((7 + n, kind, "count", _whole_number(kind)) for n, kind in enumerate(AGREEMENT_TYPES)),
        (11, QUESTIONS[NO_PRE_ORDER], "input", _choice(YES_OR_NO, _CONFIRM)),
        (12, QUESTIONS[DIFFICULTIES], "answer", _hint(_ANSWER)),
        (13, QUESTIONS[SUGGESTIONS], "answer", _hint(_ANSWER)),
    )
    sheet.write(6, 0, C0.heading, look["section"])
    for row, label, form, validation in fields:
        sheet.set_row(row, 48 if form == "answer" else 21)
        sheet.write(row, 0, label, look["label"])
        sheet.write_blank(row, 1, None, look[form])
        sheet.data_validation(row, 1, row, 1, validation)


def _hint(message: str) -> dict[str, Any]:
    return {"validate": "any", "input_message": message}


def _choice(name: str, message: str) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": f"={name}",
        "input_message": message,
        "error_title": "Not in the list",
        "error_message": message,
    }


def _whole_number(kind: str) -> dict[str, Any]:
    return {
        "validate": "integer",
        "criteria": ">=",
        "value": 0,
        "input_title": f"C0 {kind}",
        "input_message": C0.meaning,
        "error_title": "Not a whole number",
        "error_message": "Enter the number of children as a whole number, 0 if there are none.",
    }
