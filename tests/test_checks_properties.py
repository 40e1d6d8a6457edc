"""What holds of the findings of any return, whatever stands in its cells."""

import csv
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data.checks.run import Checked, check
from data.submission import Value, as_text
from data.tables import DATES, FIELDS, Kind, Level
from data.workbook import read
from tests.small_returns import HEADINGS, RECEIVED, Row, contact, pre_order

NAMES = tuple(HEADINGS)
UNTYPED = {"not_a_date", "excel_error", "unknown_code"}
few = settings(max_examples=60)

# Clean rows of each kind: with every date a row of its kind may have, and with the fewest.
SHAPES: tuple[Row, ...] = (
    contact(C15=20250701, C17=20250801),
    contact(C15=20250701),
    contact(C12=None, C13=None, C14=None),
    contact(C11=20240901, C12=20240902, C13=20250401, C14=20250501),
    pre_order(),
    pre_order(C9=None),
    pre_order(C10=20250801, C17=20250801),
    contact(C8=20250402, C9=20250403, C10=20250404),
)


def as_csv(rows: Sequence[Row]) -> bytes:
    text = StringIO()
    table = csv.writer(text)
    table.writerow(HEADINGS.values())
    table.writerows([[as_text(row.get(name)) for name in NAMES] for row in rows])
    return text.getvalue().encode()


def of_csv(rows: Sequence[Row]) -> Checked:
    return check(read(as_csv(rows), "adopt-birmingham.csv"), received=RECEIVED)


def as_workbook(
    rows: Sequence[Sequence[Value]], names: Sequence[str] = NAMES, top: int = 0
) -> bytes:
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    said = book.add_worksheet("Instructions")
    said.write_row(0, 0, ["Agency name", "Adopt Birmingham"])
    sheet = book.add_worksheet("AS Data")
    dates = book.add_format({"num_format": "dd/mm/yyyy"})
    for column, name in enumerate(names):
        sheet.write_string(top, column, HEADINGS[name])
    for row, cells in enumerate(rows, top + 1):
        for column, value in enumerate(cells):
            if isinstance(value, date):
                sheet.write_datetime(row, column, value, dates)
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            elif value is not None:
                sheet.write(row, column, value)
    book.close()
    return file.getvalue()


def of_workbook(
    rows: Sequence[Sequence[Value]], names: Sequence[str] = NAMES, top: int = 0
) -> Checked:
    return check(read(as_workbook(rows, names, top), "return.xlsx"), received=RECEIVED)


days = st.dates(date(1900, 3, 1), date(2100, 12, 31))
texts = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=12)
plausible = st.sampled_from(
    [
        *("K1", "K1-2", "A1", "330", "909", "942", "1", "0", "WBRI", " wbri", "12/05/2025"),
        *("2025-05-12", "45000", "06/25/2025", "#N/A", "\x01\x1f", "\N{GRINNING FACE}", "=1+1"),
    ]
)
numbers = st.integers(-(10**15), 10**15) | st.floats(allow_nan=False, allow_infinity=False)
cells = st.one_of(
    st.none(), plausible, texts, numbers, st.booleans(), days, st.dates(date(2024, 1, 1), RECEIVED)
)
rows = st.lists(st.lists(cells, min_size=17, max_size=17), max_size=6)


@few
@given(rows)
def test_any_cells_are_checked_and_nothing_is_lost_or_doubled(filled: list[list[Value]]) -> None:
    checked = of_workbook(filled)
    findings, submission = checked.findings, checked.rows.submission
    places = Counter((f.check, f.row, f.field) for f in findings if f.row)
    assert not [place for place, times in places.items() if times > 1]
    assert max(Counter(f.message for f in findings if not f.row).values(), default=1) == 1
    for finding in findings:
        assert "Please" in finding.message
        assert finding.message.endswith(".")
        assert len(finding.message) < 400
        if finding.row and finding.field:
            column = submission.columns[finding.field]
            assert finding.value == as_text(column.values[list(submission.rows).index(finding.row)])
    errors = {f.row for f in findings if f.level is Level.ERROR}
    assert checked.used.tolist() == [row not in errors for row in submission.rows]
    # What was given and could not be read is told at its place, and only that.
    told = {(f.row, f.field) for f in findings if f.check in UNTYPED}
    unread = {
        (row, field.name)
        for field in FIELDS
        for row, value, typed in zip(
            submission.rows,
            submission.columns[field.name].values,
            checked.rows.dates[field.name].tolist()
            if field.kind is Kind.DATE
            else checked.rows.texts[field.name],
            strict=True,
        )
        if value is not None and typed is None
    }
    assert told == unread


@pytest.mark.parametrize("shape", range(len(SHAPES)))
def test_the_clean_rows_raise_nothing(shape: int) -> None:
    assert not [f for f in of_csv([SHAPES[shape]]).findings if f.row]


near_days = st.integers(-1500, 300).map(lambda n: RECEIVED + timedelta(days=n))
wrong_dates = st.tuples(
    st.sampled_from(SHAPES), st.sampled_from(DATES), days | near_days | st.just("?")
)


@few
@given(st.lists(wrong_dates, min_size=100, max_size=200))
def test_one_wrong_date_raises_two_findings_at_most(
    wrong: list[tuple[Row, str, date | str]],
) -> None:
    """The rows are of different children, so that each is otherwise clean."""
    changed = [
        {**row, "C2": f"A{n}", "C3": f"K{n}"} | ({field: day} if row.get(field) else {})
        for n, (row, field, day) in enumerate(wrong)
    ]
    found = of_csv(changed).findings
    for row, times in Counter(f.row for f in found if f.row).items():
        assert times <= 2, [changed[row - 2], *(f for f in found if f.row == row)]


@few
@given(
    st.lists(st.lists(cells, min_size=17, max_size=17), min_size=1, max_size=4),
    st.permutations(range(17)),
    st.integers(0, 5),
)
def test_the_order_of_columns_and_titles_above_change_nothing(
    filled: list[list[Value]], order: list[int], top: int
) -> None:
    names = [NAMES[column] for column in order]
    moved = of_workbook([[row[column] for column in order] for row in filled], names, top)
    plain = of_workbook(filled)
    assert [
        (f.check, f.row and f.row - top, f.field, f.value, f.level) for f in moved.findings
    ] == [(f.check, f.row, f.field, f.value, f.level) for f in plain.findings]


CODES = {field.name: sorted(field.codes.meanings) for field in FIELDS if field.codes}


@few
@given(
    st.sampled_from(sorted(CODES)).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(CODES[name]))
    ),
    st.tuples(st.sampled_from(["", " ", "\u00a0\t"]), st.sampled_from(["", "  ", "\n"])),
    st.booleans(),
)
@example(("C1", "213B"), (" ", ""), True)
def test_codes_in_spaces_or_lower_case_are_codes(
    coded: tuple[str, str], around: tuple[str, str], lower: bool
) -> None:
    name, code = coded
    typed = around[0] + (code.lower() if lower else code) + around[1]
    # An authority of another agency, or one that is superseded, is told for what it is.
    told = {f.check for f in of_csv([contact(**{name: typed})]).findings if f.row}
    assert told <= {"authority_of_other_agency", "superseded_authority"}
