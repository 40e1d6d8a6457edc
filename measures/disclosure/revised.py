"""What lies between two releases of a period: the agencies that came, and those that went."""

from collections.abc import Mapping

from measures.contained import BANDS
from measures.disclosure.linked import NOBODY, Name
from measures.disclosure.linker import Counts, Linker

N_OF = {band: n for n, divisions in BANDS.items() for bands in divisions for band in bands}
Numbers = Mapping[Name, int]
"""The numbers of a release's quantities, by flag and cell."""


def add_between(
    linker: Linker, counts: Counts, release: Numbers, name: str, *, secret: bool
) -> Numbers:
    """Add what some agencies of a release have together, wide as well; return the numbers.

    `counts` are what a release of those agencies alone would show. Nobody prints the wide ones, and
    where they are `secret` nobody may find them out. Where the agencies' noughts show that there is
    nobody, nothing is added.
    """
    printed = {
        flag: {cell: n for cell, n in by_cell.items() if (flag, cell) in release}
        for flag, by_cell in counts.items()
    }
    own = {
        (flag, cell): release[flag, cell]
        for flag, by_cell in printed.items()
        for cell in by_cell
        if linker.agency[cell] != NOBODY
    }
    nobody = {
        (flag, cell)
        for flag, cell in {(flag, linker.england[cell]) for flag, cell in own}
        if printed[flag].get(cell) == 0
    }
    some = {
        flag: {
            cell: n
            for cell, n in by_cell.items()
            if nobody.isdisjoint((of, linker.england[cell]) for of in (flag, N_OF.get(flag, flag)))
        }
        for flag, by_cell in printed.items()
    }
    return linker.add(some, None, own, name, secret=secret)


def hold_against(linker: Linker, now: Numbers, then: Numbers, came: Numbers, went: Numbers) -> None:
    """State that wide counts differ by what came and by what went."""
    for name in now:
        if name in then and linker.agency[name[1]] == NOBODY:
            more, less = ([other[name]] if name in other else [] for other in (came, went))
            linker.linking.add_up([now[name], *less], [then[name], *more])
