"""Strips: each measure's agencies as grey dots, regions as diamonds, England as a line."""

from collections.abc import Sequence
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


def strips(items: Sequence[Strip], width: int) -> str:
    """Draw strips under each other, with the key on top."""
    narrow = width < 500
    parts, y, step = [_key(width)], 66 if narrow else 40, 112 if narrow else 92
    for item in items:
        parts.append(_strip(item, y, width))
        y += step
    return svg.drawing(width, y - 6, parts)


def _strip(item: Strip, y: float, width: int) -> str:
    narrow = width < 500
    left, right, middle = 8, width - 8, y + (60 if narrow else 40)
    unit = "%" if item.axis.unit == "%" else ""
    under = svg.text(0, y + 36, item.said) if narrow else ""
    parts = [
        svg.text(0, y + 16, svg.cut(item.title, width), bold=True),
        under or svg.text(width, y + 16, item.said, anchor="end"),
        svg.line(left, middle, right, middle),
    ]
    for value in item.axis.ticks(right - left):
        x = item.axis.at(value, left, right)
        parts.append(svg.line(x, middle - 4, x, middle + 4))
        end = "start" if x < 20 else "end" if x > width - 30 else "middle"
        parts.append(svg.text(x, middle + 27, f"{value:,.0f}{unit}", anchor=end, quiet=True))
    at = [(name, item.axis.at(value, left, right)) for name, value in item.agencies]
    parts += [svg.dot(x, middle, 5, "grey", name) for name, x in at if name != item.focus]
    parts += [
        svg.diamond(item.axis.at(value, left, right), middle, 6, "other", name)
        for name, value in item.regions
    ]
    parts += [svg.dot(x, middle, 7, "focus", name) for name, x in at if name == item.focus]
    if item.england is not None:
        x = item.axis.at(item.england, left, right)
        parts.append(svg.line(x, middle - 13, x, middle + 13, "ink"))
    return "".join(parts)


def _key(width: int) -> str:
    second = (8, 42) if width < 500 else (230, 14)
    return (
        svg.dot(8, 10, 5, "grey")
        + svg.text(20, 15, "an agency")
        + svg.diamond(118, 10, 6, "other")
        + svg.text(130, 15, "a region")
        + svg.line(second[0], second[1] - 14, second[0], second[1] + 6, "ink")
        + svg.text(second[0] + 12, second[1] + 1, "England")
    )
