"""An Excel workbook: its sheets by name, each as a grid."""

import posixpath
from collections.abc import Callable
from functools import cached_property
from typing import TypeVar, cast
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]
from python_calamine import CalamineError, CalamineWorkbook

from data.submission import Unreadable
from data.workbook import cells
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


def _xml(part: bytes) -> Element:
    try:
        return cast("Element", fromstring(part, forbid_dtd=True))
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreadable(DAMAGED) from error


def _attribute(element: Element, name: str) -> str:
    """Return an attribute whatever its namespace: there are a transitional and a strict one."""
    return next((v for key, v in element.items() if key.rpartition("}")[2] == name), "")


class Workbook:
    """The sheets of an Excel workbook."""

    def __init__(self, data: bytes) -> None:
        self._container = Container(data)
        self._names = {name.lower().replace("\\", "/"): name for name in self._container.names}
        main = self._target("_rels/.rels", "officeDocument") or "xl/workbook.xml"
        if main.lower() not in self._names or not main.lower().endswith(".xml"):
            raise without_workbook(self._container.names)
        book = _xml(self._part(main))
        self._main = main
        self._related = posixpath.join(
            posixpath.dirname(main), "_rels", f"{posixpath.basename(main)}.rels"
        )
        targets = self._targets(self._related)
        found = [element for element in book.iter() if element.tag.rpartition("}")[2] == "sheet"]
        self._sheets = {
            _attribute(sheet, "name"): target[1]
            for sheet in found
            if (target := targets.get(_attribute(sheet, "id"))) and target[0] == "worksheet"
        }
        if len(self._sheets) > _MOST_SHEETS:
            raise Unreadable(
                f"The workbook has {len(self._sheets)} sheets, more than any return: delete the "
                "sheets that are not part of it."
            )
        self._refused: dict[str, Unreadable] = {}
        self.dates_from_1904 = any(
            _attribute(element, "date1904") in {"1", "true"}
            for element in book.iter()
            if element.tag.rpartition("}")[2] == "workbookPr"
        )

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the worksheets as printed, hidden ones included."""
        return tuple(self._sheets)

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
        """The parser on the looked-at parts; what has no part in a grid is left out."""
        wanted = {"[content_types].xml", "_rels/.rels", self._main.lower(), self._related.lower()}
        parts = {
            name: self._container.part(name)
            for plain, name in self._names.items()
            if plain in wanted or plain.endswith(("/styles.xml", "/sharedstrings.xml"))
        }
        for sheet, target in self._sheets.items():
            try:
                parts[self._names.get(target.lower(), target)] = cells.checked(
                    self._part(target), sheet
                )
            except Unreadable as error:
                self._refused[sheet] = error
        file = packed(parts)
        return _parsed(lambda: CalamineWorkbook.from_filelike(file))

    def _part(self, name: str) -> bytes:
        return self._container.part(self._names.get(name.lower(), name))

    def _targets(self, relationships: str) -> dict[str, tuple[str, str]]:
        """Return the kind and the name of every related part, by its id."""
        base = posixpath.dirname(posixpath.dirname(relationships))
        return {
            _attribute(element, "Id"): (
                _attribute(element, "Type").rpartition("/")[2],
                posixpath.normpath(
                    posixpath.join("/", base, _attribute(element, "Target").replace("\\", "/"))
                ).lstrip("/"),
            )
            for element in _xml(self._part(relationships))
        }

    def _target(self, relationships: str, kind: str) -> str | None:
        if relationships not in self._names:
            return None
        return next((n for k, n in self._targets(relationships).values() if k == kind), None)
