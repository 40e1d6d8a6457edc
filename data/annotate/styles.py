"""The formats of a workbook, with those added that the marks and the sheet of findings need."""

import re

from data.annotate.xml import prefix_of
from data.template.look import INK, LINE, NAVY, PAPER, YELLOW

_MINIMAL = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts '
    'count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill>'
    '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
    "</borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    "</styleSheet>"
)
_RGB = "FF" + YELLOW[1:]
_FONT = (
    '<{p}font><{p}b val="{bold}"/><{p}sz val="{size}"/><{p}color rgb="FF{colour}"/>'
    '<{p}name val="Arial"/></{p}font>'
)
_SIDE = '<{{p}}{side} style="thin"><{{p}}color rgb="FF{colour}"/></{{p}}{side}>'
_SIDES = "".join(
    _SIDE.format(side=side, colour=LINE[1:]) for side in ("left", "right", "top", "bottom")
)
_FILL = (
    '<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="FF{colour}"/>'
    '<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
)
Look = tuple[bool, int, str, str | None, bool, str]
# bold, size, colour of the text, of the ground, lines and wrapping, number format
LOOKS: dict[str, Look] = {
    "title": (True, 18, NAVY, None, False, "0"),
    "words": (False, 11, INK, None, False, "0"),
    "heading": (True, 10, "#FFFFFF", NAVY, True, "0"),
    "number": (False, 10, INK, None, True, "0"),
    "text": (False, 10, INK, None, True, "49"),
    "link": (False, 10, NAVY, None, True, "0"),
    "error": (True, 10, INK, YELLOW, True, "49"),
    "input": (False, 10, INK, PAPER, True, "49"),
    "small": (False, 8, "#505A5F", None, True, "49"),
}


class Styles:
    """The part of the formats; each added one is added once."""

    def __init__(self, xml: bytes | None) -> None:
        self.xml = xml or _MINIMAL.encode()
        self._prefix = prefix_of(self.xml, "styleSheet")
        self._xfs = self._found("cellXfs", "xf")
        self._first = len(self._xfs)
        self._fills = self._found("fills", "fill")
        self._added: dict[str, list[str]] = {"fonts": [], "fills": [], "borders": []}
        self._made: dict[object, int] = {}
        yellow = re.compile(rf'fgColor\s+rgb="{_RGB}"', re.IGNORECASE)
        self._yellows = {n for n, fill in enumerate(self._fills) if yellow.search(fill)}
        self.were_yellow = frozenset(
            n for n, xf in enumerate(self._xfs) if self._fill_of(xf) in self._yellows
        )

    def _body(self, tag: str) -> re.Match[bytes] | None:
        p = self._prefix
        return re.search(rf"<{p}{tag}(\s[^>]*)?>(.*?)</{p}{tag}>".encode(), self.xml, re.DOTALL)

    def _found(self, tag: str, child: str) -> list[str]:
        body, p = self._body(tag), self._prefix
        one = re.compile(rf"<{p}{child}(?:\s[^>]*)?(?:/>|(?<!/)>.*?</{p}{child}>)", re.DOTALL)
        return one.findall(body[2].decode()) if body else []

    @staticmethod
    def _fill_of(xf: str) -> int:
        found = re.search(r'\sfillId="(\d+)"', xf)
        return int(found[1]) if found else 0

    def yellow(self, base: int) -> int:
        """Return the format like `base`, on yellow ground."""
        return base if base in self.were_yellow else self._like(base, self._fill(YELLOW))

    def plain(self, base: int) -> int:
        """Return the format like `base`, on no ground."""
        return self._like(base, 0)

    def _like(self, base: int, fill: int) -> int:
        key = (base, fill)
        if key not in self._made:
            if base >= self._first:
                base = 0
            opening, rest = re.fullmatch(r"(<[^>]*?)(/?>.*)", self._xfs[base], re.DOTALL).groups()  # type: ignore[union-attr]
            kept = re.sub(r'\s(?:fillId|applyFill)="[^"]*"', "", opening)
            self._made[key] = self._add_xf(f'{kept} fillId="{fill}" applyFill="1"{rest}')
        return self._made[key]

    def look(self, name: str) -> int:
        """Return the format called `name`."""
        if name not in self._made:
            bold, size, colour, ground, lined, number = LOOKS[name]
            p = self._prefix
            font = _FONT.format(p=p, bold=int(bold), size=size, colour=colour[1:])
            sides = f"<{p}border>{_SIDES.format(p=p)}<{p}diagonal/></{p}border>"
            border = self._add("borders", "border", sides) if lined else 0
            upright = "top" if lined else "center"
            across = "center" if name in {"number", "link"} else "left"
            # What begins like a formula stays a text when its cell is opened and left again.
            quoted = ' quotePrefix="1"' if number == "49" else ""
            self._made[name] = self._add_xf(
                f'<{p}xf numFmtId="{number}" fontId="{self._add("fonts", "font", font)}" '
                f'fillId="{self._fill(ground) if ground else 0}" borderId="{border}" xfId="0" '
                'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" '
                f'applyAlignment="1"{quoted}><{p}alignment horizontal="{across}" '
                f'vertical="{upright}" wrapText="{int(lined)}"/></{p}xf>'
            )
        return self._made[name]

    def _fill(self, colour: str) -> int:
        return self._add("fills", "fill", _FILL.format(p=self._prefix, colour=colour[1:]))

    def _add(self, tag: str, child: str, xml: str) -> int:
        key = (tag, xml)
        if key not in self._made:
            self._made[key] = len(self._found(tag, child)) + len(self._added[tag])
            self._added[tag].append(xml)
        return self._made[key]

    def _add_xf(self, xml: str) -> int:
        self._xfs.append(xml)
        return len(self._xfs) - 1

    def saved(self) -> bytes:
        """Return the part with what was added."""
        for tag, more in (self._added | {"cellXfs": self._xfs[self._first :]}).items():
            if more and (body := self._body(tag)):
                end = body.end(2)
                self.xml = self.xml[:end] + "".join(more).encode() + self.xml[end:]
                self._count(tag, len(more))
        return self.xml

    def _count(self, tag: str, more: int) -> None:
        count = re.compile(rf'(<{self._prefix}{tag}\b[^>]*?\scount=")(\d+)"'.encode())
        self.xml = count.sub(lambda f: b'%s%d"' % (f[1], int(f[2]) + more), self.xml, count=1)
