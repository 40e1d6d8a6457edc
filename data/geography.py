"""Local authorities, the regions they lie in and the agencies they belong to."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from data.codes import reference

REGIONS = (
    "North East",
    "North West",
    "Yorkshire and The Humber",
    "East Midlands",
    "West Midlands",
    "East of England",
    "London",
    "South East",
    "South West",
)


@dataclass(frozen=True)
class Authority:
    """One local authority code; `successors` are the live codes of a superseded one.

    `evidence` says how the agency was established ("published page", "unverified", "not found" …).
    """

    code: str
    name: str
    name_in_guidance: str
    region: str
    agency: str
    evidence: str
    in_annex_a: bool
    successors: tuple[str, ...]


@cache
def authorities() -> dict[str, Authority]:
    """Return every authority by its code, superseded codes included."""
    return {
        row["la_code"]: Authority(
            code=row["la_code"],
            name=row["la_name"],
            name_in_guidance=row["name_in_guidance"],
            region=row["region"],
            agency=row["agency"],
            evidence=row["agency_evidence"],
            in_annex_a=row["in_annex_a"] == "yes",
            successors=tuple(filter(None, row["successor_codes"].split(";"))),
        )
        for row in reference("local_authorities.csv")
        if row["region"]
    }


@cache
def agencies() -> tuple[str, ...]:
    """Return the agencies of `reference/agencies.csv`, which is a list one can edit."""
    return tuple(row["agency"] for row in reference("agencies.csv"))


@cache
def regions_of(agency: str) -> dict[str, int]:
    """Return the regions of an agency with the number of its live authorities in each."""
    return dict(
        Counter(
            authority.region
            for authority in authorities().values()
            if authority.agency == agency and not authority.successors
        )
    )


@cache
def comparator(agency: str) -> str | None:
    """Return the region in which most of an agency's authorities lie.

    A tie goes to the first in the order of `REGIONS`; None where no authority is known.
    """
    counts = regions_of(agency)
    return max(REGIONS, key=lambda region: counts.get(region, 0)) if counts else None


def closed_regions(agencies: Collection[str]) -> dict[str, list[str]]:
    """Return the regions of which all of some agencies lie in no other one, with those agencies.

    Where no child lives elsewhere, such a region is what its agencies are together.
    """
    found: dict[str, list[str]] = {}
    for region in REGIONS:
        here = [agency for agency in agencies if region in regions_of(agency)]
        if here and all(len(regions_of(agency)) == 1 for agency in here):
            found[region] = here
    return found
