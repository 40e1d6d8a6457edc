"""Strips: each measure's agencies as grey dots, regions as diamonds, England as a line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pages.parts.drawing import svg
from pages.parts.drawing.axis import Axis


@dataclass(frozen=True)
class Strip:
    """One measure on a scale of its own; points are a name and a value."""

    title: str
    axis: Axis
    agencies: Sequence[tuple[str, float]]
    regions: Sequence[tuple[str, float]]
    england: float | None
    said: str
    focus: str = ""


@dataclass(frozen=True)
class Key:
    """What the marks are called; `focus` names the agency that is picked out, if one is."""

    agency: str = "an agency"
    region: str = "a region"
    focus: str = ""


def strips(items: Sequence[Strip], width: int, key: Key | None = None) -> str:
    """Draw strips under each other, with the key on top."""
    drawn, y = _key(key or Key(), width)
    parts = [drawn]
    for item in items:
        strip, tall = _strip(item, y, width)
        parts.append(strip)
        y += tall
    return svg.drawing(width, y - 6, parts)


def _strip(item: Strip, y: float, width: int) -> tuple[str, float]:
    """Draw a strip, and return with it how much room it takes."""
    narrow = width < 500
    titles = svg.folded(item.title, width - (0 if narrow else svg.wide(item.said) + 12), bold=True)
    more = svg.LINE * (len(titles) - 1)
    left, right, middle = 8, width - 8, y + more + (60 if narrow else 40)
    unit = "%" if item.axis.unit == "%" else ""
    under = svg.text(0, y + more + 36, item.said) if narrow else ""
    parts = [
        *(svg.text(0, y + 16 + n * svg.LINE, words, bold=True) for n, words in enumerate(titles)),
        under or svg.text(width, y + 16, item.said, anchor="end"),
        svg.line(left, middle, right, middle),
    ]
    for value in item.axis.ticks(right - left):
        x = item.axis.at(value, left, right)
        parts.append(svg.line(x, middle - 4, x, middle + 4))
        end = "start" if x < 20 else "end" if x > width - 30 else "middle"
        parts.append(svg.text(x, middle + 27, f"{value:,.0f}{unit}", anchor=end, quiet=True))
    parts += _marks(item, (left, right), middle)
    return "".join(parts), more + (112 if narrow else 92)


def _marks(item: Strip, ends: tuple[float, float], middle: float, size: float = 1) -> Iterator[str]:
    """Yield the marks of a strip, the one picked out and England's line over the others."""
    at = [(name, item.axis.at(value, *ends)) for name, value in item.agencies]
    yield svg.dots(((x, name) for name, x in at if name != item.focus), middle, 5 * size, "grey")
    for name, value in item.regions:
        yield svg.diamond(item.axis.at(value, *ends), middle, 6 * size, "other", name)
    yield from (svg.dot(x, middle, 7 * size, "focus", name) for name, x in at if name == item.focus)
    if item.england is not None:
        x = item.axis.at(item.england, *ends)
        yield svg.line(x, middle - 13 * size, x, middle + 13 * size, "ink")


def line(item: Strip, width: int) -> str:
    """Draw a strip alone and small, for a row of a table; the key is drawn by `key_of`."""
    middle, ends = 11, (7, width - 7)
    parts = [svg.line(ends[0], middle, ends[1], middle), *_marks(item, ends, middle, 0.72)]
    return svg.drawing(width, 2 * middle, parts)


def key_of(key: Key, width: int) -> str:
    """Draw the key alone."""
    drawn, height = _key(key, width)
    return svg.drawing(width, height - 6, [drawn])


def _key(key: Key, width: int) -> tuple[str, float]:
    """Draw the key, and return with it how far down it reaches."""
    marks = [
        *([(svg.dot(8, 10, 7, "focus"), key.focus)] if key.focus else []),
        (svg.dot(8, 10, 5, "grey"), key.agency),
        (svg.diamond(8, 10, 6, "other"), key.region),
        (svg.line(8, 0, 8, 20, "ink"), "England"),
    ]
    parts, x, y = [], 0.0, 0
    for mark, words in marks:
        need = 20 + svg.wide(words)
        if x and x + need > width:
            x, y = 0.0, y + 26
        parts.append(f'<g transform="translate({x:.1f} {y})">{mark}{svg.text(22, 15, words)}</g>')
        x += need + 26
    return "".join(parts), y + 34
