"""The comments on a sheet's cells: theirs kept, ours added beside, our earlier ones replaced."""

import re
from collections.abc import Mapping

from data.annotate.cells import Cell, Sheet, column_number, letters_of
from data.annotate.parts import Parts
from data.annotate.xml import LONGEST, namespace_of, prefix_of, text
from data.workbook.comments import AUTHOR, BEGINNING, ENDING, is_ours, own_words, read

MOST = 30_000
"""Comments of ours on one sheet: each is a drawing, and more take a spreadsheet program minutes."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWN = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AFTER = (
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"),
    *("tableParts", "extLst"),
)
_EMPTY = '<comments xmlns="{}"><authors/><commentList/></comments>'
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
_LOOK = (
    '<{p}rPr>{bold}<{p}sz val="9"/><{p}color rgb="FF0B0C0C"/><{p}rFont val="Arial"/>'
    '<{p}family val="2"/></{p}rPr>'
)
_LINE, _HIGH, _TALLEST = 46, 17, 22  # characters in a line, pixels of one, most rows of a box
_SHAPES = re.compile(rb"<v:shape\s.*?</v:shape>", re.DOTALL)
_AT = re.compile(rb"<x:(Row|Column)>\s*(\d+)\s*</x:(?:Row|Column)>")
_ANCHOR = re.compile(rb"(<x:Anchor>)[^<]*(</x:Anchor>)")
_BLOCKS = re.compile(rb"""(<o:idmap\b[^>]*?\sdata=["'])([\d,\s]*)(["'])""")


def words(messages: list[str], explained: str | None = None) -> str:
    """Return our words on a cell, with the place for an explanation last."""
    said = "\n".join(f"• {message}" for message in messages)
    return f"{BEGINNING}\n{said}\n\n{ENDING}\n{explained or ''}"


def annotate(parts: Parts, part: str, sheet: Sheet, said: Mapping[Cell, list[str]]) -> int:
    """Put our words into comments on a sheet; return how many cells went without."""
    notes = _Notes(parts, part, sheet)
    some = dict(list(said.items())[:MOST])
    if some or notes.ours:
        notes.write(some)
    return len(said) - len(some)


class _Notes:
    def __init__(self, parts: Parts, part: str, sheet: Sheet) -> None:
        self._parts, self._part, self._sheet = parts, part, sheet
        related = parts.related(part)
        kinds = dict(related.values())
        self._name = kinds.get("comments")
        if self._name is None or self._name not in parts:
            self._name = None
        self._xml = parts[self._name] if self._name else b""
        drawn = re.search(
            rf'<{sheet.prefix}legacyDrawing\s[^>]*?\bid="([^"]*)"'.encode(), sheet.xml
        )
        found = related.get(drawn[1].decode()) if drawn else None
        self._drawing = found[1] if found and found[1] in parts else None
        self._texts = read(self._xml) if self._name else {}
        self._prefix, self._author = "", 0
        self._boxes: dict[str, int | None] = {}
        self.ours = {at for at, each in self._texts.items() if is_ours(each)}

    def write(self, said: Mapping[Cell, list[str]]) -> None:
        if self._name is None:
            self._name = self._parts.free("xl/comments{}.xml")
            namespace = namespace_of(self._sheet.xml, self._sheet.prefix) or _MAIN
            self._xml = _EMPTY.format(namespace).encode()
            self._parts.add(self._name, self._xml, _TYPE)
            self._parts.relate(self._part, "comments", self._name)
        p = prefix_of(self._xml, "comments")
        self._prefix, self._author = p, self._with_author(p)
        wanted = {f"{letters_of(column)}{row}": each for (row, column), each in said.items()}
        kept = []
        one = re.compile(rf"<{p}comment\s.*?</{p}comment>".encode(), re.DOTALL)
        for comment in one.findall(self._xml):
            ref = re.search(rb"""\sref=["']\$?([A-Z]+)\$?(\d+)["']""", comment)
            at = (ref[1] + ref[2]).decode() if ref else ""
            kept += [self._kept(at, comment, wanted.pop(at, None))]
        for at, messages in wanted.items():
            whole = words(messages)
            self._boxes[at] = _rows(whole)
            kept.append(self._comment(at, self._runs(whole)))
        listed = f"<{p}commentList>".encode() + b"".join(kept) + f"</{p}commentList>".encode()
        pattern = rf"<{p}commentList(?:\s[^>]*)?(?:/>|>.*</{p}commentList>)"
        self._xml = re.sub(pattern.encode(), lambda _: listed, self._xml, count=1, flags=re.DOTALL)
        self._parts[self._name] = self._xml
        self._draw(self._boxes)

    def _with_author(self, p: str) -> int:
        authors = re.findall(rf"<{p}author(?:/>|>(.*?)</{p}author>)".encode(), self._xml, re.DOTALL)
        if AUTHOR.encode() in authors:
            return authors.index(AUTHOR.encode())
        made = f"<{p}author>{AUTHOR}</{p}author>".encode()
        if f"<{p}authors/>".encode() in self._xml:
            made = f"<{p}authors>".encode() + made + f"</{p}authors>".encode()
            self._xml = self._xml.replace(f"<{p}authors/>".encode(), made, 1)
        else:
            closed = f"</{p}authors>".encode()
            self._xml = self._xml.replace(closed, made + closed, 1)
        return len(authors)

    def _kept(self, at: str, comment: bytes, messages: list[str] | None) -> bytes:
        """Return a comment that was there with our words as they are now; gone if it was ours."""
        said = self._texts.get(at, "")
        theirs = own_words(said)
        if at in self.ours:
            before = own_words(said.partition(BEGINNING)[0])
            after = theirs.removeprefix(before).strip()
            ours = words(messages, after) if messages else after
            whole = "\n\n".join(filter(None, (before, ours)))
            self._boxes[at] = _rows(whole) if whole else None
            return self._comment(at, self._runs(whole)) if whole else b""
        if not messages:
            return comment
        self._boxes[at] = _rows(f"{theirs}\n\n{words(messages)}")
        p = self._prefix
        # A plain text and runs do not go together.
        plain = rf"(<{p}text>)(<{p}t(?:\s[^>]*)?>.*?</{p}t>)".encode()
        run, end_of_run = f"<{p}r>".encode(), f"</{p}r>".encode()
        comment = re.sub(plain, lambda f: f[1] + run + f[2] + end_of_run, comment, flags=re.DOTALL)
        room = max(LONGEST - len(said) - 2, 0)
        runs = self._runs(f"\n\n{words(messages)}"[:room])
        comment = comment.replace(f"<{p}text/>".encode(), f"<{p}text></{p}text>".encode())
        end = f"</{p}text>".encode()
        return comment.replace(end, runs.encode() + end, 1)

    def _comment(self, at: str, runs: str) -> bytes:
        p = self._prefix
        return (
            f'<{p}comment ref="{at}" authorId="{self._author}"><{p}text>{runs}</{p}text>'
            f"</{p}comment>"
        ).encode()

    def _runs(self, whole: str) -> str:
        """Return text as runs, what is ours in it with its first and last line bold."""
        before, beginning, said = whole.partition(BEGINNING)
        said, ending, explained = said.partition(ENDING)
        bold = ((beginning, True), (said, False), (ending, True))
        return "".join(
            self._run(each, bold=heavy)
            for each, heavy in ((before, False), *bold, (explained, False))
        )

    def _run(self, words: str, *, bold: bool = False) -> str:
        if not words:
            return ""
        p = self._prefix
        look = _LOOK.format(p=p, bold=f"<{p}b/>" if bold else "")
        return f'<{p}r>{look}<{p}t xml:space="preserve">{text(words)}</{p}t></{p}r>'

    def _draw(self, boxes: Mapping[str, int | None]) -> None:
        """Give every comment of ours its box, and take away those of comments that are gone."""
        parts = self._parts
        if self._drawing is None:
            self._drawing = parts.free("xl/drawings/vmlDrawing{}.vml")
            parts[self._drawing] = _VML.encode()
            parts.declare_extension("vml", _DRAWN)
            made = parts.relate(self._part, "vmlDrawing", self._drawing)
            words = f'xmlns:r="{parts.kinds}" r:id="{made}"'
            self._sheet.put_before(_AFTER, f"<{self._sheet.prefix}legacyDrawing {words}/>")
        xml = parts[self._drawing]
        drawn: set[str] = set()

        def redrawn(found: re.Match[bytes]) -> bytes:
            at = dict(_AT.findall(found[0]))
            if not {b"Row", b"Column"} <= set(at) or b'"Note"' not in found[0]:
                return found[0]
            name = f"{letters_of(int(at[b'Column']) + 1)}{int(at[b'Row']) + 1}"
            if name not in boxes:
                return found[0]
            drawn.add(name)
            high = boxes[name]
            if high is None:
                return b""
            anchor = _anchor(int(at[b"Row"]), int(at[b"Column"]), high).encode()
            return _ANCHOR.sub(rb"\g<1>" + anchor + rb"\g<2>", found[0])

        xml = _SHAPES.sub(redrawn, xml)
        missing = {at: high for at, high in boxes.items() if at not in drawn and high is not None}
        first = 1 + max(
            (
                int(block)
                for name in parts.names_in("xl/drawings/")
                if name.lower().endswith(".vml")
                for found in _BLOCKS.finditer(parts[name])
                for block in found[2].replace(b" ", b"").split(b",")
                if block
            ),
            default=0,
        )
        shapes = []
        root = xml[: xml.find(b">", xml.find(b"<xml"))]
        named = "" if all(b"xmlns:%c=" % name in root for name in b"vox") else f" {_NAMED}"
        for place, (at, high) in enumerate(missing.items()):
            block, rest = divmod(place, 1023)
            letters, row = re.fullmatch(r"([A-Z]+)(\d+)", at).groups()  # type: ignore[union-attr]
            line, column = int(row) - 1, column_number(letters) - 1
            shapes.append(
                _SHAPE.format(
                    named=named,
                    id=(first + block) * 1024 + rest + 1,
                    anchor=_anchor(line, column, high),
                    row=line,
                    column=column,
                )
            )
        if shapes:
            more = b",".join(b"%d" % (first + n) for n in range((len(shapes) - 1) // 1023 + 1))
            xml = _BLOCKS.sub(
                lambda f: f[1] + (f[2] + b"," if f[2].strip() else b"") + more + f[3], xml, count=1
            )
            known = b"_x0000_t202" in xml.split(b"<v:shape ", 1)[0]
            end = xml.rindex(b"</xml>")
            added = ("" if known else _SHAPETYPE.format(named=named)) + "".join(shapes)
            xml = xml[:end] + added.encode() + xml[end:]
        parts[self._drawing] = xml


def _rows(whole: str) -> int:
    """Return how many rows of a sheet a box needs."""
    lines = sum(1 + len(line) // _LINE for line in whole.split("\n"))
    return min(2 + lines * _HIGH // 20, _TALLEST)


def _anchor(row: int, column: int, high: int) -> str:
    """Return where a box is: to the right of its cell, from the row above."""
    top = max(row - 1, 0)
    return f"{column + 1}, 12, {top}, 4, {column + 4}, 12, {top + high}, 4"
