"""The gate's attacker: it reads the finished figures alone, and tries to work hidden ones out.

It shares no code with `measures.disclosure`, so that one's mistake is not the other's.
"""

from measures.attack.attacking import Broken, attack
from measures.attack.insider import (
    attack_from_every_inside,
    attack_from_group,
    attack_from_inside,
    groups,
)
from measures.attack.model import Model, Name, build, named
from measures.attack.programme import REST

__all__ = [
    "REST",
    "Broken",
    "Model",
    "Name",
    "attack",
    "attack_from_every_inside",
    "attack_from_group",
    "attack_from_inside",
    "build",
    "groups",
    "named",
]
