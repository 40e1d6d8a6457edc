"""The code sets of the collection, each a mapping from code to meaning."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources


def reference(name: str) -> list[dict[str, str]]:
    """Return the rows of the published lookup `name` (a CSV in `data/reference`)."""
    with resources.files("data.reference").joinpath(name).open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class CodeSet:
    """Codes with their meanings, and the group that each is published under.

    Groups are in publication order. A blank, or a code outside the set, is published as `unknown`.
    """

    meanings: dict[str, str]
    groups: dict[str, str]
    unknown: str

    @property
    def published(self) -> tuple[str, ...]:
        """The groups in publication order, the unknown one last."""
        return tuple(dict.fromkeys([*self.groups.values(), self.unknown]))


ETHNICITY_GROUPS = {
    "White": "White",
    "Mixed / Multiple ethnic groups": "Mixed or Multiple",
    "Asian / Asian British": "Asian or Asian British",
    "Black / African / Caribbean / Black British": "Black or Black British",
    "Other ethnic group": "Other",
    "Refused or information not yet available": "Not known",
}


@cache
def _ethnicity(column: str) -> CodeSet:
    rows = sorted(reference("ethnicity_codes.csv"), key=lambda row: int(row["minor_order"]))
    meanings = {row["code"]: row["label"] for row in rows}
    groups = {row["code"]: ETHNICITY_GROUPS[row["dfe_group"]] for row in rows}
    return CodeSet(meanings, groups if column == "group" else meanings, "Not known")


GENDER = CodeSet(
    {
        "0": "Not known (gender not recorded)",
        "1": "Male",
        "2": "Female",
        "3": "Non Binary",
        "4": "Transgender Man (Trans Man)",
        "5": "Transgender Woman (Trans Woman)",
        "6": "Other gender identity",
        "7": "Gender identity the same as sex registered at birth but no specific identity given",
        "8": "Gender identity different from sex registered at birth but no specific "
        "identity given",
        "9": "Neither",
    },
    {"1": "Male", "2": "Female"} | {str(code): "Another gender identity" for code in range(3, 10)},
    "Not known",
)
DISABILITY = CodeSet(
    {"0": "No disability", "1": "Classed as being disabled"},
    {"1": "Yes", "0": "No"},
    "Not recorded",
)
REFERRED = CodeSet({"0": "No", "1": "Yes"}, {"1": "Yes", "0": "No"}, "Not recorded")
ETHNICITY_GROUP = _ethnicity("group")
ETHNICITY = _ethnicity("code")
AGREEMENT_TYPES = ("Direct", "Indirect", "Virtual")
