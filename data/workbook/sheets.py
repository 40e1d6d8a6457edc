"""Which sheet of a workbook is the return, which its instructions, which the findings on it."""

import re
from dataclasses import dataclass

from data.explanations import Explanation
from data.submission import Unreadable
from data.workbook import explained, headings, instructions
from data.workbook.excel import Workbook
from data.workbook.grid import Grid
from data.workbook.headings import Headings
from data.workbook.instructions import Instructions

DATA_SHEET = "AS Data"
INSTRUCTIONS_SHEET = "Instructions"
_NAMED = ("asdata", "instructions")


@dataclass(frozen=True)
class Sheet:
    """A sheet with the headings of the return, and whether there are rows beneath them."""

    name: str
    grid: Grid
    headings: Headings
    filled: bool

    @classmethod
    def of(cls, name: str, grid: Grid) -> "Sheet | None":
        """Return a grid as such a sheet, None where it has no headings."""
        if found := headings.find(grid):
            return cls(name, grid, found, headings.has_rows(grid, found))
        return None


@dataclass(frozen=True)
class Sheets:
    """The return, what its instructions say, other sheets that look like a return.

    `explanations` were written on a sheet of findings, which is no part of the return.
    """

    data: Sheet
    said: Instructions
    said_on: str | None
    unread: tuple[str, ...]
    explanations: tuple[Explanation, ...]


def _plain_name(sheet: str) -> str:
    return re.sub(r"[\W_]+", "", sheet).casefold()


def read(workbook: Workbook) -> Sheets:
    """Return the sheet called "AS Data", else the only one with headings, and the instructions.

    The instructions are the sheet called that, else the first that names an agency. A sheet that
    cannot be read spoils the return only if it is one of these.
    """
    found: list[Sheet] = []
    said: dict[str, Instructions] = {}
    refused: list[Unreadable] = []
    explanations: list[Explanation] = []
    for name in workbook.sheets:
        try:
            grid = workbook.grid(name)
        except Unreadable as error:
            if _plain_name(name) in _NAMED:
                raise
            refused.append(error)
            continue
        if explained.is_findings(grid):
            explanations += explained.read(grid)
        elif sheet := Sheet.of(name, grid):
            found.append(sheet)
        else:
            said[name] = instructions.read(grid)
    if not found and refused:
        raise refused[0]
    data = _the_return(found, workbook.sheets)
    unread = tuple(sheet.name for sheet in found if sheet.filled and sheet is not data)
    said_on = _the_instructions(said)
    facts = said[said_on] if said_on else Instructions()
    return Sheets(data, facts, said_on, unread, tuple(explanations))


def _the_return(found: list[Sheet], names: tuple[str, ...]) -> Sheet:
    choice = [sheet for sheet in found if sheet.filled] or found[:1]
    choice = [s for s in choice if _plain_name(s.name) == _plain_name(DATA_SHEET)] or choice
    if not choice:
        raise Unreadable(
            f"No sheet has the headings C1 to C17 (the sheets are: {', '.join(names)}): put the "
            f'return on the sheet "{DATA_SHEET}" of the blank workbook.'
        )
    if len(choice) > 1:
        raise Unreadable(
            "More than one sheet has the headings C1 to C17 and rows beneath them "
            f'({", ".join(sheet.name for sheet in choice)}): name the return "{DATA_SHEET}".'
        )
    return choice[0]


def _the_instructions(said: dict[str, Instructions]) -> str | None:
    wanted = _plain_name(INSTRUCTIONS_SHEET)
    named = [name for name in said if _plain_name(name).startswith(wanted)]
    naming = [name for name, each in said.items() if each.text("agency")]
    return next(iter([*named, *naming]), None)
