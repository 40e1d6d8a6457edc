"""The hull of points: what all of some pairs of numbers have in common, as straight lines."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import gcd

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Edge = tuple[tuple[float, float], float, float]
"""Weights of two numbers, and what they come to at least and at most."""
Point = Sequence[int]


def hull(x: Ints, y: Ints) -> list[Edge]:
    """Return the slanting edges of the hull of some points.

    Edges of one slope are one; those along an axis are left out, as a point alone is.
    """
    by_x = np.unique(np.stack([x, y], axis=1).astype(np.int64), axis=0)
    edges = set[tuple[int, int]]()
    for points in (by_x.tolist(), by_x[::-1].tolist()):
        for one, other in pairwise(_chain(points)):
            across, up = other[0] - one[0], other[1] - one[1]
            if across and up:
                by = gcd(across, up) * (1 if across > 0 else -1)
                edges.add((up // by, -across // by))
    found = []
    for a, b in sorted(edges):
        comes_to = a * x + b * y
        found.append(((float(a), float(b)), float(comes_to.min()), float(comes_to.max())))
    return found


@cache
def lines_under(first: int, heights: tuple[int, ...]) -> list[tuple[float, float]]:
    """Return the highest lines under some heights, those of `first`, the next number, and so on.

    A slope, and the height at nought. Between them they say all that holds of every number and
    whatever is as high as its height.
    """
    points = list(enumerate(heights, first))
    if len(points) == 1:
        return [(0.0, float(heights[0]))]
    found = []
    for (x, y), (further, other) in pairwise(_chain(points)):
        slope = (other - y) / (further - x)
        found.append((slope, y - slope * x))
    return found


def _chain(points: Sequence[Point]) -> list[Point]:
    """Return the corners of the hull of points, in their order, that none is to the right of."""
    chain = list[Point]()
    for point in points:
        while len(chain) > 1 and _turns(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain


def _turns(one: Point, two: Point, three: Point) -> int:
    """Return more than nought where three points turn to the left, nought where they do not."""
    return (two[0] - one[0]) * (three[1] - one[1]) - (two[1] - one[1]) * (three[0] - one[0])
