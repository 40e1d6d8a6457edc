"""Whatever a cell can hold is read back as it was written."""

from datetime import date, datetime, time
from io import BytesIO

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from data.submission import ErrorValue, Value
from data.workbook import read
from data.workbook.grid import ERRORS

TEXT = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"
    ),
    max_size=40,
)
CELL = st.one_of(
    st.none(),
    TEXT,
    st.sampled_from(["25/06/2025", "0017", "1.0", "  ", "K-2", "#N/A!", "_x0041_", "\t", "a\nb"]),
    st.integers(-(10**9), 10**9),
    st.integers(-(10**9), 10**9).map(lambda number: number / 1_000),
    st.booleans(),
    st.dates(date(1904, 1, 2), date(9999, 12, 31)),
    st.sampled_from(sorted(ERRORS)).map(ErrorValue),
)
HEADINGS = ["C1", "C2 Child", "C3 Contact", "C4 Date of birth"]


def shown(value: Value) -> Value:
    """Return what a reader owes for a cell: blank text is no value, an error's text is one."""
    if isinstance(value, str) and value in ERRORS:
        return ErrorValue(value)
    return value if not isinstance(value, str) or value.strip() else None


def written(rows: list[list[Value]], top: int, from_1904: bool) -> bytes:
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "date_1904": from_1904})
    sheet = book.add_worksheet("AS Data")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    table: list[list[Value]] = [[*HEADINGS], *rows]
    for row, cells in enumerate(table, top):
        for column, cell in enumerate(cells):
            match cell:
                case ErrorValue():
                    sheet.write_formula(row, column, "=1/0", None, cell)
                case str():
                    sheet.write_string(row, column, cell)
                case bool():
                    sheet.write_boolean(row, column, cell)
                case date():
                    sheet.write_datetime(row, column, datetime.combine(cell, time()), day)
                case int() | float():
                    sheet.write_number(row, column, cell)
    book.close()
    return file.getvalue()


@settings(max_examples=60)
@given(
    st.lists(st.lists(CELL, min_size=4, max_size=4), max_size=8),
    st.integers(0, 5),
    st.booleans(),
)
def test_round_trip(rows: list[list[Value]], top: int, from_1904: bool) -> None:
    submission = read(written(rows, top, from_1904), "return.xlsx")
    owed = [[shown(value) for value in row] for row in rows]
    numbered = [
        (number, row)
        for number, row in enumerate(owed, top + 2)
        if any(value is not None for value in row)
    ]
    assert submission.rows == [number for number, _ in numbered]
    for index, name in enumerate(["C1", "C2", "C3", "C4"]):
        values = submission.columns[name].values
        expected = [row[index] for _, row in numbered]
        assert values == expected
        assert [isinstance(value, bool) for value in values] == [
            isinstance(value, bool) for value in expected
        ]
        assert [type(value) for value in values if isinstance(value, str)] == [
            type(value) for value in expected if isinstance(value, str)
        ]
