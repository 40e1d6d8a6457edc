"""The explanations that a sender wrote into a marked-up workbook, read back."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from data.explanations import Explanation, Source
from data.submission import Submission, as_text
from data.workbook.comments import own_words
from data.workbook.grid import Cell, Grid, plain
from data.workbook.headings import LOOKED_AT, field_of

HEADINGS = (
    "Row",
    "Contact",
    "Field",
    "Value",
    "What it needs",
    "Why it is doubted, and what to do",
    "Your explanation",
    "Check",
)
"""The headings of the "Findings" sheet, which tell it from any other."""

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d*)")


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [(as_text(plain(cell)) or "").strip() for cell in cells]


def _headings(grid: Grid) -> tuple[int, dict[str, int]] | None:
    for row, cells in enumerate(islice(grid, LOOKED_AT)):
        texts = _texts(cells)
        if {"Your explanation", "Check", "Value"} <= set(texts):
            return row, {name: texts.index(name) for name in HEADINGS if name in texts}
    return None


def is_findings(grid: Grid) -> bool:
    """Return whether a sheet is one of findings, whatever it is called now."""
    return _headings(grid) is not None


def read(grid: Grid) -> Iterator[Explanation]:
    """Yield the explanations of a sheet of findings; its lines may be sorted, some taken out."""
    found = _headings(grid)
    if found is None:
        return
    top, places = found
    for cells in islice(grid, top + 1, None):
        texts = _texts(cells)
        line = {name: texts[at] for name, at in places.items() if at < len(texts)}
        if text := line.get("Your explanation"):
            row = line.get("Row", "")
            yield Explanation(
                text=text,
                source=Source.FINDINGS,
                row=int(row) if row.isascii() and row.isdigit() else None,
                field=_field(line.get("Field", "")),
                check=line.get("Check") or None,
                contact=line.get("Contact") or None,
                value=line.get("Value") or None,
                message=line.get("Why it is doubted, and what to do") or None,
            )


def _field(printed: str) -> str | None:
    return "C0" if re.match(r"C0\b", printed) else field_of(printed)


def in_comments(comments: Mapping[str, str], submission: Submission) -> Iterator[Explanation]:
    """Yield what the sender wrote in the comments on the rows of a return."""
    fields = {column.letter: name for name, column in submission.columns.items()}
    places = {row: index for index, row in enumerate(submission.rows)} if comments else {}
    for address, comment in comments.items():
        found = _ADDRESS.fullmatch(address)
        text = own_words(comment)
        if found is None or not text or int(found[2]) <= submission.headings_row:
            continue
        row, field = int(found[2]), fields.get(found[1])
        yield Explanation(
            text=text,
            source=Source.COMMENT,
            row=row,
            field=field,
            contact=_value(submission, "C3", places.get(row)),
            value=_value(submission, field, places.get(row)),
        )


def _value(submission: Submission, field: str | None, index: int | None) -> str | None:
    column = submission.columns.get(field or "")
    return as_text(column.values[index]) if column and index is not None else None
