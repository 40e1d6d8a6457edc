"""Rows of bars or of dots with intervals, each with its name and its figure beside it."""

from collections.abc import Callable, Sequence
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


def drawing(items: Sequence[Row], look: Look) -> Callable[[int], str] | None:
    """Return what draws rows at a width, None where no row has anything to draw."""
    if look.line is None and all(item.value is None and item.tick is None for item in items):
        return None
    return lambda width: rows(items, look, width)


def rows(items: Sequence[Row], look: Look, width: int) -> str:
    """Draw rows; on a narrow page the name stands over its row instead of beside it."""
    narrow = width < 500
    longest = max((svg.wide(item.label) for item in items), default=0)
    label = 0 if narrow else min(longest + 12, 0.36 * width)
    room = 0 if narrow else max((svg.wide(item.said) for item in items), default=0) + 14
    left, right = label + 1, width - room - 10
    top = (KEY if look.key else 4) + (24 if look.line else 0)
    # On a narrow page the name has as many lines as it needs, and no line goes through words.
    names = [_name(item, width, label, narrow=narrow) for item in items]
    base, step = (46, svg.LINE) if narrow else (30, 15)
    steps = [base + (step if narrow else 10) * (len(lines) - 1) for lines in names]
    tops = [top + sum(steps[:n]) for n in range(len(items) + 1)]
    bottom = tops[-1]
    lanes = [(end - 22, end - 2) for one, end in zip(items, tops[1:], strict=True) if not one.why]
    spans = lanes if narrow else [(top, bottom)]
    parts = [look.axis.below((left, right), bottom, spans)]
    if look.key:
        parts.append(_key(look))
    for item, lines, y, end in zip(items, names, tops[:-1], tops[1:], strict=True):
        bold = item.focus and (narrow or not all(other.focus for other in items))
        x, anchor = (0, "start") if narrow else (label - 8, "end")
        middle = end - 12 if narrow else (y + end) / 2
        said = y + 18 if narrow else middle + 5
        first = said if narrow else said - step * (len(lines) - 1) / 2
        parts += [
            svg.text(x, first + n * step, words, anchor=anchor, bold=bold)
            for n, words in enumerate(lines)
        ]
        parts.append(svg.text(width, said, item.said, anchor="end", bold=bold))
        parts.append(_mark(item, look, left, right, middle))
        if item.value is None and item.why:
            # On a narrow page no line goes through this row, else the words begin beside it.
            begin = left + 6 if narrow else _clear(item.why, look, left, right)
            parts.append(svg.text(begin, middle + 5, item.why, quiet=True))
    if look.line:
        name, value = look.line
        x = look.axis.at(value, left, right)
        anchor = "middle" if 90 < x < width - 90 else "start" if x <= 90 else "end"
        ends = [(top - 4, top + 4), *spans] if narrow else [(top - 4, bottom)]
        parts += [svg.line(x, first, x, last, "ink", "5 4") for first, last in ends]
        parts.append(svg.text(x, top - 10, name, anchor=anchor))
    height = bottom + (2 * svg.SIZE + 18 if look.axis.title else svg.SIZE + 10)
    return svg.drawing(width, height, parts)


def _name(item: Row, width: int, label: float, *, narrow: bool) -> list[str]:
    if narrow:
        return svg.folded(item.label, width - svg.wide(item.said) - 12, bold=item.focus)
    return svg.folded(item.label, label - 8)


def _mark(item: Row, look: Look, left: float, right: float, y: float) -> str:
    kind, axis, parts = "focus" if item.focus else "grey", look.axis, []
    tip = f"{item.label}: {item.said}"
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


def _clear(words: str, look: Look, left: float, right: float) -> float:
    """Return where words begin so that the line through all rows does not go through them."""
    first = left + 6
    at = look.axis.at(look.line[1], left, right) if look.line else 0
    return at + 8 if first - 4 < at < first + svg.wide(words) + 4 else first


def _key(look: Look) -> str:
    mine, other = look.key or ("", "")
    mark = svg.rect((1, 4, 14, 14), "focus") if look.bars else svg.dot(8, 11, 5.5, "focus")
    x = 22 + svg.wide(mine) + 18
    return (
        mark + svg.text(22, 16, mine) + svg.line(x, 1, x, 21, "other") + svg.text(x + 8, 16, other)
    )
