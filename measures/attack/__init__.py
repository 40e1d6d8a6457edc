"""The gate's attacker: it reads the finished figures alone, and tries to work hidden ones out.

It shares no code with `measures.disclosure`, so that one's mistake is not the other's.
"""

from measures.attack.apart import apart
from measures.attack.assumed import assume
from measures.attack.attacking import Broken, attack
from measures.attack.build import build, named
from measures.attack.by_groups import found_ahead, found_by_groups
from measures.attack.by_place import Quiet
from measures.attack.insider import (
    Insiders,
    Truth,
    agencies_of,
    attack_from_every_inside,
    attack_from_inside,
    groups,
)
from measures.attack.model import Model, Name
from measures.attack.no_longer import paired
from measures.attack.overlap import LATER
from measures.attack.published import QUANTILE, THRESHOLD, Published
from measures.attack.relations import REST, ROWS_USED
from measures.attack.revisions import ONLY_IN, SINCE
from measures.attack.waiting import Waiting, waiting
from measures.attack.waits import Days, Waited

__all__ = [
    "LATER",
    "ONLY_IN",
    "QUANTILE",
    "REST",
    "ROWS_USED",
    "SINCE",
    "THRESHOLD",
    "Broken",
    "Days",
    "Insiders",
    "Model",
    "Name",
    "Published",
    "Quiet",
    "Truth",
    "Waited",
    "Waiting",
    "agencies_of",
    "apart",
    "assume",
    "attack",
    "attack_from_every_inside",
    "attack_from_inside",
    "build",
    "found_ahead",
    "found_by_groups",
    "groups",
    "named",
    "paired",
    "waiting",
]
