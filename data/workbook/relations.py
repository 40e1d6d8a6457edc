"""Which part of a workbook file belongs to which: the XML that says where the sheets are."""

import posixpath
from typing import cast
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from data.submission import Unreadable
from data.workbook.container import DAMAGED

ROOT = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006'
    '/relationships/officeDocument"/></Relationships>'
)

EMPTY = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


def parsed(part: bytes) -> Element:
    """Return the XML of a small part."""
    try:
        return cast("Element", fromstring(part, forbid_dtd=True))
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreadable(DAMAGED) from error


def attribute(element: Element, name: str) -> str:
    """Return an attribute whatever its namespace: there are a transitional and a strict one."""
    return next((v for key, v in element.items() if key.rpartition("}")[2] == name), "")


def tagged(element: Element, tag: str) -> list[Element]:
    """Return the elements of a name whatever their namespace."""
    return [each for each in element.iter() if each.tag.rpartition("}")[2] == tag]


def of(part: str) -> str:
    """Return the name of the part that holds the relations of a part."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def targets(relations: bytes, folder: str) -> dict[str, tuple[str, str]]:
    """Return the kind and the name of every related part, by its id."""
    return {
        attribute(each, "Id"): (
            attribute(each, "Type").rpartition("/")[2],
            posixpath.normpath(
                posixpath.join("/", folder, attribute(each, "Target").replace("\\", "/"))
            ).lstrip("/"),
        )
        for each in parsed(relations)
    }
