"""A funnel: each agency's rate by how much it is made from, between the limits of chance."""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.parts.drawing import svg
from pages.parts.drawing.axis import Axis


@dataclass(frozen=True)
class Spot:
    """One agency: its size, its rate, and whether it is named and coloured."""

    name: str
    size: float
    rate: float
    focus: bool


@dataclass(frozen=True)
class Limits:
    """The two limits at each size, drawn dashed, and what they are called."""

    name: str
    low: Sequence[float]
    high: Sequence[float]
    dash: str


@dataclass(frozen=True)
class Funnel:
    """A funnel, drawn by `at`."""

    spots: Sequence[Spot]
    sizes: Sequence[float]
    limits: Sequence[Limits]
    target: float
    rates: Axis

    def at(self, width: int) -> str:
        """Draw it at a width."""
        left, right, top, bottom = 46, width - 12, 58, 400
        across = Axis.over(self.sizes, title="Made from")

        def x(size: float) -> float:
            return across.at(size, left, right)

        def y(rate: float) -> float:
            return bottom - (bottom - top) * min(rate, self.rates.most) / self.rates.most

        parts = [across.below((left, right), bottom, [(top, bottom)])]
        for value in self.rates.ticks(600):
            parts.append(svg.line(left, y(value), right, y(value)))
            words = f"{value:.0f}%"
            parts.append(svg.text(left - 6, y(value) + 5, words, anchor="end", quiet=True))
        for n, one in enumerate(self.limits):
            for side in (one.low, one.high):
                ends = [(x(s), y(v)) for s, v in zip(self.sizes, side, strict=True)]
                parts.append(svg.path(ends, "edge", one.dash))
            at = (0, 18) if not n else (0, 38) if width < 500 else (200, 18)
            parts.append(svg.path([(at[0], at[1] - 5), (at[0] + 34, at[1] - 5)], "edge", one.dash))
            parts.append(svg.text(at[0] + 42, at[1], one.name))
        parts.append(svg.line(left, y(self.target), right, y(self.target), "ink"))
        england = f"England {self.target:.0f}%"
        parts.append(svg.text(right, y(self.target) - 7, england, anchor="end", bold=True))
        for spot in sorted(self.spots, key=lambda each: each.focus):
            kind, r = ("focus", 7.0) if spot.focus else ("grey", 5.5)
            tip = f"{spot.name}: {spot.rate:.0f}% of {spot.size:,.0f}"
            parts.append(svg.dot(x(spot.size), y(spot.rate), r, kind, tip))
            if spot.focus:
                parts.append(_named(spot, x(spot.size), y(spot.rate), width))
        return svg.drawing(width, bottom + 2 * svg.SIZE + 18, parts)


def _named(one: Spot, x: float, y: float, width: int) -> str:
    words = svg.cut(one.name, width - 60)
    wide = svg.wide(words)
    if x + 12 + wide < width:
        return svg.text(x + 12, y - 10, words, bold=True)
    if x > wide + 12:
        return svg.text(x - 12, y - 10, words, bold=True, anchor="end")
    return svg.text(width / 2, y - 16, words, bold=True, anchor="middle")
