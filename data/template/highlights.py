"""What turns yellow as one types: the simple problems of a row, as the formulas of a spreadsheet.

Each formula speaks of row 2, the first beneath the headings; the spreadsheet moves it down.
"""

from collections.abc import Iterator
from typing import Any

from data.checks.order import PAIRS
from data.tables import Field, Kind
from data.template.codes import list_name

Highlight = tuple[int, int, dict[str, Any]]
_STAGES = ("C8", "C9", "C10", "C11")
_OLDEST_MONTHS = 26 * 12


class _Cells:
    """The addresses of the fields in row 2."""

    def __init__(self, fields: tuple[Field, ...], rows: int) -> None:
        self.names = [field.name for field in fields]
        self.last = rows + 1

    def letter(self, name: str) -> str:
        return chr(ord("A") + self.names.index(name))

    def at(self, name: str) -> str:
        return f"${self.letter(name)}2"

    def blank(self, name: str) -> str:
        return f'TRIM({self.at(name)})=""'

    def given(self, names: tuple[str, ...]) -> str:
        return f"OR({','.join(f'NOT({self.blank(name)})' for name in names)})"

    def after(self, earlier: str, later: str) -> str:
        """Return that `later` comes before `earlier`, both being dates."""
        first, second = self.at(earlier), self.at(later)
        return f"AND(ISNUMBER({first}),ISNUMBER({second}),{second}<{first})"

    @property
    def filled(self) -> str:
        """Return that the row has anything in it."""
        return f"COUNTA(${self.letter(self.names[0])}2:${self.letter(self.names[-1])}2)>0"


def highlights(fields: tuple[Field, ...], rows: int) -> Iterator[Highlight]:
    """Yield the first column, the last column and the condition of every highlight."""
    cells = _Cells(fields, rows)
    for column, field in enumerate(fields):
        for formula in _of_field(cells, field):
            yield column, column, {"type": "formula", "criteria": f"={formula}"}
    identifier = cells.names.index("C3")
    yield identifier, identifier, {"type": "duplicate"}
    stages = [cells.names.index(name) for name in _STAGES]
    none = f"{cells.filled[:-2]}>0,{','.join(cells.blank(name) for name in _STAGES)}"
    yield min(stages), max(stages), {"type": "formula", "criteria": f"=AND({none})"}
    yield 0, len(fields) - 1, {"type": "formula", "criteria": f"={_blank_between(cells)}"}


def _of_field(cells: _Cells, field: Field) -> Iterator[str]:
    here = cells.at(field.name)
    if field.needed:
        wanted = [cells.blank(field.name), cells.filled]
        wanted += [cells.given(field.needed.given)] if field.needed.given else []
        wanted += [cells.given((name,)) for name in field.needed.on]
        yield f"AND({','.join(wanted)})"
    if field.codes:
        yield f'AND(TRIM({here})<>"",COUNTIF({list_name(field)},TRIM({here}))=0)'
    if field.kind is Kind.DATE:
        yield f'AND(ISTEXT({here}),TRIM({here})<>"",{_not_a_text_date(f"TRIM({here})")})'
        yield f"AND(ISNUMBER({here}),{here}>TODAY())"
        if field.name != "C4":
            yield cells.after("C4", field.name)
    if field.name == "C4":
        birth = cells.at("C4")
        for stage in ("C8", "C11"):
            at = cells.at(stage)
            yield (f"AND(ISNUMBER({birth}),ISNUMBER({at}),{at}>=EDATE({birth},{_OLDEST_MONTHS}))")
    wrong = [cells.after(earlier, later) for earlier, later, told, _ in PAIRS if told == field.name]
    if wrong:
        yield f"OR({','.join(wrong)})"


def _not_a_text_date(text: str) -> str:
    """Return that a text is not a day written DD/MM/YYYY, whatever the language of the computer."""
    places = (f"LEFT({text},2)", f"MID({text},4,2)", f"RIGHT({text},4)")
    day, month, year = (f"VALUE({place})" for place in places)
    same = f"DAY(DATE({year},{month},{day}))={day},MONTH(DATE({year},{month},{day}))={month}"
    return f'OR(LEN({text})<>10,MID({text},3,1)<>"/",MID({text},6,1)<>"/",ISERROR(1/AND({same})))'


def _blank_between(cells: _Cells) -> str:
    """Return that a row is blank and a later one has an identifier."""
    letter = cells.letter("C3")
    return f"AND(NOT({cells.filled}),COUNTA(${letter}3:${letter}${cells.last + 1})>0)"
