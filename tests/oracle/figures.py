"""Every figure of a round, by its place: the second computation."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from tests.oracle.cells import Cell, Content, contents, published
from tests.oracle.children import VALUES, Row, regions_of
from tests.oracle.events import BASES, DURATIONS, WAITS
from tests.oracle.statistics import median_interval, quantile, standardised, wilson
from tests.oracle.survival import Wait, curve

COUNTS = (
    *("contacts_received", "cases_open", "cases_closed", "waiting_for_allocation"),
    *("matches_approved", "children_placed", "orders_granted"),
)
RATES = (
    *("csc_referral_rate", "allocation_rate", "assessment_rate", "repeat_contact_rate"),
    "review_within_12_months",
)
PRE_ORDER = {
    *("matches_approved", "children_placed", "orders_granted"),
    *("match_to_placement", "placement_to_order"),
}
BANDS = {"0 to 5": 5, "6 to 10": 10, "11 to 20": 20, "21 to 45": 45, "46 to 90": 90}
DAYS = (10, 20, 45, 90)
QUARTILES = {"lower_quartile": Fraction(1, 4), "upper_quartile": Fraction(3, 4)}


@dataclass(frozen=True)
class Round:
    """All that the figures of a round are made from.

    `rows` are the used rows of all returns; `returned` says of each agency whose return came
    whether it covers children before the order; `agreements` are C0 by agency and type.
    """

    start: date
    end: date
    agencies: tuple[str, ...]
    rows: list[Row]
    returned: dict[str, bool]
    agreements: dict[tuple[str, str], int | None]


class Figure(NamedTuple):
    """One figure; `parts` are the counts it rests on: itself, or numerator and denominator.

    `telling` are further counts that it would tell of.
    """

    measure: str
    statistic: str
    value: float | None
    basis: str = ""
    band: str = ""
    ends: tuple[float, float] | None = None
    parts: tuple[int, ...] = ()
    telling: tuple[int, ...] = ()


Key = tuple[Cell, str, str, str, str]


Told = tuple[Cell, Figure, str]


def figures(round_: Round) -> list[Told]:
    """Every figure with its cell and status: `x` without a return, `z` without value."""
    return [*_figures(round_)]


def _figures(round_: Round) -> Iterator[Told]:
    content = contents(round_.rows, round_.start, round_.end)
    for cell in published(round_.agencies):
        covered = {pre_order: _covered(round_, cell, pre_order) for pre_order in (False, True)}
        for figure in _of_cell(round_, cell, content):
            status = "ok" if figure.value is not None else "z"
            pre_order = figure.measure in PRE_ORDER or cell.stage == "Pre-order"
            yield cell, figure, status if covered[pre_order] else "x"


def key(cell: Cell, figure: Figure) -> Key:
    return cell, figure.measure, figure.basis, figure.statistic, figure.band


def _covered(round_: Round, cell: Cell, pre_order: bool) -> bool:
    """Whether any return covers such measures for the cell's geography."""
    agencies = [name for name, covers in round_.returned.items() if covers or not pre_order]
    if cell.geographic_level == "Agency":
        return cell.geography in agencies
    if cell.geographic_level == "Region":
        return any(cell.geography in regions_of(name) for name in agencies)
    return bool(agencies)


def _of_cell(round_: Round, cell: Cell, contents_: dict[Cell, Content]) -> Iterator[Figure]:
    by, england = cell.broken_down_by, cell.geographic_level == "England"
    if not by and cell.geographic_level != "Region":
        yield from _agreements(round_, cell)
    if england and by == ("ethnicity_group",):
        yield _standardised(cell, contents_)
    staged, banded = "stage" in by, not by or (england and len(by) == 1)
    if cell in contents_:
        beside = contents_[cell if banded else Cell(cell.geographic_level, cell.geography)]
        yield from _of_content(contents_[cell], staged=staged, banded=banded, beside=beside)
    else:
        yield from _of_nobody(staged=staged, banded=banded)


@cache
def _of_nobody(*, staged: bool, banded: bool) -> tuple[Figure, ...]:
    """Most cells are empty, and all of those alike."""
    return tuple(_of_content(Content(), staged=staged, banded=banded, beside=Content()))


