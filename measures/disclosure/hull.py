"""What holds of all of some pairs of numbers, as straight lines: their hull."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np

from measures.disclosure.linked import FAR, Floats

Point = tuple[float, float]


@cache
def slanting(counts: bytes) -> Floats:
    """Return the slanting edges of the hull of some pairs of n and base: weights of both, and side.

    The pairs are a table of floats; the most of them are asked about again and again.
    """
    pairs = np.frombuffer(counts).reshape(-1, 2).tolist()
    edges = list[tuple[float, float, float]]()
    for sign in (1, -1):
        lowest: dict[float, float] = {}
        for n, base in pairs:
            lowest[base] = min(lowest.get(base, FAR), sign * n)
        for (x, y), (further, other) in pairwise(_lowest(sorted(lowest.items()))):
            across, up = further - x, other - y
            if up:
                edges.append((sign * across, -up, across * y - up * x))
    return np.array(edges).reshape(-1, 3)


@cache
def at_least(low: int, ranks: tuple[int, ...]) -> list[tuple[float, float]]:
    """Return what holds of counts with ranks, those of `low`, one more, and so on: share and least.

    A rank is so much of its count and so much more at least, for each of them.
    """
    corners = _lowest([(float(n), float(rank)) for n, rank in enumerate(ranks, low)])
    if len(corners) == 1:
        return [(0.0, corners[0][1])]
    shares = [(other - y) / (further - x) for (x, y), (further, other) in pairwise(corners)]
    return [(share, y - share * x) for share, (x, y) in zip(shares, corners, strict=False)]


def _lowest(points: Sequence[Point]) -> list[Point]:
    """Return those of some points, which go up by x, that no line between two others is below."""
    chain = list[Point]()
    for point in points:
        while len(chain) > 1 and _is_above(chain[-1], chain[-2], point):
            chain.pop()
        chain.append(point)
    return chain


def _is_above(point: Point, left: Point, right: Point) -> bool:
    """Return whether a point is on or above the line from one to its left to one to its right."""
    rise = (right[1] - left[1]) * (point[0] - left[0])
    return (point[1] - left[1]) * (right[0] - left[0]) >= rise
