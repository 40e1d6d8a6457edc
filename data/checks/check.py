"""What a check is, and what it finds."""

from dataclasses import dataclass

from data.tables import Level


@dataclass(frozen=True)
class Check:
    """One check: its name in `check --json`, its title, and what the agency is asked to do."""

    name: str
    title: str
    advice: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a check struck: the index of the row (not its number), the field, why.

    `index` is None where the hit is on the whole return, or on a row that holds nothing, whose
    number is then `row`. `value` is what was submitted, where that is not in the row and field.
    """

    check: Check
    level: Level
    index: int | None
    field: str | None
    why: str
    row: int | None = None
    value: str | None = None
