"""Returns as CSV, in the ways that spreadsheet programs write them."""

from pathlib import Path

import pytest

from data.submission import ErrorValue, Unreadable
from data.workbook import read

HEADINGS = "C1 LA code,C2 Child,C3 Contact,C4 Date of birth,C6 Ethnic Origin"
ROW = "330,A1,K1,25/06/2019,WBRI"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line", ["\n", "\r\n", "\r"])
def test_encodings_and_delimiters(encoding: str, delimiter: str, line: str) -> None:
    text = f"{HEADINGS}{line}{ROW}{line},Zoë é€,K2,,{line}".replace(",", delimiter)
    submission = read(text.encode(encoding), "adopt-east.csv")
    assert list(submission.columns) == ["C1", "C2", "C3", "C4", "C6"]
    assert submission.columns["C2"].values == ["A1", "Zoë é€"]
    assert submission.columns["C4"].values == ["25/06/2019", None]
    assert submission.rows == [2, 3]
    assert submission.sheet == "adopt-east"


@pytest.mark.parametrize(
    ("file", "agency"),
    [
        ("adopt-east.csv", "Adopt East"),
        ("Adopt East return.csv", "Adopt East"),
        ("2025-12-01_ADOPT_SOUTH_WEST_v2.csv", "Adopt South West"),
        ("adoption-in-merseyside.csv", "Adoption in Merseyside (AiM)"),
        ("Adoption@Heart.csv", "Adoption@Heart"),
        ("adopt-easter.csv", None),
        ("return.csv", None),
    ],
)
def test_agency_by_the_file_name(tmp_path: Path, file: str, agency: str | None) -> None:
    (tmp_path / file).write_text(f"{HEADINGS}\n{ROW}\n")
    assert read(tmp_path / file).agency == agency


def test_lines_above_the_headings() -> None:
    text = (
        "Adoption Support\nAgency name,adopt  east\n\nE-mail address:,a@b.example\n"
        "Reporting period: 1 April to 30 September 2025\nDirect,20\nIndirect,\nVirtual,3\n"
        f"{HEADINGS}\n{ROW}\n"
    )
    submission = read(text.encode(), "adopt-south.csv")
    assert submission.agency == "Adopt East"
    assert submission.email == "a@b.example"
    assert submission.period == "1 April to 30 September 2025"
    assert submission.agreements == {"Direct": "20", "Indirect": None, "Virtual": "3"}
    assert submission.above["A1"] == "Adoption Support"
    assert submission.rows == [10]


def test_row_numbers_as_a_spreadsheet_program_shows_them() -> None:
    text = f'{HEADINGS}\n\n330,"A\n1",K1,,\n,,,,\n ,,"  ",,\n{ROW}\n,,,,\n\n'
    submission = read(text.encode(), "x.csv")
    assert submission.rows == [3, 6]
    assert submission.blank_rows == [4, 5]
    assert submission.columns["C2"].values[0] == "A\n1"


def test_a_declared_delimiter_is_not_a_row() -> None:
    text = f"sep=|\r\n{HEADINGS}\r\n{ROW}\r\n".replace(",", "|")
    assert read(text.encode(), "x.csv").rows == [2]


def test_ragged_rows_quotes_and_error_values() -> None:
    text = f'{HEADINGS}\n330,A1\n330,"A,""2""",K2,#N/A,WBRI,said,\n'
    submission = read(text.encode(), "x.csv")
    assert submission.columns["C2"].values == ["A1", 'A,"2"']
    assert submission.columns["C3"].values == [None, "K2"]
    assert isinstance(submission.columns["C4"].values[1], ErrorValue)
    assert [(c.letter, c.heading, c.values) for c in submission.others] == [
        ("F", "", [None, "said"])
    ]


def test_headings_alone() -> None:
    assert read(HEADINGS.encode(), "x.csv").rows == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "no row with the headings"),
        (b"child,contact\n1,2\n", "no row with the headings"),
        (b"C1,C2,C3\n1,2\x00,3\n", "not text"),
        (b"C1,C2,C3\n\x81\x8d\x9d,2,3\n", "not text"),
        (b"\xff\xfeC\x00\xd8", "not text"),
        (bytes(range(256)) * 10, "not text"),
        (b'C1,C2,C3\n1,"' + b"x" * 200_000, "Row 2 of the file cannot be read"),
        (b"C1,C2,C3\n1," + b"x" * 40_000 + b",3\n", "Cell B2 holds 40,000 characters"),
        (b"C1,C2,C3\n" + b"," * 1_000, "larger than any return"),
        (b"C1,C2,C3\n" + b"1\n" * 200_001, "larger than any return"),
    ],
)
def test_broken_text(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words) as raised:
        read(data, "x.csv")
    assert "\n" not in str(raised.value)
