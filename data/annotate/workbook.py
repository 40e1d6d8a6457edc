"""Marking up a workbook: yellow cells, comments on them, and the sheet of findings."""

import re
from collections import defaultdict
from dataclasses import replace

from data.annotate import listing, notes, places, text_file
from data.annotate.cells import Cell, Sheet, column_number
from data.annotate.parts import Parts
from data.annotate.styles import Styles
from data.annotate.xml import namespace_of, prefix_of
from data.checks.run import Checked
from data.submission import Unreadable
from data.workbook import container, explained, relations
from data.workbook.excel import Workbook

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_LONGEST_NAME = 31
_ODD = (
    "The findings cannot be marked in this workbook: open it in a spreadsheet program, save it as "
    "an Excel workbook (.xlsx), and check that."
)
_Said = dict[str, dict[Cell, list[str]]]


def marked_up(data: bytes, checked: Checked) -> bytes:
    """Return the submitted file as a workbook with its findings in it; a CSV file as a new one.

    Raises `Unreadable` for a workbook that could be read and that no program has written so.
    """
    try:
        return _as_workbook(data, checked)
    except (ValueError, IndexError, KeyError) as error:
        raise Unreadable(_ODD) from error


def _as_workbook(data: bytes, checked: Checked) -> bytes:
    if not container.is_zip(data):
        rows = checked.rows
        submission = replace(
            rows.submission,
            sheet=text_file.SHEET,
            instructions_sheet=text_file.INSTRUCTIONS,
            places=text_file.PLACES,
        )
        book = text_file.as_workbook(data, checked)
        checked = replace(checked, rows=replace(rows, submission=submission))
        return _marked(book, checked)
    return _marked(data, checked)


def name_of(file: str) -> str:
    """Return what the marked-up copy of a file is called."""
    stem, dot, suffix = file.rpartition(".")
    suffix = suffix if suffix.lower() in {"xlsx", "xlsm"} else "xlsx"
    return f"{stem if dot else file} - checked.{suffix}"


def _marked(data: bytes, checked: Checked) -> bytes:
    book, data_sheet = Workbook(data), checked.rows.submission.sheet
    parts = Parts(data, book.main)
    ours = next((name for name in book.sheets if _is_ours(book, name)), None)
    style_part = _style_part(parts)
    styles = Styles(parts.present(style_part))
    without = 0
    for name, said in _marks(checked, data_sheet, book).items():
        part = book.part_of(name)
        sheet = Sheet(parts[part])
        sheet.restyle(said, styles, unmark=ours is not None)
        without += notes.annotate(parts, part, sheet, said)
        parts[part] = sheet.xml
    namespace = namespace_of(parts[parts.book], prefix_of(parts[parts.book], "workbook"))
    listed = listing.sheet(checked, data_sheet, styles, namespace, without)
    if ours:
        _replace(parts, book.part_of(ours), listed)
    else:
        _add(parts, book, listed)
    parts[style_part] = styles.saved()
    return parts.saved()


def _is_ours(book: Workbook, sheet: str) -> bool:
    return sheet.startswith(listing.NAME) and explained.is_findings(book.grid(sheet))


def _style_part(parts: Parts) -> str:
    related = dict(parts.related(parts.book).values())
    if "styles" not in related:
        name = parts.free("xl/styles{}.xml") if "xl/styles.xml" in parts else "xl/styles.xml"
        parts.add(name, Styles(None).xml, _STYLES)
        parts.relate(parts.book, "styles", name)
        return name
    return related["styles"]


def _marks(checked: Checked, data_sheet: str, book: Workbook) -> _Said:
    """Return by sheet and cell what is said there."""
    submission = checked.rows.submission
    said: _Said = {data_sheet: defaultdict(list)}
    instructions = submission.instructions_sheet
    if instructions in book.sheets:
        said[instructions] = defaultdict(list)
    for finding in checked.findings:
        for cell in places.on_rows(finding, submission):
            said[data_sheet][cell].append(finding.message)
        address = places.on_instructions(finding, submission)
        if address and instructions in said:
            letters, row = re.fullmatch(r"([A-Z]+)(\d+)", address).groups()  # type: ignore[union-attr]
            said[instructions][int(row), column_number(letters)].append(finding.message)
    return said


def _replace(parts: Parts, part: str, listed: bytes) -> None:
    """Put a new sheet of findings in the place of the earlier one, with nothing related to it."""
    parts[part] = listed
    if relations.of(part) in parts:
        parts[relations.of(part)] = relations.EMPTY.encode()
    name = rf"<(\w+:)?definedName\s[^>]*_FilterDatabase[^>]*>'?{listing.NAME}[^<]*</\1?definedName>"
    parts[parts.book] = re.sub(name.encode(), b"", parts[parts.book])


def _add(parts: Parts, book: Workbook, listed: bytes) -> None:
    """Add the sheet of findings after all sheets."""
    part = parts.free("xl/worksheets/findings{}.xml")
    parts.add(part, listed, _SHEET)
    relation = parts.relate(parts.book, "worksheet", part)
    xml = parts[parts.book]
    p = prefix_of(xml, "workbook")
    ids = [int(n) for n in re.findall(rb'\ssheetId="(\d+)"', xml)]
    made = (
        f'<{p}sheet xmlns:r="{parts.kinds}" name="{_free_name(book)}" '
        f'sheetId="{max(ids, default=0) + 1}" r:id="{relation}"/>'
    )
    end = xml.index(f"</{p}sheets>".encode())
    parts[parts.book] = xml[:end] + made.encode() + xml[end:]


def _free_name(book: Workbook) -> str:
    taken = {name.casefold() for name in book.every_sheet}
    number, name = 1, listing.NAME
    while name.casefold() in taken:
        number += 1
        name = f"{listing.NAME} ({number})"
    return name[:_LONGEST_NAME]
