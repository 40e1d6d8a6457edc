"""The comments on a sheet's cells: theirs kept, ours added beside, our earlier ones replaced."""

import re
from collections.abc import Mapping

from data.annotate import boxes
from data.annotate.cells import Cell, Sheet, letters_of
from data.annotate.parts import Parts
from data.annotate.xml import LONGEST, namespace_of, prefix_of, text
from data.workbook.comments import AUTHOR, BEGINNING, ENDING, is_ours, own_words, read

MOST = 5_000
"""Comments of ours on one sheet: each is a drawing, and 17,000 took LibreOffice over four minutes.

Further cells are yellow, and stand on the sheet of findings, which says so.
"""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_EMPTY = '<comments xmlns="{}"><authors/><commentList/></comments>'
_LOOK = (
    '<{p}rPr>{bold}<{p}sz val="9"/><{p}color rgb="FF0B0C0C"/><{p}rFont val="Arial"/>'
    '<{p}family val="2"/></{p}rPr>'
)


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
            self._boxes[at] = boxes.high(whole)
            kept.append(self._comment(at, self._runs(whole)))
        listed = f"<{p}commentList>".encode() + b"".join(kept) + f"</{p}commentList>".encode()
        pattern = rf"<{p}commentList(?:\s[^>]*)?(?:/>|>.*</{p}commentList>)"
        self._xml = re.sub(pattern.encode(), lambda _: listed, self._xml, count=1, flags=re.DOTALL)
        self._parts[self._name] = self._xml
        boxes.draw(self._parts, self._part, self._sheet, self._boxes)

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
            self._boxes[at] = boxes.high(whole) if whole else None
            return self._comment(at, self._runs(whole)) if whole else b""
        if not messages:
            return comment
        self._boxes[at] = boxes.high(f"{theirs}\n\n{words(messages)}")
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
