"""What is published, as whole numbers within limits and sums between them.

A quantity is a count of one cell: its name is (release, measure, statistic, basis, band, level,
place, *breakdowns). What is shown has its limits from rounding; what is hidden is only known not to
be nought, since a nought is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

Name = tuple[str, ...]
Sum = tuple[list[int], list[float], float, float]


@dataclass
class Model:
    """Quantities with their limits, and sums of them (indices, weights, least, greatest)."""

    names: list[Name] = field(default_factory=list)
    index: dict[Name, int] = field(default_factory=dict)
    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    contradictions: list[Name] = field(default_factory=list)

    def add(self, name: Name, least: float, most: float) -> int:
        """Add a quantity, or narrow the limits of one that is there."""
        if name not in self.index:
            self.index[name] = len(self.names)
            self.names.append(name)
            self.least.append(least)
            self.most.append(most)
        else:
            at = self.index[name]
            self.least[at] = max(self.least[at], least)
            self.most[at] = min(self.most[at], most)
            if self.least[at] > self.most[at]:
                self.contradictions.append(name)
        return self.index[name]

    def equal(self, whole: int, parts: Sequence[int]) -> None:
        """State that a quantity is the sum of others."""
        self.sums.append(([whole, *parts], [1.0, *[-1.0] * len(parts)], 0.0, 0.0))
