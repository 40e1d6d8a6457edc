"""The sheet "Findings": a line a finding, with the place for an explanation."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from data.annotate.cells import letters_of
from data.annotate.styles import LOOKS, Styles
from data.annotate.xml import text
from data.checks.run import Checked
from data.explanations import Explanation
from data.findings import Finding
from data.tables import BY_NAME, C0, Level
from data.workbook.explained import HEADINGS

NAME = "Findings"
UNFITTING = "Fits no finding now"
_TOP = 6
_MOST_LINKS = 65_000  # a sheet takes 66,530
_MOST_LINES = 1_000_000
_WIDTHS = (8, 16, 28, 18, 17, 62, 50, 17)
_NEEDS = {Level.ERROR: "Must be mended", Level.QUERY: "Mend or explain"}
_SHEET = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="{namespace}"><sheetPr><tabColor rgb="FFFFE566"/><pageSetUpPr \
fitToPage="1"/></sheetPr>\
<dimension ref="A1:{corner}"/><sheetViews><sheetView showGridLines="0" workbookViewId="0">\
<pane ySplit="{top}" topLeftCell="A{first}" activePane="bottomLeft" state="frozen"/></sheetView>\
</sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols>\
<sheetData>{rows}</sheetData><autoFilter ref="A{top}:{corner}"/>{links}\
<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>\
<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><headerFooter><oddFooter>\
&amp;LFindings: personal data, handle securely&amp;RPage &amp;P of &amp;N</oddFooter>\
</headerFooter></worksheet>"""
_LOOKS = ("number", "text", "text", "text", "text", "text", "input", "small")


class Line(NamedTuple):
    """A line of the sheet: its cells in the order of the headings, and the cell it speaks of."""

    cells: tuple[str | int | None, ...]
    looks: tuple[str, ...]
    link: str | None = None


def _heading(field: str | None) -> str | None:
    return {**BY_NAME, C0.name: C0}[field].heading if field in {**BY_NAME, C0.name: C0} else field


def _of_finding(finding: Finding, checked: Checked) -> Line:
    submission = checked.rows.submission
    column = submission.columns.get(finding.field or "C3")
    link = f"{column.letter}{finding.row}" if column and finding.row else None
    needs = _NEEDS[finding.level]
    if finding.explained:
        needs = "Explained"
    looks = list(_LOOKS)
    looks[0] = "link" if link else "number"
    looks[4] = "error" if finding.level is Level.ERROR else "text"
    cells = (
        finding.row,
        finding.contact,
        _heading(finding.field),
        finding.value,
        needs,
        finding.message,
        finding.explanation,
        finding.check,
    )
    return Line(cells, tuple(looks), link)


def _of_explanation(one: Explanation) -> Line:
    why = f"Kept from the {one.source}: nothing is doubted there any more, or the value is another."
    cells = (one.row, one.contact, _heading(one.field), one.value, UNFITTING, why, one.text)
    return Line((*cells, one.check or "none"), _LOOKS)


def lines(checked: Checked) -> Iterator[Line]:
    """Yield the lines: the findings in the order of the workbook, then what fits none of them."""
    yield from (_of_finding(finding, checked) for finding in checked.findings)
    yield from (_of_explanation(one) for one in checked.unfitting)


def _introduction(checked: Checked, without: int) -> list[str]:
    errors = sum(f.level is Level.ERROR for f in checked.findings)
    explained = sum(f.explained for f in checked.findings)
    open_ = len(checked.findings) - errors - explained
    rows = len(checked.rows)
    first = (
        f"{rows:,} rows. {errors:,} to mend before the row can be counted, {open_:,} to mend or "
        f"explain, {explained:,} explained."
    )
    if not checked.findings:
        first = f"{rows:,} rows, and nothing to mend or explain."
    third = "A row number leads to its cell."
    if without:
        third += f" {without:,} cells are yellow but have no comment: there are too many."
    return [
        first,
        'Mend a value on its sheet. If it is right all the same, leave it and say why under "Your '
        'explanation". Then send this workbook: what you write is read from here.',
        third,
    ]


def _cell(at: str, value: str | int | None, style: int) -> str:
    if value is None or value == "":
        return f'<c r="{at}" s="{style}"/>'
    if isinstance(value, int):
        return f'<c r="{at}" s="{style}"><v>{value}</v></c>'
    inside = f'<is><t xml:space="preserve">{text(value)}</t></is>'
    return f'<c r="{at}" s="{style}" t="inlineStr">{inside}</c>'


def _row(number: int, height: float, cells: str, *, fixed: bool = True) -> str:
    custom = ' customHeight="1"' if fixed else ""
    return f'<row r="{number}" ht="{height:.1f}"{custom}>{cells}</row>'


def _height(cells: tuple[str | int | None, ...]) -> float:
    """Return the height that the longest text of a line needs, at most Excel's 409 points."""
    most = max(
        sum(1 + len(line) // width for line in str(value or "").split("\n"))
        for value, width in zip(cells, _WIDTHS, strict=True)
    )
    return min(4.0 + 13.2 * most, 409.0)


def sheet(checked: Checked, data_sheet: str, styles: Styles, namespace: str, without: int) -> bytes:
    """Return the XML of the sheet; `without` counts the cells that got no comment."""
    look = {name: styles.look(name) for name in LOOKS}
    letters = [letters_of(n) for n in range(1, len(HEADINGS) + 1)]
    rows = [_row(1, 30, _cell("A1", "Findings of the check", look["title"]))]
    for number, words in enumerate(_introduction(checked, without), 2):
        rows.append(_row(number, 18, _cell(f"A{number}", words, look["words"])))
    cells = zip(letters, HEADINGS, strict=True)
    rows.append(_row(_TOP, 20, "".join(_cell(f"{a}{_TOP}", h, look["heading"]) for a, h in cells)))
    links: list[str] = []
    quoted = text(data_sheet.replace("'", "''")).replace('"', "&quot;")
    number = _TOP
    for number, line in enumerate(islice(lines(checked), _MOST_LINES), _TOP + 1):
        made = (
            _cell(f"{letter}{number}", value, look[name])
            for letter, value, name in zip(letters, line.cells, line.looks, strict=True)
        )
        rows.append(_row(number, _height(line.cells), "".join(made), fixed=False))
        if line.link and len(links) < _MOST_LINKS:
            links.append(f'<hyperlink ref="A{number}" location="\'{quoted}\'!{line.link}"/>')
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(_WIDTHS, 1)
    )
    return _SHEET.format(
        namespace=namespace,
        top=_TOP,
        first=_TOP + 1,
        corner=f"{letters[-1]}{max(number, _TOP + 1)}",
        columns=columns,
        rows="".join(rows),
        links=f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "",
    ).encode()
