"""Several releases of a period: returns by which of the releases they are in.

Every release is the sum of such groups: of what is in all, of what has come, of what has gone.
"""

from collections.abc import Mapping

from measures.contained import BANDS, WITHIN
from measures.disclosure.linked import NOBODY, Name
from measures.disclosure.linker import Counts, Linker

N_OF = {band: n for n, divisions in BANDS.items() for bands in divisions for band in bands}
TOGETHER = {whole for wholes in WITHIN.values() if len(wholes) > 1 for whole in wholes}
"""Flags that contain another one together: where one is of nobody, the other still does."""
Numbers = Mapping[Name, int]
"""The numbers of a release's quantities, by flag and cell."""
Pattern = frozenset[str]
"""The names of the releases that a return is in."""
Groups = Mapping[Pattern, Counts]
"""What a release of only the returns of a pattern would show."""


def hold_together(linker: Linker, releases: Mapping[str, Numbers], groups: Groups) -> None:
    """State that the wide counts of releases, which are added, are sums of those of groups.

    A group that is all of a release has that one's counts. Those of others nobody prints, and where
    they are the difference of two releases nobody may find them out either.
    """
    parts = {name: [pattern for pattern in groups if name in pattern] for name in releases}
    numbers: dict[Pattern, Numbers] = {}
    for pattern, counts in groups.items():
        whole = [name for name in releases if parts[name] == [pattern]]
        one = next(name for name in releases if name in pattern)
        if whole:
            numbers[pattern] = releases[whole[0]]
        else:
            some = _some(linker, counts, releases[one])
            secret = _is_difference(pattern, list(parts.values()))
            numbers[pattern] = linker.add(
                some, None, _own(linker, some, releases[one]), called(pattern), secret=secret
            )
    for release, own in releases.items():
        for name, number in own.items():
            of = [numbers[p][name] for p in parts[release] if name in numbers[p]]
            if linker.agency[name[1]] == NOBODY and of != [number]:
                linker.linking.add_up([number], of)


def called(pattern: Pattern) -> str:
    """Return how the names of a group's own counts end."""
    return " of returns only" + " and".join(sorted(name or " now" for name in pattern))


def _is_difference(pattern: Pattern, releases: list[list[Pattern]]) -> bool:
    sets = [frozenset(parts) for parts in releases]
    return any(fewer < more and more - fewer == {pattern} for more in sets for fewer in sets)


def _own(linker: Linker, counts: Counts, release: Numbers) -> Numbers:
    """Return the agencies' numbers in a release, of some counts."""
    names = [(flag, cell) for flag, by_cell in counts.items() for cell in by_cell]
    return {name: release[name] for name in names if linker.agency[name[1]] != NOBODY}


def _some(linker: Linker, counts: Counts, release: Numbers) -> Counts:
    """Return counts without those where noughts of the agencies show that there is nobody.

    And without what a release does not have, or has of other agencies alone.
    """
    reported = {flag for flag, cell in release if linker.agency[cell] != NOBODY}
    printed = {
        flag: {cell: n for cell, n in by_cell.items() if (flag, cell) in release}
        for flag, by_cell in counts.items()
    }
    own = _own(linker, printed, release)
    nobody = {
        (flag, cell)
        for flag, cell in {(flag, linker.england[cell]) for flag, cell in own}
        if printed[flag].get(cell) == 0
    }
    here = {flag for flag, _ in own}
    return {
        flag: {
            cell: n
            for cell, n in by_cell.items()
            if flag in TOGETHER or (N_OF.get(flag, flag), linker.england[cell]) not in nobody
        }
        for flag, by_cell in printed.items()
        if flag in here or flag not in reported
    }
