"""Writing the blank workbook: what is on which sheet, in which order."""

from datetime import UTC, datetime, time
from pathlib import Path

import xlsxwriter

from data.rounds import Round
from data.template import codes, instructions, rows
from data.template.look import Look


def write_blank(path: Path, round_: Round) -> None:
    """Write the blank workbook of a round to `path`.

    The first sheet says who sends the return and how to fill it in, "AS Data" takes one row per
    contact, "Codes" says what the codes mean; the lists behind the drop-downs are hidden.
    """
    with xlsxwriter.Workbook(path) as book:
        commissioned = datetime.combine(round_.commissioned, time(), tzinfo=UTC)
        book.set_properties({"title": round_.title, "created": commissioned})
        look = Look(book)
        sheets = [book.add_worksheet(name) for name in ("Instructions", "AS Data", "Codes")]
        codes.write_lists(book, round_)
        instructions.write(sheets[0], look, round_)
        rows.write(sheets[1], look, round_)
        codes.write(sheets[2], look, round_)
        sheets[0].activate()
