"""Which counts share children and are protected together, and their atoms out of the warehouse.

Counts stand in one set where one contains another or they nearly add up to a third, so that
somebody could subtract them. See docs/decisions.md for why the sets cannot be combined further.
"""

from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from measures.breakdowns import BREAKDOWNS, NO_REGION
from measures.catalogue import BAND_NAMES, BANDS, BASES, RATES
from measures.catalogue import BY_ID as MEASURES
from measures.compute import FLAGS, Computed
from measures.disclosure.linked import Breakdowns, Count, Linked, Ratio
from measures.grid import DIMENSIONS, Grid
from measures.measure import Duration


@dataclass(frozen=True)
class Together:
    """The flags of one set, each with the flags that together contain it."""

    name: str
    flags: dict[str, tuple[str, ...]]
    staged: bool = False


def _waiting(measure: str) -> str:
    found = MEASURES[measure]
    assert isinstance(found, Duration)  # noqa: S101 - a wrong declaration stops the import
    return found.waiting_flag


_OPEN = ("open_at_end",)
SETS = (
    Together("children", {"child": ()}, staged=True),
    Together(
        "contacts received",
        {"received": ()}
        | dict.fromkeys(("allocated", "assessed", "repeated", "order_to_contact"), ("received",)),
    ),
    Together(
        "cases",
        {
            "open_at_end": (),
            "closed": (),
            "waiting": _OPEN,
            _waiting("contact_to_allocation"): _OPEN,
            _waiting("contact_to_assessment"): _OPEN,
            _waiting("assessment_duration"): _OPEN,
            "review_due": _OPEN,
            "reviewed": ("review_due",),
            "active_referral_known": ("open_at_end", "closed"),
            "referred": ("active_referral_known",),
            "contact_to_closure": ("closed",),
        },
    ),
    Together("allocations", {"contact_to_allocation": ()}),
    Together("assessments", {"contact_to_assessment": (), "allocation_to_assessment": ()}),
    Together(
        "assessments completed",
        {"assessment_duration": (), "contact_to_assessment_completed": ()},
    ),
    Together("matches", {"matched": ()}),
    Together("placements", {"placed": (), "match_to_placement": ("placed",)}),
    Together("orders", {"ordered": (), "placement_to_order": ("ordered",)}),
)
_CHARACTERISTICS = tuple(name for name in DIMENSIONS if name not in ("region", "agency"))


def linked_sets(connection: duckdb.DuckDBPyConnection, computed: Computed) -> list[Linked]:
    """Return every set of a round with its atoms; needs the table `facts` of that round.

    An atom is a count of rows alike in all that is published of them, without identifiers.
    """
    return [
        *(_linked(connection, computed.grid, together) for together in SETS),
        _agreements(computed),
    ]


def _linked(connection: duckdb.DuckDBPyConnection, grid: Grid, together: Together) -> Linked:
    durations = [
        measure for flag in together.flags if isinstance(measure := MEASURES.get(flag), Duration)
    ]
    bands = {(measure, basis): f"{measure.id}_{basis}" for measure in durations for basis in BASES}
    found = connection.execute(_sql(together, durations)).df()
    atoms = pd.DataFrame({"n": found["n"].to_numpy(np.int64)})
    for name in DIMENSIONS:
        atoms[name] = np.array(grid.values[name])[found[name].to_numpy(np.int64) - 1]
    counts = []
    for place, (flag, whole) in enumerate(together.flags.items()):
        atoms[flag] = found[f"flag_{place}"].to_numpy(np.int64)
        counts.append(Count(flag, (whole,) if whole else ()))
    for (measure, basis), column in bands.items():
        days = found[column].to_numpy(np.float64)
        for name, (low, high) in zip(BAND_NAMES, BANDS, strict=True):
            flag = measure.band_flag(basis, name)
            inside = (days >= low) & (days <= (np.inf if high is None else high))
            atoms[flag] = inside.astype(np.int64)
            counts.append(Count(flag, bands_of=measure.id, basis=basis))
    ratios = tuple(Ratio(r.of, r.among) for r in RATES if {r.of, r.among} <= set(together.flags))
    staged = tuple(b.name for b in BREAKDOWNS if b.staged) if together.staged else ()
    singles = (*Breakdowns().singles, *staged)
    return Linked(together.name, atoms, tuple(counts), ratios, Breakdowns(singles=singles))


def _sql(together: Together, durations: list[Duration]) -> str:
    """Return the atoms of a set: rows alike but for the days of a duration, which count by band."""
    flags = ", ".join(
        f"CAST(coalesce({FLAGS[flag]}, false) AS INTEGER) AS flag_{place}"
        for place, flag in enumerate(together.flags)
    )
    joined, days = [], []
    edges = [high for _, high in BANDS if high is not None]
    for place, measure in enumerate(durations):
        for end, name in ((measure.start, f"s{place}"), (measure.end, f"e{place}")):
            joined.append(f"LEFT JOIN calendar AS {name} ON {name}.day = {end}")
        spans = {
            "calendar_days": f"{measure.end} - {measure.start}",
            "working_days": f"e{place}.working - s{place}.working",
        }
        for basis in BASES:
            # The last day of the band stands for all days in it.
            band = " ".join(f"WHEN {spans[basis]} <= {edge} THEN {edge}" for edge in edges)
            days.append(
                f"CASE WHEN NOT coalesce({FLAGS[measure.id]}, false) THEN NULL {band} "
                f"ELSE {edges[-1] + 1} END AS {measure.id}_{basis}"
            )
    any_flag = " OR ".join(f"({FLAGS[flag]})" for flag in together.flags)
    columns = ", ".join((*DIMENSIONS, flags, *days))
    return f"""SELECT {columns}, count(*) AS n FROM facts {" ".join(joined)}
        WHERE {any_flag} GROUP BY ALL ORDER BY ALL"""


def _agreements(computed: Computed) -> Linked:
    """Return C0, of which only totals are known: an agency and a type is an atom."""
    cells, kinds = computed.grid.cells, tuple(computed.agreements)
    whole = cells[cells["geographic_level"] == "Agency"].drop_duplicates("geography")
    rows = [
        {"agency": agency, "n": int(given)} | {other: int(other == kind) for other in kinds}
        for kind in kinds
        for agency, given in zip(
            whole["geography"], computed.agreements[kind][whole.index], strict=True
        )
        if not np.isnan(given)
    ]
    columns = ["agency", "n", *kinds]
    atoms = pd.DataFrame(rows, columns=columns).assign(region=NO_REGION)
    shape = Breakdowns(levels=("England", "Agency"), singles=(), england=(), paired=())
    counts = tuple(Count(kind) for kind in kinds)
    return Linked("agreements", atoms, counts, breakdowns=shape)
