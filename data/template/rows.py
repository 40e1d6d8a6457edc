"""The sheet "AS Data": the headings, and beneath them cells that know what belongs in them."""

from typing import Any

from data.checks.values import EARLIEST, LATEST
from data.rounds import Round
from data.tables import Field, Kind
from data.template.codes import list_name, offered
from data.template.highlights import highlights
from data.template.look import Look

ROWS = 5_000
EXPLANATION = "Explanation (if a highlighted value is right all the same)"
_WIDTHS = {Kind.IDENTIFIER: 19, Kind.CODE: 13.5, Kind.DATE: 15}
_SHORT_LIST = 4


def write(sheet: Any, look: Look, round_: Round) -> None:
    """Write the sheet. Formats lie on whole columns, so that blank rows cost nothing."""
    fields = round_.fields
    sheet.set_row(0, 88)
    for column, field in enumerate(fields):
        sheet.set_column(column, column, _WIDTHS[field.kind], look[field.kind.value])
        sheet.write(0, column, field.heading, look["heading"])
        sheet.write_comment(0, column, _comment(field), {"x_scale": 2.2, "y_scale": 1.6})
        sheet.data_validation(1, column, ROWS, column, _validation(field))
    sheet.set_column(len(fields), len(fields), 60, look["explanation"])
    sheet.write(0, len(fields), EXPLANATION, look["explanation heading"])
    for first, last, condition in highlights(fields, ROWS):
        rule = {**condition, "format": look["highlight"]}
        sheet.conditional_format(1, first, ROWS, last, rule)
    sheet.freeze_panes(1, 3)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A: personal data, handle securely&RPage &P of &N")
    sheet.set_selection("A2")


def _comment(field: Field) -> str:
    """Return the meaning of a field, with its codes where they are few."""
    words = f"{field.heading}\n\n{field.meaning}"
    meanings = offered(field)
    if 0 < len(meanings) <= _SHORT_LIST:
        words += "\n\n" + "\n".join(f"{code}  {meaning}" for code, meaning in meanings.items())
    return words


def _validation(field: Field) -> dict[str, Any]:
    """Return what may be typed. What a list does not know can be kept, and explained."""
    hint = {"input_title": field.name, "input_message": field.meaning}
    if field.kind is Kind.DATE:
        return {
            **hint,
            "validate": "date",
            "criteria": "between",
            "minimum": EARLIEST,
            "maximum": LATEST,
            "error_title": "Not a date",
            "error_message": f"Enter {field.name} as a date, DD/MM/YYYY, "
            f"between {EARLIEST.year} and {LATEST.year}.",
        }
    if field.codes:
        return {
            **hint,
            "validate": "list",
            "source": f"={list_name(field)}",
            "error_type": "warning",
            "error_title": "Not a code of the list",
            "error_message": f"{field.name} takes a code of its list; the sheet Codes says what "
            "each means. If you keep this one, please explain it in the last column.",
        }
    return {**hint, "validate": "any"}
