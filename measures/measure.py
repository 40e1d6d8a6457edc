"""What a measure is: a count, a rate, a duration, or a sum of supported contact agreements."""

from dataclasses import dataclass, field
from enum import StrEnum


class Better(StrEnum):
    """Which way is better: neither, unless those who work in the field agree on a direction."""

    HIGH = "high"
    LOW = "low"
    NEITHER = "neither"


class Unit(StrEnum):
    """What a measure counts or is measured in."""

    CHILDREN = "children"
    CONTACTS = "contacts"
    ROWS = "children before the order"
    AGREEMENTS = "agreements"
    DAYS = "days"
    PERCENT = "percent"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One headline measure. All that pages, exports and the methods page say of it is here.

    `moved_by` says who may see it moved, and by what; `better` which way is better; `not_known`
    whether what is not known is in or out of it. `pre_order` marks a measure of children before the
    order: it rests on the agencies that return them, and is not available for the others.
    """

    id: str
    title: str
    question: str
    why: str
    unit: Unit
    moved_by: str
    method: str
    caveats: tuple[str, ...] = ()
    version: str = "1.0"
    better: Better = Better.NEITHER
    not_known: str = "In: children of whom a characteristic is not known count, as its own group."
    pre_order: bool = False

    @property
    def flags(self) -> tuple[str, ...]:
        """The conditions (of `measures.conditions`) whose rows this measure counts."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Count(Measure):
    """The number of rows where the condition `of` holds."""

    of: str
    staged: bool = False

    @property
    def flags(self) -> tuple[str, ...]:
        """The condition."""
        return (self.of,)


@dataclass(frozen=True, kw_only=True)
class Rate(Measure):
    """The share of the rows of `among` where `of` holds too, in percent."""

    of: str
    among: str
    standardised: bool = False
    unit: Unit = Unit.PERCENT

    @property
    def flags(self) -> tuple[str, ...]:
        """Numerator and denominator."""
        return (self.of, self.among)


@dataclass(frozen=True, kw_only=True)
class Duration(Measure):
    """Whole days from the field `start` to the field `end`, the second in the period.

    `waiting` adds the waiting curve of everybody who had started, finished or not.
    """

    start: str
    end: str
    contacts_only: bool = False
    waiting: bool = False
    unit: Unit = Unit.DAYS

    @property
    def flags(self) -> tuple[str, ...]:
        """The rows that have the duration."""
        return (self.id,)

    @property
    def waiting_flag(self) -> str:
        """The contacts that had started and not finished when the period ended."""
        return f"{self.id}: waiting"

    def band_flag(self, basis: str, band: str) -> str:
        """Return the flag of the rows whose duration lies in a band."""
        return f"{self.id}: {band} {basis}"


@dataclass(frozen=True, kw_only=True)
class Agreements(Measure):
    """The sum of C0 over agencies, by `types`."""

    types: tuple[str, ...] = field(default=())

    @property
    def flags(self) -> tuple[str, ...]:
        """None: it is not counted from rows."""
        return ()
