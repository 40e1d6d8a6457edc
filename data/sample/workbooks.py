"""The made-up country as a folder of workbooks, laid out as agencies send them."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import xlsxwriter

from data.codes import AGREEMENT_TYPES
from data.feedback import DIFFICULTIES, NO_PRE_ORDER, QUESTIONS, SUGGESTIONS
from data.rounds import PILOT, Round
from data.sample.agencies import Agency
from data.sample.country import frame, returning
from data.sample.problems import Cells, put_in
from data.tables import BY_NAME, C0, Kind

if TYPE_CHECKING:
    from data.submission import Value

MARK = "This return is made up: it describes no real child."
"""Stands on the first sheet of every made-up return; what is made from one says so too."""

Progress = Callable[[int, int, str], object]
_AGREEMENTS = (0.07, 0.3, 0.05)
_DIFFICULTIES = (
    "The date a family was allocated a worker is in case notes only.",
    "Pre-order dates are held by the placing authorities and had to be asked for one by one.",
    "Two case systems were merged in May, and identifiers differ between them.",
)
_SUGGESTIONS = (
    "Tell us the fields a year ahead, so that the case system can have them.",
    "Accept an export of the case system as it is.",
)


def make(  # noqa: PLR0913 - what a country can differ by
    out: Path,
    round_: Round = PILOT,
    *,
    agencies: int | None = None,
    scale: float = 1.0,
    seed: int = 1,
    progress: Progress | None = None,
) -> list[Path]:
    """Write one workbook per agency into the folder `out`; return the files.

    The same words give the same files. `progress` is called after each with how many are
    written, how many there will be, and the agency.
    """
    out.mkdir(parents=True, exist_ok=True)
    country = returning(round_, agencies, scale, seed)
    written = []
    for agency in country:
        table = frame(agency, round_)
        rng = np.random.default_rng([*agency.seed, 1])
        cells = _cells(table, numbers=bool(rng.random() < 0.5))
        put_in(cells, agency.problems, rng)
        written.append(out / f"{agency.slug}.xlsx")
        agreements = rng.poisson(np.array(_AGREEMENTS) * table["C2"].nunique())
        counted = list(zip(AGREEMENT_TYPES, agreements.tolist(), strict=True))
        said = _said(rng, covers=bool(table["C8"].notna().any()))
        _write(written[-1], agency, round_, [*counted, (), *said], cells)
        if progress is not None:
            progress(len(written), len(country), agency.name)
    return written


def _cells(table: pd.DataFrame, *, numbers: bool) -> Cells:
    """Return the cells: digits are numbers, but for authorities only with some agencies."""
    cells: Cells = {}
    for name, field in BY_NAME.items():
        column = table[name]
        if field.kind is Kind.DATE:
            cells[name] = [None if day is pd.NaT else day.date() for day in column]
            continue
        values: list[Value] = column.astype(object).where(column.notna(), None).tolist()
        as_numbers = numbers if name == "C1" else name != "C6"
        if field.kind is Kind.CODE and as_numbers:
            values = [int(v) if isinstance(v, str) and v.isdigit() else v for v in values]
        cells[name] = values
    return cells


def _at_midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def _said(rng: np.random.Generator, *, covers: bool) -> Iterator[tuple[str, str]]:
    """Yield the questions of the pilot with what an agency answers, if it does."""
    if not covers and rng.random() < 0.7:
        yield QUESTIONS[NO_PRE_ORDER], "Yes"
    if rng.random() < 0.5:
        yield QUESTIONS[DIFFICULTIES], str(rng.choice(_DIFFICULTIES))
    if rng.random() < 0.3:
        yield QUESTIONS[SUGGESTIONS], str(rng.choice(_SUGGESTIONS))


def _write(
    path: Path,
    agency: Agency,
    round_: Round,
    form: Sequence[tuple[str | int, ...]],
    cells: Cells,
) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        book.set_properties({"created": _at_midnight(round_.deadline), "comments": MARK})
        date_format = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Instructions")
        sheet.set_column(0, 1, 40)
        for row, pair in enumerate(
            (
                ("Adoption Support data collection",),
                (f"Reporting period: {round_.period_in_words}",),
                (MARK,),
                ("Agency name", agency.name),
                ("Email address", f"returns@{agency.slug.replace('-', '')}.example"),
                (),
                (C0.heading,),
                *form,
            )
        ):
            sheet.write_row(row, 0, pair)
        sheet = book.add_worksheet("AS Data")
        sheet.set_column(0, len(BY_NAME) - 1, 16)
        sheet.write_row(0, 0, [field.heading for field in BY_NAME.values()])
        for row, values in enumerate(zip(*cells.values(), strict=True), 1):
            for column, value in enumerate(values):
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif isinstance(value, int):
                    sheet.write_number(row, column, value)
                elif value is not None:
                    sheet.write_datetime(row, column, value, date_format)
