"""The blank workbook: what it offers, what turns yellow in it, and that it is read back."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.formula.translate import Translator
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from data.checks.run import check
from data.codes import AGREEMENT_TYPES
from data.geography import authorities
from data.rounds import PILOT, ROUNDS, Round
from data.tables import FIELDS, Kind
from data.template import write_blank
from data.workbook import read
from tests.programs import converted

every_round = pytest.mark.parametrize("round_", ROUNDS, ids=lambda round_: round_.key)
ANNEX_A_OMITS = {207, 213, 838, 839, 940, 941}
SOUND = {
    "C1": 919, "C4": date(2015, 3, 2), "C5": 1, "C6": "WBRI", "C7": 0, "C10": date(2018, 4, 5),
    "C11": date(2025, 4, 21), "C12": date(2025, 5, 2), "C13": date(2025, 6, 2),
    "C14": date(2025, 7, 1), "C16": 0,
}  # fmt: skip
MATCHED = {"C1": 919, "C4": date(2023, 3, 2), "C5": 2, "C6": "MWBA", "C7": 1}
TOMORROW = date.today() + timedelta(days=1)  # noqa: DTZ011
# A row as it differs from a sound one (None: blank), and the fields that turn yellow.
CASES: tuple[tuple[dict[str, Any], set[str]], ...] = (
    ({}, set()),
    ({"C1": " 919 ", "C5": "2", "C6": "wbri "}, set()),
    ({"C4": "02/03/2015", "C12": "02/05/2025"}, set()),
    ({"C1": None, "C4": None, "C5": None, "C6": None, "C7": None}, {"C1", "C4", "C5", "C6", "C7"}),
    ({"C2": None}, {"C2"}),
    ({"C3": None}, {"C3"}),
    ({"C10": None}, {"C10"}),
    ({"C13": None}, {"C13"}),
    ({"C16": None}, {"C16"}),
    ({"C14": None, "C15": date(2025, 8, 1)}, {"C14"}),
    ({"C1": 835}, {"C1"}),
    ({"C1": 999, "C5": 11, "C6": "WHIT", "C7": "Yes", "C16": 2}, {"C1", "C5", "C6", "C7", "C16"}),
    ({"C12": "soon"}, {"C12"}),
    ({"C11": "06/25/2025"}, {"C11"}),
    ({"C13": "31/02/2025"}, {"C13"}),
    ({"C12": date(2025, 4, 20)}, {"C12"}),
    ({"C14": date(2025, 6, 1)}, {"C14"}),
    ({"C15": date(2025, 6, 30)}, {"C15"}),
    ({"C17": date(2025, 6, 30)}, {"C17"}),
    ({"C10": date(2025, 4, 22)}, {"C10"}),
    ({"C12": date(1999, 5, 2), "C13": None, "C14": None}, {"C12"}),
    ({"C17": TOMORROW}, {"C17"}),
    ({"C4": date(1999, 4, 21), "C10": date(2005, 4, 5)}, {"C4"}),
    ({"C4": date(1999, 4, 22), "C10": date(2005, 4, 5)}, set()),
    ({**dict.fromkeys(SOUND), **MATCHED, "C8": date(2025, 5, 6), "C9": date(2025, 6, 3)}, set()),
    ({**dict.fromkeys(SOUND), **MATCHED, "C8": date(2025, 5, 6), "C9": date(2025, 5, 5)}, {"C9"}),
    ({**dict.fromkeys(SOUND), **MATCHED, "C9": date(2025, 5, 5)}, {"C8"}),
    ({**dict.fromkeys(SOUND), **MATCHED}, {"C8", "C9", "C10", "C11"}),
)  # fmt: skip


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    write_blank(tmp_path / "blank.xlsx", PILOT)
    return tmp_path / "blank.xlsx"


def filled(blank: Path) -> Path:
    """Return the blank workbook with an agency and the rows of `CASES`, from row 2."""
    book = openpyxl.load_workbook(blank)
    for address, value in {
        "B4": "Adopt East",
        "B5": "a@b.example",
        "B8": 5,
        "B9": 0,
        "B10": 2,
        "B14": "Fewer columns.",
    }.items():
        book["Instructions"][address] = value  # type: ignore[assignment]
    sheet = book["AS Data"]
    for number, (changes, _) in enumerate(CASES):
        row = {"C2": f"child {number}", "C3": f"contact {number}", **SOUND, **changes}
        for column, field in enumerate(FIELDS, 1):
            sheet.cell(number + 2, column).value = row.get(field.name)
    sheet.cell(2, len(FIELDS) + 1).value = "All of it is right."
    book.save(blank.with_name("filled.xlsx"))
    return blank.with_name("filled.xlsx")


def listed(book: openpyxl.Workbook, name: str) -> list[Any]:
    ((sheet, cells),) = book.defined_names[name].destinations
    return [row[0].value for row in book[sheet][cells]]


def number_format(sheet: Worksheet, column: int) -> str:
    """Return the format of a whole column; alike neighbours are stored as one."""
    (found,) = (
        each.number_format
        for each in sheet.column_dimensions.values()
        if (each.min or 0) <= column <= (each.max or 0)
    )
    return str(found)


def validations(sheet: Worksheet) -> dict[str, Any]:
    return {
        str(cells).replace("$", ""): rule
        for rule in sheet.data_validations.dataValidation
        for cells in rule.sqref.ranges
    }


@every_round
def test_the_instructions_are_those_of_the_round(round_: Round, tmp_path: Path) -> None:
    write_blank(tmp_path / "blank.xlsx", round_)
    book = openpyxl.load_workbook(tmp_path / "blank.xlsx")
    sheet = book["Instructions"]
    words = "\n".join(str(row[0].value) for row in sheet.iter_rows())
    assert f"Reporting period: {round_.period_in_words}" in words
    assert f"{round_.deadline.day} {round_.deadline:%B %Y}" in words
    labels = {cell.value: cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value}
    for label in ("Agency name", "Email address", *AGREEMENT_TYPES):
        assert sheet.cell(labels[label], 2).value is None
    assert labels["Direct"] == labels["C0 Supported Contact Agreements"] + 1
    rules = validations(sheet)
    assert listed(book, rules[f"B{labels['Agency name']}"].formula1) == list(round_.agencies)
    for kind in AGREEMENT_TYPES:
        rule = rules[f"B{labels[kind]}"]
        assert (rule.type, rule.operator, rule.formula1) == ("whole", "greaterThanOrEqual", "0")


def test_every_field_says_what_belongs_in_it(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    sheet = book["AS Data"]
    rules = validations(sheet)
    for column, field in enumerate(FIELDS, 1):
        heading = sheet.cell(1, column)
        assert heading.value == field.heading
        assert heading.comment is not None
        assert field.meaning in heading.comment.text
        letter = heading.column_letter
        rule = rules[f"{letter}2:{letter}5001"]
        assert rule.prompt == field.meaning
        assert rule.showInputMessage
        if field.kind is Kind.DATE:
            assert (rule.type, rule.formula1) == ("date", "1")
            assert number_format(sheet, column) == "dd/mm/yyyy"
        elif field.codes:
            codes = {str(code) for code in listed(book, rule.formula1)}
            assert codes <= set(field.codes.meanings)
        else:
            assert number_format(sheet, column) == "@"
    assert str(sheet.cell(1, len(FIELDS) + 1).value).startswith("Explanation")
    assert sheet.freeze_panes == "D2"


def test_authorities_to_choose_from_are_the_live_ones(blank: Path) -> None:
    codes = listed(openpyxl.load_workbook(blank), "List_C1")
    live = {code for code, authority in authorities().items() if not authority.successors}
    assert {str(code) for code in codes} == live
    assert set(codes) >= ANNEX_A_OMITS


def test_it_is_small_and_quickly_opened(blank: Path) -> None:
    assert blank.stat().st_size < 60_000
    assert openpyxl.load_workbook(blank)["AS Data"].max_row == 1


def test_blank_it_is_read_as_a_return_without_rows_or_agency(blank: Path) -> None:
    submission = read(blank)
    assert submission.sheet == "AS Data"
    assert (submission.agency, submission.email, len(submission.rows)) == (None, None, 0)
    assert submission.agreements == dict.fromkeys(AGREEMENT_TYPES)


@pytest.mark.parametrize("program", ["openpyxl", "libreoffice"])
def test_filled_in_it_is_read_back(program: str, blank: Path, tmp_path: Path) -> None:
    path = filled(blank)
    if program == "libreoffice":
        (tmp_path / "saved").mkdir()
        path = converted(path, "xlsx", tmp_path / "saved")
    submission = read(path)
    assert submission.agency == "Adopt East"
    assert submission.email == "a@b.example"
    assert submission.period == PILOT.period_in_words
    assert submission.agreements == {"Direct": 5, "Indirect": 0, "Virtual": 2}
    assert submission.instructions["B14"] == "Fewer columns."
    assert list(submission.rows) == list(range(2, 2 + len(CASES)))
    for name in ("C1", "C6", "C11"):
        wanted = [{**SOUND, **changes}.get(name) for changes, _ in CASES]
        assert list(submission.columns[name].values) == wanted
    (explanation,) = submission.others
    assert explanation.values[0] == "All of it is right."


def test_libreoffice_keeps_drop_downs_limits_and_highlights(blank: Path, tmp_path: Path) -> None:
    (tmp_path / "saved").mkdir()
    path = converted(blank, "xlsx", tmp_path / "saved")
    before, after = openpyxl.load_workbook(blank), openpyxl.load_workbook(path)
    assert after.sheetnames == before.sheetnames
    assert after["Lists"].sheet_state == "hidden"
    for name in ("Instructions", "AS Data"):
        assert validated(after[name]) == validated(before[name])
    assert listed(after, "List_C6") == listed(before, "List_C6")
    assert rules_of(after["AS Data"]) == rules_of(before["AS Data"])
    pdf = converted(blank, "pdf", tmp_path)
    assert pdf.read_bytes().startswith(b"%PDF")


def validated(sheet: Worksheet) -> dict[str, tuple[str, str]]:
    """Return what is asked of each cell that begins a range.

    LibreOffice ends what lies on empty rows a thousand rows below the last value.
    """
    return {
        cells.partition(":")[0]: (rule.type, rule.formula1)
        for cells, rule in validations(sheet).items()
        if rule.type and int(cells.partition(":")[2].lstrip("ABCDEFGHIJKLMNOPQ") or 1001) >= 1001
    }


def rules_of(sheet: Worksheet) -> set[tuple[str, str, str]]:
    return {
        (str(cells.sqref), rule.type, (rule.formula or [""])[0].replace(" ", ""))
        for cells in sheet.conditional_formatting
        for rule in cells.rules
    }


def yellow(path: Path, folder: Path) -> list[set[str]]:
    """Return the fields that LibreOffice highlights, row by row, by computing the conditions.

    Each condition is put beside the rows as a formula; duplicates have no formula.
    """
    book = openpyxl.load_workbook(path)
    sheet = book["AS Data"]
    asked: list[tuple[int, list[str]]] = []
    for cells, kind, formula in sorted(rules_of(sheet)):
        if kind != "expression":
            continue
        column = len(FIELDS) + 3 + len(asked)
        first, last = (part.rstrip("0123456789") for part in cells.split(":"))
        asked.append((column, [f.name for f in FIELDS][ord(first) - 65 : ord(last) - 64]))
        for row in range(2, 2 + len(CASES)):
            moved = Translator(f"={formula}", "A2").translate_formula(f"A{row}")
            sheet.cell(row, column).value = moved
    book.save(folder / "asked.xlsx")
    (folder / "answered").mkdir()
    answered = CalamineWorkbook.from_path(
        converted(folder / "asked.xlsx", "xlsx", folder / "answered")
    )
    answers = answered.get_sheet_by_name("AS Data").to_python()
    return [
        {name for column, names in asked if answers[row][column - 1] is True for name in names}
        for row in range(1, 1 + len(CASES))
    ]


def test_what_is_wrong_turns_yellow_and_what_is_right_does_not(blank: Path, tmp_path: Path) -> None:
    shown = yellow(filled(blank), tmp_path)
    wrong = {n: (shown[n], wanted) for n, (_, wanted) in enumerate(CASES) if shown[n] != wanted}
    assert not wrong, {str(CASES[n][0]): difference for n, difference in wrong.items()}


def test_what_turns_yellow_is_what_the_checks_find(blank: Path) -> None:
    checked = check(read(filled(blank)), PILOT)
    found: dict[int, set[str]] = {}
    for finding in checked.findings:
        if finding.row is not None and finding.field is not None:
            found.setdefault(finding.row, set()).add(finding.field)
    for row, (changes, fields) in enumerate(CASES, 2):
        assert bool(found.get(row)) == bool(fields), (changes, found.get(row))
