"""The fields of the return, C0 to C17: what each is, and when it is needed.

Declared once, after the guidance of the pilot; the blank workbook, the checks on single fields,
the warehouse and the field-by-field completeness are derived from it.
"""

from dataclasses import dataclass
from enum import StrEnum

from data.codes import DISABILITY, ETHNICITY, GENDER, REFERRED, CodeSet
from data.geography import authorities


class Kind(StrEnum):
    """What a cell of a field holds."""

    IDENTIFIER = "identifier"
    CODE = "code"
    DATE = "date"
    COUNT = "count"


class Level(StrEnum):
    """How much a finding weighs: an error leaves the row out, a query does not."""

    ERROR = "error"
    QUERY = "query"


@dataclass(frozen=True)
class Needed:
    """When a field must not be blank: always, or where any of `given`, all of `on`, is given."""

    level: Level
    given: tuple[str, ...] = ()
    on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """One field: `name` as in the guidance ("C4"), `title` its heading, `meaning` in our words.

    `unreadable` is the level of a value that cannot be read (a code outside the set is a query
    everywhere).
    """

    name: str
    title: str
    meaning: str
    kind: Kind
    codes: CodeSet | None = None
    needed: Needed | None = None
    unreadable: Level = Level.QUERY

    @property
    def heading(self) -> str:
        """The column heading of the blank workbook."""
        return f"{self.name} {self.title}"


LOCAL_AUTHORITIES = CodeSet(
    {code: authority.name for code, authority in authorities().items()},
    {code: authority.region for code, authority in authorities().items()},
    "Not known",
)
_ALWAYS = Needed(Level.QUERY)

C0 = Field(
    "C0",
    "Supported Contact Agreements",
    "Number of children and young people aged 0 to 25 with a supported contact agreement in place "
    "in the period, by type.",
    Kind.COUNT,
    needed=_ALWAYS,
)

FIELDS = (
    Field(
        "C1",
        "LA Code of Responsible Local Authority",
        "DfE code of the authority that placed the child; three years after the order, of the "
        "family's home authority.",
        Kind.CODE,
        LOCAL_AUTHORITIES,
        _ALWAYS,
    ),
    Field(
        "C2",
        "Child/Young Person Identifier",
        "Your own identifier of the child, the same from year to year.",
        Kind.IDENTIFIER,
        needed=Needed(Level.ERROR),
    ),
    Field(
        "C3",
        "Contact Identifier",
        "A new identifier for every adoption support contact; later contacts of a child may end "
        "in -2, -3 and so on.",
        Kind.IDENTIFIER,
        needed=Needed(Level.ERROR),
    ),
    Field("C4", "Date of birth", "The child's date of birth.", Kind.DATE, needed=_ALWAYS),
    Field(
        "C5",
        "Gender Identity",
        "As the child wishes it recorded where unsure.",
        Kind.CODE,
        GENDER,
        _ALWAYS,
    ),
    Field(
        "C6",
        "Ethnic Origin",
        "As stated by the carer or the child; REFU if refused, NOBT if not yet obtained.",
        Kind.CODE,
        ETHNICITY,
        _ALWAYS,
    ),
    Field(
        "C7",
        "Is the child/young person classed as being disabled?",
        "By the Disability Discrimination Act 2005 and the children in need census.",
        Kind.CODE,
        DISABILITY,
        _ALWAYS,
    ),
    Field(
        "C8",
        "Date the Agency Decision Maker (ADM) approves an adoptive match",
        "The day of the decision, not of the panel. Blank if the order was granted before the "
        "period.",
        Kind.DATE,
        needed=Needed(Level.QUERY, given=("C9",)),
        unreadable=Level.ERROR,
    ),
    Field(
        "C9",
        "Date child/young person was placed with the adoptive family",
        "The day the child went to live with the prospective adopters. Blank if the order was "
        "granted before the period.",
        Kind.DATE,
        unreadable=Level.ERROR,
    ),
    Field(
        "C10",
        "Date of Adoption Order",
        "The day the adoption order was granted. Blank if it has not been.",
        Kind.DATE,
        needed=Needed(Level.QUERY, given=("C11",)),
        unreadable=Level.ERROR,
    ),
    Field(
        "C11",
        "Date of Adoption Support Contact",
        "The day of the first contact (referral, enquiry or first discussion) with the service.",
        Kind.DATE,
        needed=Needed(Level.QUERY, given=("C12", "C13", "C14", "C16")),
        unreadable=Level.ERROR,
    ),
    Field(
        "C12",
        "Date Service Contacted Family and Allocated Support",
        "The day the family was allocated a named worker.",
        Kind.DATE,
    ),
    Field(
        "C13",
        "Date 'Adoption Support Needs Assessment' Started",
        "The day of the first assessment appointment.",
        Kind.DATE,
        needed=Needed(Level.QUERY, given=("C14",)),
    ),
    Field(
        "C14",
        "Date Adoption Support Needs Assessment Completed",
        "The day the assessment was signed off.",
        Kind.DATE,
        needed=Needed(Level.QUERY, given=("C15",), on=("C11",)),
    ),
    Field(
        "C15",
        "Date of Most Recent Adoption Support Needs Assessment Review",
        "The day of the most recent review of the assessment.",
        Kind.DATE,
    ),
    Field(
        "C16",
        "Has the Child/Young Person Been Referred into Children's Social Care",
        "Since the contact, by anyone, as far as known.",
        Kind.CODE,
        REFERRED,
        Needed(Level.QUERY, given=("C11",)),
    ),
    Field(
        "C17",
        "Date Case Closed",
        "The day the service ended; for a child before the order, the day it was granted.",
        Kind.DATE,
    ),
)

BY_NAME = {field.name: field for field in FIELDS}
DATES = tuple(field.name for field in FIELDS if field.kind is Kind.DATE)
