"""Curves of who is still waiting: one or two lines, named at their ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.parts.drawing import svg
from pages.parts.drawing.axis import Axis

Point = tuple[float, float, float | None, float | None]


@dataclass(frozen=True)
class Line:
    """A named line through points of day, percent, and the ends of its interval."""

    name: str
    points: Sequence[Point]
    kind: str


def curves(lines: Sequence[Line], days: Axis, width: int) -> str:
    """Draw lines from 100% on day 0; the axes are the same for every place."""
    percent = Axis(100, "%")
    narrow = width < 500
    left, right = 46, width - (14 if narrow else 30)
    top, bottom = 14 + 24 * len(lines), 300 + 24 * len(lines)
    parts = [days.below((left, right), bottom, [(top, bottom)])]

    def height(value: float) -> float:
        return bottom - (bottom - top) * value / percent.most

    for value in (0, 25, 50, 75, 100):
        parts.append(svg.line(left, height(value), right, height(value)))
        parts.append(svg.text(left - 6, height(value) + 5, f"{value}%", anchor="end", quiet=True))
    for n, one in enumerate(lines):
        parts.append(_key(one, n))
        spots = [(days.at(day, left, right), height(share)) for day, share, *_ in one.points]
        dash = "7 5" if one.kind == "other" else ""
        parts.append(svg.path(spots, one.kind, dash))
        for (x, y), (day, share, low, high) in zip(spots, one.points, strict=True):
            if low is not None and high is not None:
                aside = x + 3 * n
                parts.append(svg.line(aside, height(low), aside, height(high), one.kind))
            tip = f"{one.name}: {share:.0f}% after {day:.0f} days"
            mark = svg.diamond if one.kind == "other" else svg.dot
            parts.append(mark(x, y, 5.5, one.kind, tip))
            if not n and day:
                parts.append(svg.text(x + 9, y - 8, f"{share:.0f}%", bold=True))
    return svg.drawing(width, bottom + 2 * svg.SIZE + 18, parts)


def _key(one: Line, n: int) -> str:
    y = 10 + 24 * n
    mark = svg.diamond if one.kind == "other" else svg.dot
    return (
        svg.path([(0, y), (28, y)], one.kind, "7 5" if one.kind == "other" else "")
        + mark(14, y, 5.5, one.kind)
        + svg.text(36, y + 5, one.name)
    )
