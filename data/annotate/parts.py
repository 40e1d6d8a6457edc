"""The parts of a workbook file while some are changed and some added; the rest stay as they are.

Written part by part and not through a model of a workbook: what a model does not know (pictures,
form controls, macros, newer extensions) it would lose, and it would take half a minute.
"""

import posixpath
import re
import zipfile
from io import BytesIO
from xml.sax.saxutils import quoteattr

from data.workbook import relations
from data.workbook.container import Container

_TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_LEVEL = 2  # a sheet shrinks nearly as much as at 6, in a third of the time


class Parts:
    """The parts by name; `book` is the one that lists the sheets."""

    def __init__(self, data: bytes, book: str) -> None:
        self._container = Container(data)
        self._names = {name.lower(): name for name in self._container.names}
        self._changed: dict[str, bytes] = {}
        self.book = book

    @property
    def kinds(self) -> str:
        """How the kinds of relations are called in this file, transitional or strict."""
        return _STRICT if b"purl.oclc.org/ooxml" in self[self.book][:5000] else _OFFICE

    def __contains__(self, name: str) -> bool:
        """Return whether there is a part of this name, however cased."""
        return name.lower() in self._names

    def __getitem__(self, name: str) -> bytes:
        """Return a part as it is now."""
        name = self._names.get(name.lower(), name)
        changed = self._changed.get(name)
        return self._container.part(name) if changed is None else changed

    def __setitem__(self, name: str, content: bytes) -> None:
        """Change or add a part."""
        self._changed[self._names.setdefault(name.lower(), name)] = content

    def present(self, name: str) -> bytes | None:
        """Return a part, None where there is none."""
        if name not in self:
            return None
        return self[name]

    def names_in(self, folder: str) -> list[str]:
        """Return the names of the parts in a folder."""
        return [name for name in self._names.values() if name.lower().startswith(folder.lower())]

    def free(self, pattern: str) -> str:
        """Return the first name not taken: `pattern` has a place for a number."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def add(self, name: str, content: bytes, kind: str) -> None:
        """Add a part of a content type."""
        self[name] = content
        self._declare("Override", "PartName", f"/{name}", kind)

    def declare_extension(self, extension: str, kind: str) -> None:
        """Declare what the parts of an extension are, if that is not said yet."""
        if not re.search(rf'Extension="{extension}"'.encode(), self[_TYPES], re.IGNORECASE):
            self._declare("Default", "Extension", extension, kind)

    def _declare(self, tag: str, attribute: str, value: str, kind: str) -> None:
        self[_TYPES] = inside_end(
            self[_TYPES],
            "Types",
            tag,
            f"{attribute}={quoteattr(value)} ContentType={quoteattr(kind)}",
        )

    def relate(self, part: str, kind: str, target: str) -> str:
        """Relate a part to another; return the id of the relation."""
        name = relations.of(part)
        if name not in self:
            self[name] = relations.EMPTY.encode()
        ids = {relations.attribute(each, "Id") for each in relations.parsed(self[name])}
        made = next(f"rIdCheck{n}" for n in range(1, len(ids) + 2) if f"rIdCheck{n}" not in ids)
        words = f'Id="{made}" Type="{self.kinds}/{kind}" Target={quoteattr(f"/{target}")}'
        self[name] = inside_end(self[name], "Relationships", "Relationship", words)
        return made

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the kind and the name of every part related to a part, by the relation's id."""
        name = relations.of(part)
        if name not in self:
            return {}
        return relations.targets(self[name], posixpath.dirname(part))

    def saved(self) -> bytes:
        """Return the file."""
        file = BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as packed:
            for name in self._names.values():
                part = self._changed.get(name)
                part = self._container.raw(name) if part is None else part
                packed.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED, _LEVEL)
        return file.getvalue()


def inside_end(xml: bytes, parent: str, tag: str, attributes: str) -> bytes:
    """Return XML with an element put in as the last of its root, which is called `parent`."""
    closed = re.search(rf"</((?:\w+:)?){parent}\s*>".encode(), xml)
    if closed:
        prefix = closed[1].decode()
        return (
            xml[: closed.start()]
            + f"<{prefix}{tag} {attributes}/>".encode()
            + xml[closed.start() :]
        )
    opened = re.search(rf"<((?:\w+:)?){parent}(\s[^>]*)?/>".encode(), xml)
    if opened is None:
        return xml
    prefix = opened[1].decode()
    end = f"><{prefix}{tag} {attributes}/></{prefix}{parent}>".encode()
    return xml[: opened.end() - 2] + end + xml[opened.end() :]
