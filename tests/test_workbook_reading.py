"""Ordinary workbooks and the odd things people do to them, read through `read`."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import PatternFill

from data.submission import ErrorValue, Submission, Unreadable
from data.tables import FIELDS
from data.workbook import read

HEADINGS = [field.heading for field in FIELDS]
ROW = ["330", "A1", "K1", date(2019, 4, 19), 1, "WBRI", 0, None, None, date(2022, 6, 17)]
ROW += [date(2025, 4, 21), date(2025, 5, 1), None, None, None, 0, None]


def workbook(
    headings: Sequence[str | None] = HEADINGS,
    rows: Sequence[Sequence[object]] = (ROW,),
    top: int = 0,
    title: str = "AS Data",
) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    said = book.create_sheet("Instructions")
    for line in (
        ["Adoption Support data collection"],
        ["Reporting period: 1 April to 30 September 2025"],
        ["Agency name", "Adopt East"],
        ["Email address", "returns@adopteast.example"],
        ["Direct", 20],
        ["Indirect", 85],
        ["Virtual", 12],
    ):
        said.append(line)
    sheet = book.create_sheet(title)
    for number, cells in enumerate([headings, *rows], top + 1):
        for column, value in enumerate(cells, 1):
            sheet.cell(number, column, value)
    return book


def saved(book: openpyxl.Workbook, tmp_path: Path, name: str = "return.xlsx") -> Submission:
    book.save(tmp_path / name)
    return read(tmp_path / name)


def test_an_ordinary_return(tmp_path: Path) -> None:
    submission = saved(workbook(), tmp_path)
    assert submission.file == "return.xlsx"
    assert len(submission.fingerprint) == 64
    assert (submission.sheet, submission.agency) == ("AS Data", "Adopt East")
    assert submission.email == "returns@adopteast.example"
    assert submission.period == "1 April to 30 September 2025"
    assert submission.agreements == {"Direct": 20, "Indirect": 85, "Virtual": 12}
    assert list(submission.columns) == [field.name for field in FIELDS]
    assert submission.rows == [2]
    assert [column.values[0] for column in submission.columns.values()] == ROW
    assert submission.columns["C4"].letter == "D"
    assert submission.columns["C4"].heading == "C4 Date of birth"
    assert submission.instructions["A1"] == "Adoption Support data collection"
    assert not submission.others
    assert not submission.doubled
    assert not submission.blank_rows
    assert not submission.unread_sheets
    assert not submission.dates_from_1904


def test_bytes_and_path_read_the_same(tmp_path: Path) -> None:
    from_path = saved(workbook(), tmp_path)
    data = (tmp_path / "return.xlsx").read_bytes()
    assert read(data, "return.xlsx") == from_path
    assert read(data).columns == from_path.columns
    assert read(data, "misnamed.csv").columns == from_path.columns


def test_macro_workbook(tmp_path: Path) -> None:
    assert saved(workbook(), tmp_path, "return.xlsm").rows == [2]


@pytest.mark.parametrize("heading", ["{}", "({})", " {}. ", "{}: date", "[{}] x", "{}_dob"])
@pytest.mark.parametrize("case", [str.lower, str.upper])
def test_headings_that_only_begin_with_the_number(
    tmp_path: Path, heading: str, case: Callable[[str], str]
) -> None:
    headings = [case(heading.format(field.name)) for field in FIELDS]
    submission = saved(workbook(headings), tmp_path)
    assert list(submission.columns) == [field.name for field in FIELDS]
    assert [column.values[0] for column in submission.columns.values()] == ROW


def test_columns_in_another_order_with_others_between(tmp_path: Path) -> None:
    submission = saved(
        workbook(
            ["Our notes", *reversed(HEADINGS), "C18 new", "C12 to C13 days", None],
            [["seen", *reversed(ROW), "x", 3, "loose"]],
        ),
        tmp_path,
    )
    assert submission.columns["C3"].values == ["K1"]
    assert submission.columns["C3"].letter == "P"
    assert [(c.letter, c.heading, c.values) for c in submission.others] == [
        ("A", "Our notes", ["seen"]),
        ("S", "C18 new", ["x"]),
        ("T", "C12 to C13 days", [3]),
        ("U", "", ["loose"]),
    ]


def test_doubled_and_absent_columns(tmp_path: Path) -> None:
    headings = ["C2 Child", "C3 Contact", "C4 Date of birth", "C4 again", "c4"]
    submission = saved(workbook(headings, [["A", "K", 1, 2, 3]]), tmp_path)
    assert list(submission.columns) == ["C2", "C3", "C4"]
    assert submission.columns["C4"].values == [1]
    assert [column.values for column in submission.doubled["C4"]] == [[2], [3]]
    assert [column.letter for column in submission.doubled["C4"]] == ["D", "E"]


def test_title_rows_and_blank_rows_keep_the_row_numbers(tmp_path: Path) -> None:
    blank = [None] * 17
    book = workbook(rows=[blank, ROW, blank, ["  ", *blank[1:]], ROW, blank], top=4)
    book["AS Data"]["B1"] = "Adoption Support"
    book["AS Data"]["A2"] = "C1 to C17 are in the guidance"
    submission = saved(book, tmp_path)
    assert submission.rows == [7, 10]
    assert submission.blank_rows == [8, 9]


def test_a_numbered_empty_row_is_blank(tmp_path: Path) -> None:
    submission = saved(
        workbook(["No.", *HEADINGS], [[1, *ROW], [2], [3, *ROW], [4], [5]]), tmp_path
    )
    assert submission.rows == [2, 4]
    assert submission.blank_rows == [3]


def test_tens_of_thousands_of_formatted_empty_rows(tmp_path: Path) -> None:
    path = tmp_path / "return.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("AS Data")
    border = book.add_format({"border": 1})
    sheet.write_row(0, 0, HEADINGS)
    sheet.write_row(1, 0, ["330", "A1", "K1"])
    for row in range(2, 30_000):
        for column in range(17):
            sheet.write_blank(row, column, None, border)
    book.close()
    submission = read(path)
    assert submission.rows == [2]
    assert submission.blank_rows == []


def test_numbers_as_text_and_text_as_numbers_stay_as_they_are(tmp_path: Path) -> None:
    book = workbook(rows=[[330, 17, "0017", "25/06/2025", "1", " wbri ", True, 45833, 1.5]])
    submission = saved(book, tmp_path)
    values = {name: column.values[0] for name, column in submission.columns.items()}
    assert values["C2"] == 17
    assert values["C3"] == "0017"
    assert values["C4"] == "25/06/2025"
    assert values["C5"] == "1"
    assert values["C6"] == " wbri "
    assert values["C7"] is True
    assert values["C8"] == 45833
    assert values["C9"] == 1.5


@pytest.mark.parametrize("from_1904", [False, True])
def test_dates_of_both_date_systems(tmp_path: Path, from_1904: bool) -> None:
    path = tmp_path / "return.xlsx"
    book = xlsxwriter.Workbook(path, {"date_1904": from_1904})
    sheet = book.add_worksheet("AS Data")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    hour = book.add_format({"num_format": "hh:mm"})
    long = book.add_format({"num_format": "[h]:mm"})
    sheet.write_row(0, 0, HEADINGS)
    sheet.write_datetime(1, 3, datetime(2025, 6, 25), day)  # noqa: DTZ001
    sheet.write_datetime(2, 3, datetime(2025, 6, 25, 17, 30), day)  # noqa: DTZ001
    sheet.write_formula(3, 3, "=D2", day, 45000)
    sheet.write_number(4, 3, 45000)
    sheet.write_number(5, 3, 0.25, hour)
    sheet.write_number(6, 3, 1.5, long)
    sheet.write_number(7, 3, 9_999_999, day)
    book.close()
    submission = read(path)
    assert submission.dates_from_1904 is from_1904
    first, second, formula, serial, part, days, beyond = submission.columns["C4"].values
    assert type(first) is type(second) is date
    assert first == second == date(2025, 6, 25)
    assert formula == (date(2027, 3, 16) if from_1904 else date(2023, 3, 15))
    assert (serial, part, days, beyond) == (45000, 0.25, 1.5, 9_999_999)


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#SPILL!", "#FIELD!"])
def test_error_values_and_cached_formulas(tmp_path: Path, error: str) -> None:
    path = tmp_path / "return.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("AS Data")
    sheet.write_row(0, 0, HEADINGS)
    sheet.write_row(1, 0, ["330", "A1", "K1"])
    sheet.write_formula(1, 3, "=NA()", None, error)
    sheet.write_formula(1, 4, "=1+1", None, 2)
    sheet.write_formula(1, 5, '="WB"&"RI"', None, "WBRI")
    sheet.write_formula(1, 6, '=""', None, "")
    sheet.write_formula(2, 16, "=NA()", None, error)
    book.close()
    submission = read(path)
    value = submission.columns["C4"].values[0]
    assert isinstance(value, ErrorValue)
    assert value == error
    assert submission.columns["C5"].values[0] == 2
    assert submission.columns["C6"].values[0] == "WBRI"
    assert submission.columns["C7"].values[0] is None
    assert submission.rows == [2, 3]
    assert isinstance(submission.columns["C17"].values[1], ErrorValue)


def test_merged_hidden_and_rich(tmp_path: Path) -> None:
    path = tmp_path / "return.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("AS Data")
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, HEADINGS)
    for row in (1, 2, 3):
        sheet.write_row(row, 0, ["330", f"A{row}", f"K{row}"])
    sheet.merge_range("F2:F4", "WBRI")
    sheet.write_rich_string("G2", bold, "Y", "es", bold, "!")
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column("B:B", None, None, {"hidden": True})
    book.add_worksheet("Front")
    sheet.hide()
    book.worksheets()[1].activate()
    book.close()
    submission = read(path)
    assert submission.rows == [2, 3, 4]
    assert submission.columns["C2"].values == ["A1", "A2", "A3"]
    assert submission.columns["C6"].values == ["WBRI", None, None]
    assert submission.columns["C7"].values[0] == "Yes!"


@pytest.mark.parametrize("title", ["as data ", "AS  DATA", "AS_Data", "Sheet2"])
def test_sheet_under_another_name(tmp_path: Path, title: str) -> None:
    submission = saved(workbook(title=title), tmp_path)
    assert submission.sheet == title
    assert submission.rows == [2]


def test_another_sheet_with_rows_is_named(tmp_path: Path) -> None:
    book = workbook()
    book.copy_worksheet(book["AS Data"]).title = "Old rows"
    submission = saved(book, tmp_path)
    assert submission.sheet == "AS Data"
    assert submission.unread_sheets == ("Old rows",)


def test_rows_elsewhere_beat_an_empty_data_sheet(tmp_path: Path) -> None:
    book = workbook(rows=[])
    other = book.create_sheet("Export")
    other.append(HEADINGS)
    other.append(ROW)
    assert saved(book, tmp_path).sheet == "Export"


def test_a_blank_return_has_no_rows(tmp_path: Path) -> None:
    submission = saved(workbook(rows=[]), tmp_path)
    assert submission.rows == []
    assert len(submission.columns) == 17


def test_two_renamed_sheets_are_a_question(tmp_path: Path) -> None:
    book = workbook(title="One")
    book.copy_worksheet(book["One"]).title = "Two"
    with pytest.raises(Unreadable, match=r"More than one sheet .*\(One, Two\).*\"AS Data\""):
        saved(book, tmp_path)


def test_no_headings_at_all(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"No sheet has the headings.*Instructions, AS Data"):
        saved(workbook(["Child", "Contact", "C4"]), tmp_path)


def test_an_irrelevant_sheet_that_cannot_be_read_is_no_matter(tmp_path: Path) -> None:
    book = workbook()
    book.create_sheet("Scrap")["XFD1048576"] = "x"
    assert saved(book, tmp_path).rows == [2]


def test_pictures_and_colours_are_no_matter(tmp_path: Path) -> None:
    book = workbook()
    book["AS Data"]["A2"].fill = PatternFill("solid", fgColor="FFFF00")
    book["AS Data"].freeze_panes = "A2"
    assert saved(book, tmp_path).rows == [2]