def _of_content(
    content: Content, *, staged: bool, banded: bool, beside: Content
) -> Iterator[Figure]:
    """`beside` has the bands that tell of the content: its own, or those of all of its place."""
    counts = content.counts
    yield _count("children_supported", counts["children_supported"])
    if staged:
        return
    for measure in COUNTS:
        yield _count(measure, counts[measure])
    for measure in RATES:
        of, among = counts[f"{measure} of"], counts[f"{measure} among"]
        yield Figure(measure, "numerator", of, parts=(of,))
        yield Figure(measure, "denominator", among, parts=(among,))
        ends = wilson(of, among)
        value = 100 * of / among if among else None
        yield Figure(measure, "percent", value, ends=_percent(ends), parts=(of, among))
    for measure in DURATIONS:
        for basis in BASES:
            yield from _durations(content, measure, basis, banded=banded)
            if measure in WAITS:
                yield from _waits(content, measure, basis, beside)


def _count(measure: str, count: int) -> Figure:
    return Figure(measure, "count", count, parts=(count,))


def _percent(ends: tuple[float, float] | None) -> tuple[float, float] | None:
    return (100 * ends[0], 100 * ends[1]) if ends else None


def _agreements(round_: Round, cell: Cell) -> Iterator[Figure]:
    agencies = round_.agencies if cell.geography == "England" else (cell.geography,)
    for kind in ("direct", "indirect", "virtual"):
        given = [round_.agreements.get((agency, kind)) for agency in agencies]
        known = [children for children in given if children is not None]
        total = sum(known) if known else None
        yield Figure("contact_agreements", "count", total, band=kind, parts=(total or 0,))


def _standardised(cell: Cell, contents_: dict[Cell, Content]) -> Figure:
    ages = VALUES["age"][:-1]
    here = [contents_.get(cell._replace(age=age), Content()).counts for age in ages]
    everybody = [contents_.get(Cell("England", "England", age=age), Content()) for age in ages]
    events = [counts["csc_referral_rate of"] for counts in here]
    people = [counts["csc_referral_rate among"] for counts in here]
    standard = [content.counts["csc_referral_rate among"] for content in everybody]
    found = standardised(events, people, standard)
    return Figure(
        "csc_referral_rate",
        "standardised_percent",
        100 * found[0] if found else None,
        ends=_percent(found[1:]) if found else None,
        parts=(sum(events), sum(people)),
    )


def _banded(days: list[int]) -> dict[str, int]:
    shared = dict.fromkeys((*BANDS, "91 and over"), 0)
    for each in days:
        shared[next((band for band, to in BANDS.items() if each <= to), "91 and over")] += 1
    return shared


def _durations(content: Content, measure: str, basis: str, *, banded: bool) -> Iterator[Figure]:
    days = sorted(content.days[measure, basis])
    parts = (len(days),)
    yield Figure(measure, "n", len(days), basis, parts=parts)
    median, ends = quantile(days, Fraction(1, 2)), median_interval(days)
    yield Figure(measure, "median", median, basis, ends=ends, parts=parts)
    for statistic, p in QUARTILES.items():
        yield Figure(measure, statistic, quantile(days, p), basis, parts=parts)
    if banded:
        for band, count in _banded(days).items():
            yield Figure(measure, "band", count, basis, band, parts=(count,))


def _waits(content: Content, measure: str, basis: str, beside: Content) -> Iterator[Figure]:
    waits = content.waits[measure, basis]
    found = curve(waits, DAYS)
    waiting = content.counts[f"{measure} waiting at the end"]
    parts = (content.counts[measure], waiting)
    bands = _banded(beside.days[measure, basis])
    for day in DAYS:
        share = found.shares[day]
        value = None if share is None else float(100 * share)
        ends = _percent(found.ends[day])
        if share is None:  # where a curve ends tells of the last one of a group
            telling = (1,) if any(one is not None for one in found.shares.values()) else ()
        else:
            telling = (*_sides(waits, day), *_between(bands, day))
        band = f"{day} days"
        yield Figure(measure, "still_waiting", value, basis, band, ends, parts, telling)
    yield Figure(measure, "waiting_median", found.median, basis, parts=parts)
    yield Figure(measure, "waiting_at_end", waiting, basis, parts=(waiting,))


def _sides(waits: list[Wait], day: int) -> tuple[int, int]:
    """How many were done by a day, and the most that were watched on one later day."""
    done = sum(wait.finished and wait.leave <= day for wait in waits)
    later = {day + 1, *(wait.entry for wait in waits if wait.entry > day)}
    watched = (sum(wait.entry <= one <= wait.leave for wait in waits) for one in later)
    return done, max(watched)


def _between(bands: dict[str, int], day: int) -> tuple[int, ...]:
    """A small band of each side of a day, where both have one: the share would tell of them."""
    small: dict[bool, list[int]] = {True: [], False: []}
    for band, count in bands.items():
        if 1 <= count <= 5:
            small[BANDS.get(band, math.inf) <= day].append(count)
    return (small[True][0], small[False][0]) if all(small.values()) else ()
