"""A tile map: a box a region about where it lies, with a small box for each of its agencies."""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.parts.drawing import svg


@dataclass(frozen=True)
class Box:
    """One place: what it is called, its figure in words, its class (None where not shown)."""

    name: str
    said: str
    shade: int | None
    focus: bool = False


@dataclass(frozen=True)
class RegionBox:
    """A region, where it lies in the grid of tiles, and its agencies."""

    box: Box
    at: tuple[int, int]
    agencies: Sequence[Box]


SMALL = 46


def draw(regions: Sequence[RegionBox], classes: Sequence[str], width: int) -> str:
    """Draw regions as three columns, on a narrow page one under the other."""
    columns = 3 if width >= 600 else 1
    gap = 10
    size = (width - gap * (columns - 1)) / columns
    each = int((size - 16) // (SMALL + 4))
    most = max((len(one.agencies) for one in regions), default=0)
    tall = 58 + (SMALL - 8) * -(-most // max(each, 1))
    parts = [_key(classes, width)]
    top = 34 if width >= 600 else 62
    for n, one in enumerate(regions):
        column, row = one.at if columns == 3 else (0, n)
        here = 58 + (SMALL - 8) * -(-len(one.agencies) // max(each, 1)) if columns == 1 else tall
        y = top + (
            sum(_tall(other, each) for other in regions[:n]) if columns == 1 else row * (tall + gap)
        )
        parts.append(_region(one, (column * (size + gap), y, size, here), each))
    if columns == 1:
        height = top + sum(_tall(one, each) for one in regions)
    else:
        height = top + (1 + max(one.at[1] for one in regions)) * (tall + gap)
    return svg.drawing(width, height, parts)


def _tall(one: RegionBox, each: int) -> float:
    return 68 + (SMALL - 8) * -(-len(one.agencies) // max(each, 1))


def _region(one: RegionBox, box: tuple[float, float, float, float], each: int) -> str:
    x, y, width, _ = box
    said = one.box.said
    room = width - svg.wide(said) - 30
    parts = [
        svg.frame(box, focus=one.box.focus),
        svg.shade((x + 8, y + 10, 14, 14), one.box.shade),
        svg.text(x + 28, y + 22, svg.cut(one.box.name, room - 6), bold=True),
        svg.text(x + width - 8, y + 22, said, anchor="end", bold=True),
    ]
    for n, agency in enumerate(one.agencies):
        at = (x + 8 + (n % each) * (SMALL + 4), y + 36 + (n // each) * (SMALL - 8))
        parts.append(
            svg.shade((*at, SMALL, SMALL - 14), agency.shade, f"{agency.name}: {agency.said}")
        )
        if agency.focus:
            parts.append(svg.frame((at[0] - 1, at[1] - 1, SMALL + 2, SMALL - 12), focus=True))
        parts.append(svg.on_shade(at[0] + SMALL / 2, at[1] + 21, agency.said, agency.shade))
    return "".join(parts)


def _key(classes: Sequence[str], width: int) -> str:
    parts, x, y = [], 0.0, 0
    for n, words in enumerate(classes):
        need = 22 + svg.wide(words) + 16
        if x + need > width:
            x, y = 0.0, y + 26
        parts.append(svg.shade((x + 1, y + 2, 16, 16), n))
        parts.append(svg.text(x + 24, y + 15, words))
        x += need + 6
    return "".join(parts)
