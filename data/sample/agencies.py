"""What each made-up agency is like: how large, how quick, how diverse, how careful."""

import re
import zlib
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from data.codes import reference
from data.geography import authorities
from data.rounds import Round

CONTACTS = 15_000  # of all agencies that return by default, at scale 1
SILENT = 3

# Thousands of people: what an authority of the kind usually has, and the ones that are far off.
_USUAL = {"E06": 230, "E08": 290, "E09": 270, "E10": 850}
_FAR_OFF = {
    "201": 9, "330": 1140, "331": 345, "341": 490, "352": 550, "373": 560, "380": 550, "382": 435,
    "383": 810, "420": 2, "801": 470, "805": 92, "815": 620, "840": 520, "841": 108, "857": 41,
    "865": 510, "881": 1500, "886": 1580, "888": 1240, "895": 400, "908": 570, "919": 1200,
    "936": 1200,
}  # fmt: skip


@dataclass(frozen=True)
class Agency:
    """One made-up agency. `authorities` maps its live codes to their share of its families."""

    name: str
    seed: tuple[int, ...]
    returns: bool
    authorities: dict[str, float]
    contacts: int
    pre_order: int
    extracted: date
    days_to_allocation: float
    days_to_assessment: float
    days_of_assessment: float
    referred: float
    disabled: float
    problems: float

    @property
    def slug(self) -> str:
        """The name as file names have it, "adopt-london-east"."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")

    @property
    def initials(self) -> str:
        """The capitals of the name, "ALE"."""
        return "".join(re.findall(r"\b\w", self.name)).upper()


def _populations() -> dict[str, dict[str, float]]:
    """Return the thousands of people of every live authority, by agency."""
    found: dict[str, dict[str, float]] = {}
    for row in reference("local_authorities.csv"):
        if row["region"] and not row["successor_codes"]:
            usual = _FAR_OFF.get(row["la_code"], _USUAL[row["ons_code"][:3]])
            found.setdefault(row["agency"], {})[row["la_code"]] = usual
    return found


def _shares(people: dict[str, float]) -> dict[str, float]:
    return {code: some / sum(people.values()) for code, some in people.items()}


def make_up(round_: Round, scale: float, seed: int) -> tuple[Agency, ...]:
    """Return the agencies of a round, the few that stay silent included."""
    populations = _populations()
    everywhere = {code: 1.0 for code, one in authorities().items() if not one.successors}
    names = round_.agencies
    order = np.random.default_rng([seed, len(names)]).permutation(len(names))
    place = {names[position]: rank for rank, position in enumerate(order)}
    silent = SILENT if len(names) > 10 * SILENT else 0

    sizes = {}
    for name in names:
        generator = np.random.default_rng([seed, zlib.crc32(name.encode()), 1])
        people = sum(populations.get(name, {"": 300.0}).values())
        sizes[name] = people * float(generator.lognormal(0, 0.2))
    returning = [name for name in names if place[name] >= silent]
    sizes[min(returning, key=lambda name: sizes[name])] /= 5  # one has only just begun
    rate = scale * CONTACTS / sum(sizes[name] for name in returning)

    made = []
    for name in names:
        generator = np.random.default_rng([seed, zlib.crc32(name.encode()), 2])
        contacts = max(1, round(sizes[name] * rate))
        covers_pre_order = place[name] % 6 != 4
        waits_to_the_end = place[name] % 4 != 1
        days_until_deadline = (round_.deadline - round_.end).days
        late = 0 if waits_to_the_end else int(generator.integers(10, days_until_deadline - 7))
        made.append(
            Agency(
                name=name,
                seed=(seed, zlib.crc32(name.encode()), 3),
                returns=place[name] >= silent,
                authorities=_shares(populations.get(name, everywhere)),
                contacts=contacts,
                pre_order=round(contacts * generator.uniform(0.4, 0.6)) if covers_pre_order else 0,
                extracted=round_.end + timedelta(days=late),
                days_to_allocation=3 * 10 ** (place[name] / (len(names) - 1 or 1)),
                days_to_assessment=generator.uniform(8, 40),
                days_of_assessment=generator.uniform(25, 70),
                referred=generator.uniform(0.12, 0.25),
                disabled=generator.uniform(0.14, 0.3),
                problems=generator.uniform(0.008, 0.02) if place[name] % 7 != 3 else 0,
            )
        )
    return tuple(made)
