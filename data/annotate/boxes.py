"""The boxes that comments stand in: drawings, in the old language that they still need."""

import re
from collections.abc import Mapping

from data.annotate.cells import Sheet, column_number, letters_of
from data.annotate.parts import Parts

_DRAWN = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AFTER = (
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"),
    *("tableParts", "extLst"),
)
_NAMED = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_VML = (
    f'<xml {_NAMED}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/></o:shapelayout>'
    "</xml>"
)
_SHAPETYPE = (
    '<v:shapetype{named} id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" '
    'o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape{named} id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;'
    'visibility:hidden" fillcolor="#FFFBE6" o:insetmode="auto"><v:fill color2="#FFFBE6"/><v:shadow '
    'on="t" color="#BFBFBF" obscured="t"/><v:path o:connecttype="none"/><v:textbox '
    'style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox><x:ClientData '
    'ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)
_LINE, _HIGH, _TALLEST = 46, 17, 22  # characters in a line, pixels of one, most rows of a box
_SHAPES = re.compile(rb"<v:shape\s.*?</v:shape>", re.DOTALL)
_AT = re.compile(rb"<x:(Row|Column)>\s*(\d+)\s*</x:(?:Row|Column)>")
_ANCHOR = re.compile(rb"(<x:Anchor>)[^<]*(</x:Anchor>)")
_BLOCKS = re.compile(rb"""(<o:idmap\b[^>]*?\sdata=["'])([\d,\s]*)(["'])""")

Boxes = Mapping[str, int | None]
"""How many rows high the box of a cell is; None where the comment is gone."""


def high(words: str) -> int:
    """Return how many rows of a sheet a box for these words needs."""
    lines = sum(1 + len(line) // _LINE for line in words.split("\n"))
    return min(2 + lines * _HIGH // 20, _TALLEST)


def draw(parts: Parts, part: str, sheet: Sheet, boxes: Boxes) -> None:
    """Give every comment its box, and take away those of comments that are gone."""
    name = _drawing(parts, part, sheet)
    xml, drawn = _redrawn(parts[name], boxes)
    missing = {at: rows for at, rows in boxes.items() if at not in drawn and rows is not None}
    parts[name] = _with_more(xml, missing, _first_free_block(parts)) if missing else xml


def _drawing(parts: Parts, part: str, sheet: Sheet) -> str:
    """Return the part with the boxes of a sheet, made if it is not there."""
    said = re.search(rf'<{sheet.prefix}legacyDrawing\s[^>]*?\bid="([^"]*)"'.encode(), sheet.xml)
    found = parts.related(part).get(said[1].decode()) if said else None
    if found and found[1] in parts:
        if b"</xml>" not in parts[found[1]]:
            parts[found[1]] = _VML.encode()
        return found[1]
    name = parts.free("xl/drawings/vmlDrawing{}.vml")
    parts[name] = _VML.encode()
    parts.declare_extension("vml", _DRAWN)
    relation = parts.relate(part, "vmlDrawing", name)
    words = f'xmlns:r="{parts.kinds}" r:id="{relation}"'
    sheet.put_before(_AFTER, f"<{sheet.prefix}legacyDrawing {words}/>")
    return name


def _redrawn(xml: bytes, boxes: Boxes) -> tuple[bytes, set[str]]:
    """Return the drawing with the boxes that were there as they are now, and whose these are."""
    drawn: set[str] = set()

    def changed(found: re.Match[bytes]) -> bytes:
        at = dict(_AT.findall(found[0]))
        if not {b"Row", b"Column"} <= set(at) or b'"Note"' not in found[0]:
            return found[0]
        row, column = int(at[b"Row"]), int(at[b"Column"])
        name = f"{letters_of(column + 1)}{row + 1}"
        if name not in boxes:
            return found[0]
        drawn.add(name)
        rows = boxes[name]
        if rows is None:
            return b""
        anchor = _anchor(row, column, rows).encode()
        return _ANCHOR.sub(rb"\g<1>" + anchor + rb"\g<2>", found[0])

    return _SHAPES.sub(changed, xml), drawn


def _first_free_block(parts: Parts) -> int:
    """Return the first block of 1,024 numbers that no drawing of the workbook uses."""
    used = [
        int(block)
        for name in parts.names_in("xl/drawings/")
        if name.lower().endswith(".vml")
        for found in _BLOCKS.finditer(parts[name])
        for block in found[2].replace(b" ", b"").split(b",")
        if block
    ]
    return max(used, default=0) + 1


def _with_more(xml: bytes, boxes: Mapping[str, int], first: int) -> bytes:
    """Return the drawing with further boxes, numbered from a block on."""
    root = xml[: xml.find(b">", xml.find(b"<xml"))]
    named = "" if all(b"xmlns:%c=" % name in root for name in b"vox") else f" {_NAMED}"
    shapes = []
    for place, (at, rows) in enumerate(boxes.items()):
        block, rest = divmod(place, 1023)
        letters = at.rstrip("0123456789")
        row, column = int(at.removeprefix(letters)) - 1, column_number(letters) - 1
        shapes.append(
            _SHAPE.format(
                named=named,
                id=(first + block) * 1024 + rest + 1,
                anchor=_anchor(row, column, rows),
                row=row,
                column=column,
            )
        )
    more = b",".join(b"%d" % (first + n) for n in range((len(shapes) - 1) // 1023 + 1))
    xml = _BLOCKS.sub(
        lambda f: f[1] + (f[2] + b"," if f[2].strip() else b"") + more + f[3], xml, count=1
    )
    known = b"_x0000_t202" in xml.split(b"<v:shape ", 1)[0]
    end = xml.rindex(b"</xml>")
    added = ("" if known else _SHAPETYPE.format(named=named)) + "".join(shapes)
    return xml[:end] + added.encode() + xml[end:]


def _anchor(row: int, column: int, high: int) -> str:
    """Return where a box is: to the right of its cell, from the row above."""
    top = max(row - 1, 0)
    return f"{column + 1}, 12, {top}, 4, {column + 4}, 12, {top + high}, 4"
