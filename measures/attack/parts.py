"""The parts that subtraction leaves open: what hangs together by sums that still say something."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import connected_components

from measures.attack.knowledge import Knowledge
from measures.attack.subtraction import NEAR

Columns = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Part:
    """Quantities that hang together by sums, and those sums' numbers."""

    quantities: Columns
    sums: Columns


def parts(known: Knowledge, idle: Columns) -> Iterator[Part]:
    """Yield the quantities that are still open, as those that share a sum with one another.

    The sums of `idle` quantities are left out, and those that the limits keep to by themselves.
    """
    least, most = known.least, known.most
    is_open = most - least > NEAR
    is_open[idle] = False
    up, down = known.matrix.maximum(0), known.matrix.minimum(0)
    used = up @ least + down @ most < known.low - NEAR
    used |= up @ most + down @ least > known.high + NEAR
    used[known.matrix[:, idle].nonzero()[0]] = False
    numbers, rows = np.flatnonzero(is_open), np.flatnonzero(used)
    # By its size: else what is added cancels out what is taken off.
    kept = abs(known.matrix[rows][:, numbers])
    rows, kept = rows[np.diff(kept.indptr) > 0], kept[np.diff(kept.indptr) > 0]
    if not len(numbers):
        return
    count, labels = connected_components(kept.T @ kept, directed=False)
    label: Columns = labels.astype(np.int64)
    row_label = label[kept.indices[kept.indptr[:-1]]]
    sides = _grouped(numbers, label, count), _grouped(rows, row_label, count)
    yield from (Part(*both) for both in zip(*sides, strict=True))


def _grouped(numbers: Columns, label: Columns, count: int) -> list[Columns]:
    """Return numbers by their label, of which there are `count`."""
    order = np.argsort(label, kind="stable")
    return np.split(numbers[order], np.cumsum(np.bincount(label, minlength=count))[:-1])
