"""Releases of two periods of which one lies within the other: the difference is a count as well.

Who contacted an agency in the half-year did so in the year: so what is only in the longer period
must not be found out either. That holds of what happens, not of what stands at a period's end, and
not by age or stage, which change.
"""

from collections import defaultdict
from collections.abc import Mapping

from measures.contained import STANDING
from measures.disclosure.linked import Name
from measures.disclosure.linker import Linker


def nested(linker: Linker, part: Mapping[Name, int], whole: Mapping[Name, int]) -> None:
    """State that one release's counts of what happened are part of another's.

    Both have the numbers of their quantities, by flag and cell. A place with a count that is less
    in the longer period has corrected its return: there nothing is stated.
    """
    places = defaultdict[str, list[Name]](list)
    for name in part:
        flag, cell = name
        if flag not in STANDING and name in whole and linker.lasting[cell]:
            places[linker.places[cell]].append(name)
    for names in places.values():
        more = {name: linker.truth(whole[name]) - linker.truth(part[name]) for name in names}
        if min(more.values()) >= 0:
            for name, n in more.items():
                flag, cell = linker.linking.names[whole[name]]
                called = f"{flag} and not{linker.linking.names[part[name]][0]}", cell
                rest = linker.linking.left(called, n, linker.agency[cell])
                linker.linking.add_up([whole[name]], [part[name], rest])
