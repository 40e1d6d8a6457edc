"""What a reader may take for granted although it need not be so: that a return's dates are sound.

Who does is mostly right, and then knows more than the definitions say. So where it is so, the
engine reckons with a reader who knows it.
"""

from collections.abc import Iterator, Mapping, Sequence

from measures.breakdowns import BY_NAME, NAMES, TOTAL
from measures.contained import ALIKE, AT_LEAST, NEARLY, TIES, WITHIN
from measures.disclosure.linked import Bound, Name
from measures.disclosure.policy import Policy
from measures.grid import Grid
from measures.statistics import round_half_away

Counts = Mapping[str, Mapping[int, int]]
PRE_ORDER, _ = BY_NAME["stage"].values
FAR_OFF = 6
"""A sum that is short of its limit by so many keeps nothing to within 3, nor half of anything."""


def alike(counts: Counts) -> Iterator[tuple[Sequence[str], str, int]]:
    """Yield flags that together count the same as another one, and in which cell."""
    pairs = [*((WITHIN[part], part) for part in NEARLY), *(((one,), other) for one, other in ALIKE)]
    for wholes, part in pairs:
        yield from (
            (wholes, part, cell) for cell, rest in _rests(counts, wholes, (part,)) if not rest
        )


def likely(
    counts: Counts, at: Mapping[Name, int], totals: Sequence[bool], threshold: int
) -> Iterator[Bound]:
    """Yield what sound dates would say of counts, where it is true; `at` has their numbers.

    `totals` says which cells are of everybody of a place: there, rows with odd dates that are few
    are known to be few, since more would be told of.
    """
    for part in NEARLY:
        for cell, rest in _rests(counts, WITHIN[part], (part,)):
            if 0 < rest <= threshold and totals[cell]:
                yield Bound(_at(at, (part,), cell), _at(at, WITHIN[part], cell), -threshold)
    for more, fewer in (*AT_LEAST, *TIES):
        loose = (more, fewer) in TIES
        for cell, rest in _rests(counts, more, fewer):
            if 0 <= rest < FAR_OFF:
                yield Bound(_at(at, more, cell), _at(at, fewer, cell), loose=loose)


def of_rows_used(
    used: Mapping[str, int], counts: Counts, at: Mapping[Name, int], grid: Grid, policy: Policy
) -> Iterator[Bound]:
    """Yield what the state of the returns says: the rows `used` of each agency's, rounded.

    Every row is an open or a closed contact or a child before the order, where all are.
    """
    unit = policy.rounding("England")  # as all is that the state tells
    for agency, n in used.items():
        everybody, before_order = (
            grid.number["Agency", agency, *[TOTAL] * (len(NAMES) - 1), stage]
            for stage in (TOTAL, PRE_ORDER)
        )
        names = [("open_at_end", everybody), ("closed", everybody), ("child", before_order)]
        there = [name for name in names if name in at]
        if there and sum(counts[flag][cell] for flag, cell in there) == n:
            rows, about = [at[name] for name in there], max(round_half_away(n, unit), unit)
            if about > unit:  # so many and fewer are not told
                yield Bound(rows, [], about - unit // 2, loose=True)
            yield Bound([], rows, -(about + (unit - 1) // 2), loose=True)


def _rests(counts: Counts, more: Sequence[str], fewer: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield for every cell that all of the flags have by how much some exceed the others."""
    if all(flag in counts for flag in (*more, *fewer)):
        for cell in counts[more[0]]:
            if all(cell in counts[flag] for flag in (*more, *fewer)):
                some = sum(counts[flag][cell] for flag in more)
                yield cell, some - sum(counts[flag][cell] for flag in fewer)


def _at(at: Mapping[Name, int], flags: Sequence[str], cell: int) -> list[int]:
    return [at[flag, cell] for flag in flags]
