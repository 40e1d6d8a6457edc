"""How fast a return is checked: beside a bare read of it, and beside rules written row by row.

Run `python benchmarks/checker.py [ROWS]`. The floor is what any checker pays: the cells of the
workbook as the parser gives them. The rules are ten of ours, written once as here (over columns)
and once as in checkers of other collections (a function a row, applied by pandas); both find the
same rows, or the benchmark stops.
"""

import io
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import xlsxwriter
from python_calamine import CalamineWorkbook

from data.annotate import findings_csv, marked_up
from data.checks.run import CHECKS, check
from data.codes import ETHNICITY, GENDER
from data.tables import FIELDS
from data.workbook import read

RECEIVED = date(2025, 12, 1)
TIMES = 3
Row = Any
_Made = TypeVar("_Made")


def write(path: Path, rows: int, share: float) -> None:
    """Write a return in which each of three fields is amiss in a share of its rows."""
    rng = np.random.default_rng(1)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        said = book.add_worksheet("Instructions")
        pairs = (("Agency name", "Adopt East"), ("Email address", "a@b.example"))
        pairs += (("Direct", "3"), ("Indirect", "3"), ("Virtual", "3"))
        for number, pair in enumerate(pairs):
            said.write_row(number, 0, pair)
        sheet = book.add_worksheet("AS Data")
        sheet.write_row(0, 0, [field.heading for field in FIELDS])
        for number in range(1, rows + 1):
            contact = date(2025, 4, 1) + timedelta(int(rng.integers(150)))
            born = date(2013, 1, 1) + timedelta(int(rng.integers(2000)))
            steps = [contact + timedelta(days) for days in (5, 15, 25)]
            odd = rng.random(4)
            if odd[0] < share:
                steps[0] = contact - timedelta(3)
            sheet.write_string(number, 0, "821")
            sheet.write_string(number, 1, f"A{number}")
            sheet.write_string(number, 2, f"K{number}")
            if odd[1] >= share:
                sheet.write_datetime(number, 3, born, day)
            sheet.write_number(number, 4, 1)
            sheet.write_string(number, 5, "XXXX" if odd[2] < share else "WBRI")
            sheet.write_number(number, 6, 9 if odd[3] < share / 2 else 0)
            sheet.write_datetime(number, 9, date(2019, 6, 1), day)
            for column, when in zip((10, 11, 12, 13), (contact, *steps), strict=True):
                sheet.write_datetime(number, column, when, day)
            sheet.write_number(number, 15, 0)


def bare(data: bytes) -> None:
    """Read the cells, and do nothing with them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def frame(data: bytes) -> pd.DataFrame:
    """Read the rows as a frame, dates as dates: what rules row by row begin with."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    lines = book.get_sheet_by_name("AS Data").to_python()
    table = pd.DataFrame(lines[1:], columns=[str(heading).split()[0] for heading in lines[0]])
    for name in ("C4", "C8", "C9", "C10", "C11", "C12", "C13", "C14", "C15", "C17"):
        table[name] = pd.to_datetime(table[name].replace("", None))
    return table


def _text(value: object) -> str:
    return str(value).strip().upper().removesuffix(".0")


START, END = pd.Timestamp(2025, 4, 1), pd.Timestamp(2025, 9, 30)
BY_ROW: dict[str, Callable[[Row], bool]] = {
    "date of birth missing": lambda r: pd.isna(r["C4"]),
    "ethnicity not a code": lambda r: _text(r["C6"]) not in ETHNICITY.meanings,
    "gender not a code": lambda r: _text(r["C5"]) not in GENDER.meanings,
    "disability not a code": lambda r: _text(r["C7"]) not in {"0", "1"},
    "contact before birth": lambda r: r["C11"] < r["C4"],
    "allocated before contact": lambda r: r["C12"] < r["C11"],
    "assessed before contact": lambda r: r["C13"] < r["C11"],
    "completed before started": lambda r: r["C14"] < r["C13"],
    "contact before order": lambda r: r["C11"] < r["C10"],
    "contact after the period": lambda r: r["C11"] > END,
}


def by_row(table: pd.DataFrame) -> dict[str, int]:
    """Apply each rule to each row."""
    return {name: int(table.apply(rule, axis=1).sum()) for name, rule in BY_ROW.items()}


def by_column(table: pd.DataFrame) -> dict[str, int]:
    """Apply the same rules to whole columns, as our checks do."""
    days = {name: table[name].to_numpy("datetime64[s]") for name in ("C4", "C10", "C11")}
    days |= {name: table[name].to_numpy("datetime64[s]") for name in ("C12", "C13", "C14")}

    def unknown(name: str, codes: object) -> int:
        kinds = table[name].value_counts()
        return int(sum(n for value, n in kinds.items() if _text(value) not in codes))  # type: ignore[operator]

    def before(first: str, second: str) -> int:
        return int((days[first] < days[second]).sum())

    return {
        "date of birth missing": int(np.isnat(days["C4"]).sum()),
        "ethnicity not a code": unknown("C6", ETHNICITY.meanings),
        "gender not a code": unknown("C5", GENDER.meanings),
        "disability not a code": unknown("C7", {"0", "1"}),
        "contact before birth": before("C11", "C4"),
        "allocated before contact": before("C12", "C11"),
        "assessed before contact": before("C13", "C11"),
        "completed before started": before("C14", "C13"),
        "contact before order": before("C11", "C10"),
        "contact after the period": int((days["C11"] > END.to_datetime64()).sum()),
    }


def least(work: Callable[[], _Made], times: int = TIMES) -> tuple[float, _Made]:
    """Return the least processor time of some runs: other programs do not count into it."""
    best, made = float("inf"), None
    for _ in range(times):
        begun = time.process_time()
        made = work()
        best = min(best, time.process_time() - begun)
    return best, made  # type: ignore[return-value]


def main(rows: int, share: float) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "return.xlsx"
        write(path, rows, share)
        data = path.read_bytes()
    floor, _ = least(lambda: bare(data))
    reading, submission = least(lambda: read(data, "return.xlsx"))
    checking, checked = least(lambda: check(submission, received=RECEIVED))
    marking, _ = least(lambda: marked_up(data, checked), 2)
    listing, _ = least(lambda: findings_csv(checked), 2)
    table = frame(data)
    slow, found = least(lambda: by_row(table), 1)
    quick, again = least(lambda: by_column(table))
    assert found == again, "the same ten rules must find the same rows"
    whole = reading + checking
    print(f"{rows:,} rows, {len(checked.findings):,} findings, {len(CHECKS)} checks")
    for name, seconds in (
        ("bare read (the floor)", floor),
        ("our reading", reading),
        ("our checks", checking),
        ("reading and checks", whole),
        ("marked-up workbook", marking),
        ("findings as CSV", listing),
        ("ten rules row by row", slow),
        ("the same ten by column", quick),
    ):
        print(f"  {name:<26}{seconds:8.2f} s  {seconds / floor:6.2f} times the floor")
    print(f"  rows a second, read and checked: {rows / whole:,.0f}")
    print(f"  checks a second (rows times checks): {rows * len(CHECKS) / checking:,.0f}")
    print(f"  row by row (rows times ten): {rows * 10 / slow:,.0f}")
    print(f"  the same ten rules: by column {slow / quick:,.0f} times as fast as row by row")
    ours, theirs = len(CHECKS) / checking, 10 / slow
    print(
        f"  all our checks, findings in words included, against rules row by row: "
        f"{ours / theirs:,.1f} times the checks a second"
    )


if __name__ == "__main__":
    for share_amiss in (0.003, 0.115):
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000, share_amiss)
