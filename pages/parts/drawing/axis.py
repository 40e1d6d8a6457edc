"""A scale from nought, the same whatever place is chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, log10

from pages.parts.drawing.svg import SIZE, line, text


@dataclass(frozen=True)
class Axis:
    """From 0 to `most`, in `unit` ("%", " days" or nothing)."""

    most: float
    unit: str = ""
    title: str = ""

    @classmethod
    def over(cls, values: Iterable[float | None], unit: str = "", title: str = "") -> "Axis":
        """Return an axis that holds all values, ending at a round number."""
        most = max((value for value in values if value is not None), default=0) or 10
        if unit == "%":
            most = min(most, 100)
        step = _step(most)
        return cls(ceil(most / step) * step, unit, title)

    def at(self, value: float, left: float, right: float) -> float:
        """Return where a value lies between two ends."""
        return left + (right - left) * min(max(value, 0), self.most) / self.most

    def ticks(self, room: float) -> list[float]:
        """Return round values for ticks, as many as have room."""
        step = _step(self.most)
        while self.most / step * (len(f"{self.most:,.0f}") + 3) * 0.6 * SIZE > room:
            step *= 2
        return [n * step for n in range(floor(self.most / step) + 1)]

    def below(
        self, ends: tuple[float, float], bottom: float, spans: Iterable[tuple[float, float]]
    ) -> str:
        """Draw the ticks under a chart, their lines through its spans, and what they measure."""
        (left, right), spans, parts = ends, list(spans), []
        for value in self.ticks(right - left):
            x = self.at(value, left, right)
            words = f"{value:,.0f}{'%' if self.unit == '%' else ''}"
            anchor = "end" if x > right - 12 and right - left < 10_000 and value else "middle"
            parts += [line(x, top, x, end) for top, end in spans]
            parts.append(text(x, bottom + SIZE + 4, words, anchor=anchor, quiet=True))
        if self.title:
            parts.append(text(left, bottom + 2 * SIZE + 10, self.title, quiet=True))
        return "".join(parts)


def _step(most: float) -> float:
    """Return a round step that gives about five ticks."""
    raw = most / 5
    size = 10.0 ** floor(log10(raw))
    return max(next(n * size for n in (1, 2, 2.5, 5, 10) if n * size >= raw), 1)
