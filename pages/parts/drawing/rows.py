"""Rows of bars or of dots with intervals, each with its name and its figure beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.parts.drawing import svg
from pages.parts.drawing.axis import Axis

KEY = 30


@dataclass(frozen=True)
class Row:
    """One row. Where `value` is None nothing is drawn: `said` is the symbol, `why` its words.

    `tick` is the same figure of the comparator; `focus` rows are coloured, the others grey.
    """

    label: str
    said: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    tick: float | None = None
    focus: bool = True
    why: str = ""


@dataclass(frozen=True)
class Look:
    """How rows are drawn: `bars` or dots; a `line` through all of them; the words of the key."""

    axis: Axis
    bars: bool = True
    line: tuple[str, float] | None = None
    key: tuple[str, str] | None = None


def rows(items: Sequence[Row], look: Look, width: int) -> str:
    """Draw rows; on a narrow page the name stands over its row instead of beside it."""
    narrow = width < 500
    longest = max((svg.wide(item.label) for item in items), default=0)
    label = 0 if narrow else min(longest + 12, 0.36 * width)
    said = 0 if narrow else max((svg.wide(item.said) for item in items), default=0) + 14
    left, right = label + 1, width - said - 10
    step, middle = (46, 34) if narrow else (30, 15)
    top = (KEY if look.key else 4) + (24 if look.line else 0)
    bottom = top + step * len(items)
    # On a narrow page no line goes through a name.
    lanes = [(top + n * step + 24, top + n * step + 44) for n in range(len(items))]
    spans = lanes if narrow else [(top, bottom)]
    parts = [look.axis.below((left, right), bottom, spans)]
    if look.key:
        parts.append(_key(look))
    for n, item in enumerate(items):
        y = top + n * step
        if narrow:
            room = width - svg.wide(item.said) - 12
            parts.append(svg.text(0, y + 18, svg.cut(item.label, room), bold=item.focus))
            parts.append(svg.text(width, y + 18, item.said, anchor="end", bold=item.focus))
        else:
            bold = item.focus and not all(other.focus for other in items)
            lines = svg.folded(item.label, label - 8)[:2]
            for at, words in zip((13, 28) if len(lines) > 1 else (20,), lines, strict=True):
                parts.append(svg.text(label - 8, y + at, words, anchor="end", bold=bold))
            parts.append(svg.text(width, y + 20, item.said, anchor="end", bold=bold))
        parts.append(_mark(item, look, left, right, y + middle))
    if look.line:
        name, value = look.line
        x = look.axis.at(value, left, right)
        anchor = "middle" if 90 < x < width - 90 else "start" if x <= 90 else "end"
        ends = [(top - 4, top + 4), *spans] if narrow else [(top - 4, bottom)]
        parts += [svg.line(x, first, x, last, "ink", "5 4") for first, last in ends]
        parts.append(svg.text(x, top - 10, name, anchor=anchor))
    height = bottom + (2 * svg.SIZE + 18 if look.axis.title else svg.SIZE + 10)
    return svg.drawing(width, height, parts)


def _mark(item: Row, look: Look, left: float, right: float, y: float) -> str:
    kind, axis, parts = "focus" if item.focus else "grey", look.axis, []
    tip = f"{item.label}: {item.said}"
    if item.value is None and item.why:
        parts.append(svg.text(left + 6, y + 5, item.why, quiet=True))
    if item.value is not None:
        x = axis.at(item.value, left, right)
        if look.bars:
            parts.append(svg.rect((left, y - 8, x - left, 16), kind, tip))
        if item.lower is not None and item.upper is not None:
            ends = (axis.at(item.lower, left, right), axis.at(item.upper, left, right))
            over = "ink" if look.bars else "focus" if item.focus else "edge"
            parts.append(svg.line(ends[0], y, ends[1], y, over))
        if not look.bars:
            parts.append(svg.dot(x, y, 5.5, kind, tip))
    if item.tick is not None:
        x = axis.at(item.tick, left, right)
        parts += [svg.line(x, y - 11, x, y + 11, kind) for kind in ("case", "other")]
    return "".join(parts)


def _key(look: Look) -> str:
    mine, other = look.key or ("", "")
    mark = svg.rect((1, 4, 14, 14), "focus") if look.bars else svg.dot(8, 11, 5.5, "focus")
    x = 22 + svg.wide(mine) + 18
    return (
        mark + svg.text(22, 16, mine) + svg.line(x, 1, x, 21, "other") + svg.text(x + 8, 16, other)
    )
