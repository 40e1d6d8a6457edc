"""Giving cells of a sheet another format, in its XML, and nothing else."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from data.annotate.styles import Styles
from data.annotate.xml import prefix_of

Cell = tuple[int, int]
"""A row and a column, both counted from 1."""

_NUMBER = re.compile(rb"""\sr=["'](?:[A-Z]*)(\d+)["']""")
_LETTERS = re.compile(rb"""\sr=["']([A-Z]+)\d*["']""")
_STYLE = re.compile(rb"""\ss=["'](\d+)["']""")
_SPANS = re.compile(rb"""\sspans=["'][^"']*["']""")
_COMMENT, _RAW = (
    re.compile(rb"<!--.*?-->", re.DOTALL),
    re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL),
)


def column_number(letters: str) -> int:
    """Return the number of a column from 1: A is 1, AA is 27."""
    number = 0
    for each in letters:
        number = number * 26 + ord(each) - 64
    return number


def letters_of(column: int) -> str:
    """Return the letters of a column counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _escaped(found: re.Match[bytes]) -> bytes:
    return found[1].replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def ordinary(xml: bytes) -> bytes:
    """Return XML without comments and raw sections, which no spreadsheet program writes."""
    return _COMMENT.sub(b"", _RAW.sub(_escaped, xml)) if b"<!" in xml else xml


class Sheet:
    """The XML of a sheet, its cells found by row and column."""

    def __init__(self, xml: bytes) -> None:
        self.xml = ordinary(xml)
        self.prefix = prefix_of(self.xml, "worksheet")
        p = self.prefix.encode()
        self._rows = re.compile(rb"<%srow(?=[\s/>])([^>]*?)(/?)>" % p)
        self._cells = re.compile(rb"<%sc(?=[\s/>])([^>]*?)(?:/>|>(.*?)</%sc>)" % (p, p), re.DOTALL)
        self._close = b"</%srow>" % p
        found = re.search(
            rb"<%ssheetData(?:\s[^>]*)?>(.*)</%ssheetData>" % (p, p), self.xml, re.DOTALL
        )
        self._begin, self._end = found.span(1) if found else (0, 0)
        self._columns = self._column_styles()

    def _column_styles(self) -> list[tuple[int, int, int]]:
        columns = []
        head = self.xml[: self._begin]
        for found in re.finditer(rb"<%scol\s([^>]*)>" % self.prefix.encode(), head):
            said = dict(re.findall(rb'(\w+)="(\d+)"', found[1]))
            if b"style" in said:
                columns.append((int(said[b"min"]), int(said[b"max"]), int(said[b"style"])))
        return columns

    def _style_of_column(self, column: int) -> int:
        return next((style for a, b, style in self._columns if a <= column <= b), 0)

    def restyle(self, marks: Iterable[Cell], styles: Styles, *, unmark: bool) -> None:
        """Make cells yellow, blank ones and those of absent rows included.

        With `unmark`, cells that an earlier check made yellow and this one does not are so no more.
        """
        by_row: defaultdict[int, set[int]] = defaultdict(set)
        for row, column in marks:
            by_row[row].add(column)
        if self._end == 0:
            return
        was = unmark and styles.were_yellow
        yellow = {b"%d" % n for n in styles.were_yellow}
        pieces: list[bytes] = []
        done, number, wanted = self._begin, 0, sorted(by_row, reverse=True)
        for opening in self._rows.finditer(self.xml, self._begin, self._end):
            said = _NUMBER.search(opening[1])
            number = int(said[1]) if said else number + 1
            pieces.append(self.xml[done : opening.start()])
            while wanted and wanted[-1] < number:
                pieces.append(self._made_row(wanted.pop(), by_row, styles))
            done = opening.start()
            if not was and (not wanted or wanted[-1] != number):
                continue
            end = opening.end() if opening[2] else self.xml.index(self._close, opening.end())
            body = b"" if opening[2] else self.xml[opening.end() : end]
            if was:
                body = self._unmarked(body, by_row.get(number, set()), yellow, styles)
            attributes = opening[1]
            if wanted and wanted[-1] == number:
                body = self._marked(body, by_row[wanted.pop()], number, attributes, styles)
                attributes = _SPANS.sub(b"", attributes)
            pieces.append(b"<%srow%s>%s" % (self.prefix.encode(), attributes, body))
            done = end
            if opening[2]:
                pieces.append(self._close)
        pieces.append(self.xml[done : self._end])
        pieces += [self._made_row(row, by_row, styles) for row in reversed(wanted)]
        self.xml = self.xml[: self._begin] + b"".join(pieces) + self.xml[self._end :]

    def _made_row(self, row: int, by_row: Mapping[int, set[int]], styles: Styles) -> bytes:
        body = self._marked(b"", by_row[row], row, b"", styles)
        return b'<%srow r="%d">%s%s' % (self.prefix.encode(), row, body, self._close)

    def _marked(
        self, body: bytes, columns: set[int], row: int, of_row: bytes, styles: Styles
    ) -> bytes:
        pieces: list[bytes] = []
        done, number, wanted = 0, 0, sorted(columns, reverse=True)
        default = _STYLE.search(of_row)
        base = int(default[1]) if default else None

        def blank(column: int) -> bytes:
            style = styles.yellow(self._style_of_column(column) if base is None else base)
            name = letters_of(column)
            return f'<{self.prefix}c r="{name}{row}" s="{style}"/>'.encode()

        for cell in self._cells.finditer(body):
            number = self._number(cell[1], number)
            while wanted and wanted[-1] < number:
                pieces += [body[done : cell.start()], blank(wanted.pop())]
                done = cell.start()
            if wanted and wanted[-1] == number:
                wanted.pop()
                pieces += [body[done : cell.start()], self._with_style(cell, styles.yellow)]
                done = cell.end()
        # What may follow the cells of a row belongs after them.
        last = max((cell.end() for cell in self._cells.finditer(body)), default=0)
        pieces += [body[done:last], *(blank(column) for column in reversed(wanted)), body[last:]]
        return b"".join(pieces)

    def _unmarked(self, body: bytes, kept: set[int], yellow: set[bytes], styles: Styles) -> bytes:
        if not any(b's="%s"' % style in body for style in yellow):
            return body
        pieces: list[bytes] = []
        done = number = 0
        for cell in self._cells.finditer(body):
            number = self._number(cell[1], number)
            style = _STYLE.search(cell[1])
            if number not in kept and style and style[1] in yellow:
                pieces += [body[done : cell.start()], self._with_style(cell, styles.plain)]
                done = cell.end()
        return b"".join([*pieces, body[done:]])

    @staticmethod
    def _number(attributes: bytes, before: int) -> int:
        said = _LETTERS.search(attributes)
        return column_number(said[1].decode()) if said else before + 1

    @staticmethod
    def _with_style(cell: re.Match[bytes], change: Callable[[int], int]) -> bytes:
        style = _STYLE.search(cell[1])
        made = b' s="%d"' % change(int(style[1]) if style else 0)
        attributes = _STYLE.sub(made, cell[1]) if style else cell[1] + made
        whole = cell[0]
        start = cell.start(1) - cell.start()
        return whole[:start] + attributes + whole[start + len(cell[1]) :]

    def put_before(self, followers: tuple[str, ...], element: str) -> None:
        """Put an element after the rows, before the first of `followers` or the end."""
        p = self.prefix
        either = "|".join(followers)
        found = re.compile(
            rf"<{p}(?:{either})[\s/>]|<mc:AlternateContent[\s>]|</{p}worksheet>".encode()
        )
        after = self.xml.rindex(f"{p}sheetData".encode())
        # Wrapped elements come late in a sheet; whatever they wrap stands behind ours.
        at = found.search(self.xml, after)
        place = at.start() if at else len(self.xml)
        self.xml = self.xml[:place] + element.encode() + self.xml[place:]
