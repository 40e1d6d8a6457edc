"""Which sheet of a workbook is the return, and which one its instructions."""

import re
from dataclasses import dataclass

from data.submission import Unreadable
from data.workbook import headings, instructions
from data.workbook.excel import Workbook
from data.workbook.grid import Grid
from data.workbook.headings import Headings
from data.workbook.instructions import Instructions

DATA_SHEET = "AS Data"
INSTRUCTIONS_SHEET = "Instructions"


@dataclass(frozen=True)
class Sheet:
    """A sheet with the headings of the return."""

    name: str
    grid: Grid
    headings: Headings


def _plain_name(sheet: str) -> str:
    return re.sub(r"[\W_]+", "", sheet).casefold()


def data_sheet(workbook: Workbook) -> Sheet:
    """Return the sheet called "AS Data", else the only one with headings."""
    named = [s for s in workbook.sheets if _plain_name(s) == _plain_name(DATA_SHEET)]
    for candidates in (named, [s for s in workbook.sheets if s not in named]):
        grids = {sheet: workbook.grid(sheet) for sheet in candidates}
        found = [
            Sheet(name, grid, there)
            for name, grid in grids.items()
            if (there := headings.find(grid))
        ]
        if len(found) > 1:
            raise Unreadable(
                "More than one sheet has the headings C1 to C17 "
                f"({', '.join(sheet.name for sheet in found)}): name the one that is the return "
                f'"{DATA_SHEET}".'
            )
        if found:
            return found[0]
    raise Unreadable(
        f"No sheet has the headings C1 to C17 (the sheets are: {', '.join(workbook.sheets)}): put "
        f'the return on the sheet "{DATA_SHEET}" of the blank workbook.'
    )


def instructions_of(workbook: Workbook, data: Sheet) -> Instructions:
    """Return what the sheet called "Instructions" says, else the first that names an agency."""
    wanted = _plain_name(INSTRUCTIONS_SHEET)
    others = [sheet for sheet in workbook.sheets if sheet != data.name]
    for sheet in sorted(others, key=lambda each: not _plain_name(each).startswith(wanted)):
        found = instructions.read(workbook.grid(sheet))
        if _plain_name(sheet).startswith(wanted) or found.text("agency"):
            return found
    return Instructions()
