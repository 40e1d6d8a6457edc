"""Text as XML, so that a spreadsheet program shows it as it was and never as a formula."""

import re
from xml.sax.saxutils import escape

LONGEST = 32_767  # what a cell and a comment can hold
# What XML cannot hold, and half a character.
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Spreadsheet programs read `_x0041_` in a text as an A.
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def text(value: str) -> str:
    """Return a text of at most what a cell can hold, as the inside of a `<t>`."""
    value = _NEVER.sub("\ufffd", value.replace("\r\n", "\n").replace("\r", "\n"))
    if 2 * len(value) > LONGEST:
        # A spreadsheet program counts a character beyond the first 65,536 as two.
        twice = 0
        for place, character in enumerate(value[:LONGEST]):
            twice += ord(character) > 0xFFFF
            if place + twice >= LONGEST:
                value = value[:place]
                break
        value = value[:LONGEST]
    return escape(_CODED.sub("_x005F_", value))


def prefix_of(xml: bytes, root: str) -> str:
    """Return the prefix of the names of a part with its colon; most have none."""
    found = re.search(rf"<((?:\w+:)?){root}[\s>]".encode(), xml)
    return found[1].decode() if found else ""


def namespace_of(xml: bytes, prefix: str) -> str:
    """Return the namespace that a prefix stands for."""
    name = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    found = re.search(rf"""\s{name}\s*=\s*["']([^"']*)["']""".encode(), xml)
    return found[1].decode() if found else ""
