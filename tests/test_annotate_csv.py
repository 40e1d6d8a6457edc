"""A return sent as CSV comes back as a workbook made from it."""

import csv
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from data.annotate import marked_up, name_of
from data.checks.run import Checked, check
from data.submission import as_text
from data.tables import FIELDS
from data.workbook import read
from tests.odd_workbooks import NAMES, ROWS

RECEIVED = date(2025, 12, 1)


def checked(path: Path) -> Checked:
    return check(read(path), received=RECEIVED)


def sent(folder: Path, *, delimiter: str = ",", titles: int = 0) -> Path:
    path = folder / "adopt-birmingham return.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=delimiter)
        for _ in range(titles):
            writer.writerow(["Our return"])
        writer.writerow([field.heading for field in FIELDS])
        for row in ROWS:
            writer.writerow([as_text(row.get(name)) or "" for name in NAMES])
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("titles", [0, 3])
def test_the_workbook_has_its_cells_where_they_were(
    delimiter: str, titles: int, tmp_path: Path
) -> None:
    path = sent(tmp_path, delimiter=delimiter, titles=titles)
    out = tmp_path / name_of(path.name)
    assert out.suffix == ".xlsx"
    before = checked(path)
    out.write_bytes(marked_up(path.read_bytes(), before))
    after = checked(out)
    assert after.rows.agency == before.rows.agency == "Adopt Birmingham"
    one, two = before.rows.submission, after.rows.submission
    assert two.rows == one.rows
    assert {n: c.values for n, c in two.columns.items()} == {
        n: c.values for n, c in one.columns.items()
    }
    on_rows = [(f.check, f.row, f.field, f.value) for f in before.findings if f.row]
    assert [(f.check, f.row, f.field, f.value) for f in after.findings if f.row] == on_rows
    assert on_rows


def test_it_has_a_place_for_what_a_csv_cannot_say(tmp_path: Path) -> None:
    path = sent(tmp_path)
    out = tmp_path / "marked.xlsx"
    out.write_bytes(marked_up(path.read_bytes(), checked(path)))
    book = openpyxl.load_workbook(out)
    said = {row[0].value: row[1] for row in book["Instructions"].iter_rows(max_col=2)}
    assert said["Agency name"].value == "Adopt Birmingham"
    assert said["Email address"].comment is not None
    assert said["Direct"].comment is not None
    assert book.sheetnames == ["Instructions", "AS Data", "Findings"]
