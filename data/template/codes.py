"""The codes: a sheet that says what each means, and the hidden lists behind the drop-downs."""

from typing import Any

from data.geography import authorities
from data.rounds import Round
from data.tables import LOCAL_AUTHORITIES, Field
from data.template.look import Look

AGENCIES, YES_OR_NO = "List_agencies", "List_yes_or_no"


def offered(field: Field) -> dict[str, str]:
    """Return the codes to choose from with their meanings: no authority that was replaced."""
    if field.codes is None:
        return {}
    if field.codes is LOCAL_AUTHORITIES:
        known = authorities()
        return {c: m for c, m in field.codes.meanings.items() if not known[c].successors}
    return field.codes.meanings


def list_name(field: Field) -> str:
    """Return the name of the list of a field's codes."""
    return f"List_{field.name}"


def as_cell(code: str) -> str | int:
    """Return a code as typing it makes it: a number where it is one.

    A list of texts would refuse the number that somebody types.
    """
    return int(code) if code.isdigit() else code


def write_lists(book: Any, round_: Round) -> None:
    """Write the hidden sheet of lists, and give each its name."""
    lists: dict[str, list[str | int]] = {
        AGENCIES: list(round_.agencies),
        YES_OR_NO: ["Yes", "No"],
        **{list_name(f): [as_cell(code) for code in offered(f)] for f in round_.fields if f.codes},
    }
    sheet = book.add_worksheet("Lists")
    sheet.hide()
    for column, (name, values) in enumerate(lists.items()):
        sheet.write_column(0, column, [name, *values])
        letter = chr(ord("A") + column)
        book.define_name(name, f"=Lists!${letter}$2:${letter}${len(values) + 1}")


def write(sheet: Any, look: Look, round_: Round) -> None:
    """Write the sheet that says what the codes mean, field beside field.

    Its headings end in the number of the field: those that begin with it make a sheet of rows.
    """
    sheet.hide_gridlines(2)
    sheet.write("A1", "What the codes mean", look["section"])
    column = 0
    for field in filter(offered, round_.fields):
        meanings = sorted(offered(field).items(), key=lambda item: _sorted_by(field, item))
        heading = f"{field.title} ({field.name})"
        sheet.merge_range(2, column, 2, column + 1, heading, look["heading"])
        sheet.set_column(column, column, 8)
        sheet.set_column(
            column + 1, column + 1, max(26, *(len(m) for m in offered(field).values()))
        )
        sheet.set_column(column + 2, column + 2, 2)
        for row, (code, meaning) in enumerate(meanings, 3):
            sheet.write(row, column, as_cell(code), look["code"])
            sheet.write(row, column + 1, meaning, look["text"])
        column += 3
    sheet.set_row(2, 34)
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)


def _sorted_by(field: Field, item: tuple[str, str]) -> str:
    """Return what a reader looks for: the name of an authority; elsewhere the order declared."""
    return item[1] if field.codes is LOCAL_AUTHORITIES else ""
