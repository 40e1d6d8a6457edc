"""The policy: how small a number may be before it is hidden, as one declared object.

A setting can tighten it (`Policy.tightened`), never loosen it, and it prints itself: the manifest
and the methods page say what the program does because they print the object the program obeys.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable

VERSION = "1.0"

Level = Literal["England", "Region", "Agency"]
LEVELS: tuple[Level, ...] = get_args(Level)


class LooserPolicyError(ValueError):
    """A setting asked for less protection than the policy gives."""


@dataclass(frozen=True)
class Policy:
    """The figures of the policy, rule by rule; all are numbers of children unless named otherwise.

    `threshold`: counts from 1 to this are hidden. `protection`: no hidden count may be worked out
    to within this. `rounding_*`: shown counts go to the nearest multiple. `percentage`: 0% and
    100% need this denominator. `quantile`: a quantile or curve needs this n. `standardised`: a
    standardised percentage needs this many events.
    """

    threshold: int = 5
    protection: int = 3
    rounding_england: int = 10
    rounding_region: int = 10
    rounding_agency: int = 1
    percentage: int = 10
    quantile: int = 10
    standardised: int = 10
    version: str = VERSION

    def __post_init__(self) -> None:
        """Refuse what cannot be a policy at all (a floor of nought, a rounding of nought)."""
        for name, value in self._numbers().items():
            if type(value) is not int or value < 1:
                raise ValueError(f"{name} must be a whole number of at least 1, not {value!r}")

    def _numbers(self) -> dict[str, int]:
        fields = dataclasses.asdict(self)
        fields.pop("version")
        return fields

    def tightened(self, **settings: int) -> Policy:
        """Return this policy with some figures made stricter; `LooserPolicyError` otherwise.

        Every figure is stricter when greater, and a rounding only when it is also a multiple of the
        present one: rounding to 15 what was rounded to 10 shows different edges, not fewer.
        """
        now = self._numbers()
        for name, value in settings.items():
            if name not in now:
                raise LooserPolicyError(
                    f"the policy has no setting {name!r}; it has {', '.join(now)}"
                )
            if type(value) is not int or value < now[name]:
                raise LooserPolicyError(
                    f"{name} may only be made stricter: it is {now[name]}, got {value!r}"
                )
            if name.startswith("rounding_") and value % now[name]:
                raise LooserPolicyError(
                    f"{name} must be a multiple of {now[name]} to be stricter, got {value}"
                )
        return dataclasses.replace(self, **settings)  # type: ignore[arg-type]

    def with_settings(self, settings: Iterable[str]) -> Policy:
        """Return this policy tightened by settings, each `NAME=NUMBER`; ValueError otherwise."""
        found = {}
        for setting in settings:
            name, _, number = setting.partition("=")
            if not number.strip().isdecimal():
                raise ValueError(f"a setting of the policy is NAME=NUMBER, not {setting!r}")
            found[name.strip()] = int(number)
        return self.tightened(**found)

    def rounding(self, level: str) -> int:
        """Return what a shown count of a geographic level is rounded to; `KeyError` if unknown."""
        return {
            "England": self.rounding_england,
            "Region": self.rounding_region,
            "Agency": self.rounding_agency,
        }[level]

    def words(self) -> tuple[str, ...]:
        """Return the policy as plain sentences, in the order of the rules."""

        def exact(unit: int) -> str:
            return "shown exactly" if unit == 1 else f"rounded to the nearest {unit}"

        return (
            f"Disclosure control policy, version {self.version}.",
            f"A count of 1 to {self.threshold} children is hidden and reads c. A true zero is "
            "shown.",
            "Further counts are hidden so that no hidden count can be worked out to within "
            f"{self.protection} from everything published together.",
            f"Counts for England are {exact(self.rounding_england)}, for regions "
            f"{exact(self.rounding_region)}, for agencies {exact(self.rounding_agency)}.",
            "A percentage is shown only where its numerator, denominator and their difference are.",
            f"0% and 100% are hidden where the denominator is under {self.percentage}.",
            f"Medians, quartiles and waiting curves need at least {self.quantile} children.",
            f"A share still waiting is hidden where 1 to {self.threshold} were done by then, or "
            "waited longer, where nobody is left of a group, and where it would tell of hidden "
            "bands.",
            f"Standardised percentages need at least {self.standardised} events, and the plain one "
            "shown.",
            "A count hidden in an earlier release of the period stays hidden, and all releases of "
            "it, and of another period that overlaps it, are attacked together.",
            "Nobody who knows one agency's children can work out a hidden count of another.",
            "A reader who rightly takes the dates in returns for sound, and children to live in "
            "their agency's region, is reckoned with.",
            f"Rows of returns and findings are rounded to the nearest {self.rounding_england}, few "
            "and none alike hidden, those of a return under "
            f"{self.rounding_england + (self.rounding_england + 1) // 2}; "
            "completeness is told in steps of 5%.",
        )
