"""An Excel workbook: its sheets by name, each as a grid."""

import posixpath
from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

from python_calamine import CalamineError, CalamineWorkbook

from data.submission import Unreadable
from data.workbook import cells, comments, relations
from data.workbook.container import DAMAGED, Container, packed
from data.workbook.disguise import without_workbook
from data.workbook.grid import Grid

_MOST_SHEETS = 50
_Found = TypeVar("_Found")


def _parsed(work: Callable[[], _Found]) -> _Found:
    """Return what the parser does; whatever it raises says that the workbook is damaged."""
    try:
        return work()
    except (CalamineError, OSError, ValueError, MemoryError) as error:
        raise Unreadable(DAMAGED) from error
    except BaseException as error:
        # A panic of the parser is derived from BaseException, and its class cannot be imported.
        if type(error).__name__ == "PanicException":
            raise Unreadable(DAMAGED) from error
        raise


class Workbook:
    """The sheets of an Excel workbook."""

    def __init__(self, data: bytes) -> None:
        self._container = Container(data)
        self._names = {name.lower().replace("\\", "/"): name for name in self._container.names}
        self._main = self._found_main()
        self._folder = posixpath.dirname(self._main)
        book = relations.parsed(self._part(self._main))
        targets = relations.targets(self._part(relations.of(self._main)), self._folder)
        self._sheets = {
            relations.attribute(sheet, "name"): target[1]
            for sheet in relations.tagged(book, "sheet")
            if (target := targets.get(relations.attribute(sheet, "id")))
            and target[0] == "worksheet"
        }
        self.every_sheet = tuple(
            relations.attribute(sheet, "name") for sheet in relations.tagged(book, "sheet")
        )
        if len(self._sheets) > _MOST_SHEETS:
            raise Unreadable(
                f"The workbook has {len(self._sheets)} sheets, more than any return: delete the "
                "sheets that are not part of it."
            )
        self._refused: dict[str, Unreadable] = {}
        self.dates_from_1904 = any(
            relations.attribute(element, "date1904") in {"1", "true"}
            for element in relations.tagged(book, "workbookPr")
        )

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the worksheets as printed, hidden ones included."""
        return tuple(self._sheets)

    def part_of(self, sheet: str) -> str:
        """Return the name of the part that a sheet is."""
        return self._names[self._sheets[sheet].lower()]

    @property
    def main(self) -> str:
        """The name of the part that lists the sheets."""
        return self._names[self._main.lower()]

    def comments(self, sheet: str) -> dict[str, str]:
        """Return the comments on the cells of a sheet by their addresses ("B4")."""
        part = self._sheets[sheet]
        beside = relations.of(part)
        if beside.lower() not in self._names:
            return {}
        targets = relations.targets(self._part(beside), posixpath.dirname(part)).values()
        name = next((name for kind, name in targets if kind == "comments"), "")
        return comments.read(self._part(name)) if name.lower() in self._names else {}

    def grid(self, sheet: str) -> Grid:
        """Return the cells of one sheet, row 1 and column A first, hidden or not."""
        book = self._book
        if sheet in self._refused:
            raise self._refused[sheet]
        return _parsed(
            lambda: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False),
        )

    @cached_property
    def _book(self) -> CalamineWorkbook:
        """The parser on looked-at parts only, under the names that it knows them by.

        All are looked at as sheets are: a hostile file can call any part a sheet.
        """
        main = posixpath.join(self._folder, "workbook.xml")
        parts = {
            "_rels/.rels": relations.ROOT.format(main).encode(),
            main: self._part(self._main),
            relations.of(main): self._part(relations.of(self._main)),
        }
        for plain, name in self._names.items():
            if plain.endswith(("styles.xml", "sharedstrings.xml", "[content_types].xml")):
                parts[name] = cells.checked(self._container.part(name), plain)
        for sheet, target in self._sheets.items():
            try:
                xml = cells.checked(self._part(target), sheet)
            except Unreadable as error:
                self._refused[sheet] = error
            else:
                parts[self._names[target.lower()]] = xml
        file = packed(parts)
        return _parsed(lambda: CalamineWorkbook.from_filelike(file))

    def _part(self, name: str) -> bytes:
        return self._container.part(self._names.get(name.lower(), name))

    def _found_main(self) -> str:
        """Return the part that lists the sheets."""
        main = "xl/workbook.xml"
        if "_rels/.rels" in self._names:
            related = relations.targets(self._part("_rels/.rels"), "").values()
            main = next((name for kind, name in related if kind == "officeDocument"), main)
        if main.lower() not in self._names or not main.lower().endswith(".xml"):
            raise without_workbook(self._container.names)
        return main
