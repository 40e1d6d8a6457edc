"""A grid: a row a group, a column a band, each box shaded by its figure, which stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.parts.drawing import svg

TALL = 28


@dataclass(frozen=True)
class Box:
    """One box: what stands in it, and its shade, None where there is no figure."""

    said: str
    shade: int | None
    tip: str = ""


def grid(columns: Sequence[str], rows: Sequence[tuple[str, Sequence[Box]]], width: int) -> str:
    """Draw a grid; on a narrow page the name stands over its row instead of beside it."""
    narrow = width < 500
    longest = max((svg.wide(name) for name, _ in rows), default=0)
    left = 0 if narrow else min(longest + 12, 0.36 * width)
    step = (width - left) / max(len(columns), 1)
    top, above = 2 * svg.SIZE + 12, 24 if narrow else 0
    parts = [_heading(words, left + (n + 0.5) * step, step) for n, words in enumerate(columns)]
    for n, (name, boxes) in enumerate(rows):
        y = top + n * (TALL + above + 4)
        parts.append(_name(name, y, left, narrow=narrow))
        for at, box in enumerate(boxes):
            x = left + at * step
            parts.append(svg.shade((x + 1, y + above, step - 2, TALL), box.shade, box.tip))
            parts.append(svg.on_shade(x + step / 2, y + above + 19, box.said, box.shade))
    return svg.drawing(width, top + len(rows) * (TALL + above + 4) + 4, parts)


def _heading(words: str, x: float, room: float) -> str:
    lines = svg.folded(words, room)[:2]
    start = 2 * svg.SIZE + 2 - (len(lines) - 1) * svg.SIZE
    return "".join(
        svg.text(x, start + n * svg.SIZE, line, anchor="middle") for n, line in enumerate(lines)
    )


def _name(words: str, y: float, left: float, *, narrow: bool) -> str:
    if narrow:
        return svg.text(0, y + 18, words)
    lines = svg.folded(words, left - 8)[:2]
    start = 12 if len(lines) > 1 else 19
    return "".join(
        svg.text(left - 8, y + start + n * svg.SIZE, line, anchor="end")
        for n, line in enumerate(lines)
    )
