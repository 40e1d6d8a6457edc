"""What views work out, worked out a second time in plain Python from the release's own file."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
import pytest

from data.codes import ETHNICITY, ETHNICITY_GROUP
from data.geography import REGIONS, comparator
from measures.breakdowns import BREAKDOWNS, BY_NAME, NAMES, cell_name, cell_named
from measures.catalogue import BAND_NAMES, BY_ID, HEADLINES
from measures.release import read
from measures.views import agency, bands, compare, groups, headlines, people, waits
from measures.views.book import Book
from measures.views.figure import Figure
from measures.views.reach import reach
from tests.dashboards import Releases, releases  # noqa: F401

TOTALS = dict.fromkeys(NAMES, "Total")
DAYS = "calendar_days"
WAIT = "contact_to_allocation"
Key = tuple[str, ...]


class Held:
    """Every figure of a release's file: its value, None where it is not shown, and its status."""

    def __init__(self, path: Path) -> None:
        names = ("measure", "statistic", "geography", "basis", "band", *NAMES)
        with duckdb.connect(str(path), read_only=True) as connection:
            rows = connection.execute(
                f"SELECT {', '.join(names)}, value, status, upper FROM figures"
            ).fetchall()
        self.rows: dict[Key, tuple[float | None, str, float | None]] = {
            row[:-3]: row[-3:] for row in rows
        }

    def one(
        self, measure: str, statistic: str, place: str, basis: str = "", band: str = "", **by: str
    ) -> tuple[float | None, str]:
        key = (measure, statistic, place, basis, band, *(TOTALS | by).values())
        return self.rows.get(key, (None, "x", None))[:2]


@pytest.fixture(scope="module", params=["country", "one agency", "everything hidden"])
def both(
    request: pytest.FixtureRequest,
    releases: Releases,  # noqa: F811
) -> tuple[Book, Held]:
    path = releases[request.param]
    return Book(read(path)), Held(path)


def rounded(share: Decimal) -> int:
    return int(share.quantize(Decimal(1), ROUND_HALF_UP))


def percent(part: float | None, whole: float | None) -> int | None:
    if part is None or not whole:
        return None
    return rounded(100 * Decimal(int(part)) / Decimal(int(whole)))


def wider(place: str, by: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield where else to look for a group of a place, the nearest first."""
    places = [] if place == "England" else ["England"]
    if place not in {*REGIONS, "England"}:
        region = comparator(place)
        places = [region, *places] if region else places
    yield from ((other, by) for other in places)
    if len(by) > 1:
        yield from ((place, {name: value}) for name, value in by.items())
    if code := by.get("ethnicity"):
        same = [c for c, meaning in ETHNICITY.meanings.items() if meaning == code]
        yield from ((place, {"ethnicity_group": ETHNICITY_GROUP.groups[c]}) for c in same[:1])
    yield from ((other, {}) for other in (place, *places))


def test_every_figure_names_the_nearest_wider_one_that_is_shown(both: tuple[Book, Held]) -> None:
    """All of a release, bands and waiting curves included; shown ones name none."""
    book, held = both
    named = set()
    for measure in BY_ID:
        for figure in book.release.figures(measure).to_dict("records"):
            by = {name: figure[name] for name in NAMES if figure[name] != "Total"}
            kind = (measure, figure["statistic"])
            more = (figure["basis"], figure["band"])
            wanted = ""
            if figure["status"] not in ("ok", "z", "low"):
                wanted = next(
                    (
                        "; ".join([place, *(f"{name}={value}" for name, value in kept.items())])
                        for place, kept in wider(figure["geography"], by)
                        if held.one(*kind, place, *more, **kept)[1] == "ok"
                    ),
                    "",
                )
            assert figure["nearest_shown"] == wanted, figure
            named.add(bool(wanted))
    assert True in named or all(value is None for value, *_ in held.rows.values())


@pytest.mark.parametrize("measure", ["children_supported", WAIT, "csc_referral_rate"])
def test_what_a_hidden_figure_names_is_what_is_offered(
    both: tuple[Book, Held], measure: str
) -> None:
    book, held = both
    statistic = headlines.main_statistic(measure)
    basis = DAYS if statistic == "median" else ""
    for place in ("England", "London", *book.agencies[:6]):
        for breakdown in groups.breakdowns(place, measure):
            for _, figure in groups.by_group(book, measure, place, breakdown, basis):
                found = groups.nearest(book, figure)
                if not figure.nearest:
                    assert found is None
                    continue
                assert found is not None
                by = groups.broken_by(found.figure)
                values = {n: v for n, v in zip(NAMES, found.figure.group, strict=True) if n in by}
                at = held.one(measure, statistic, found.figure.place, basis, **values)
                assert at == (found.figure.value, "ok")
                assert found.about.endswith(found.figure.place)
                assert found.about.startswith("everybody, ") == (not by)


def test_a_cell_is_read_back_from_its_name() -> None:
    for breakdown in BREAKDOWNS:
        for value in breakdown.values:
            group = {breakdown.name: value, "gender": "Female"}
            assert cell_named(cell_name("Adopt East", group)) == ("Adopt East", group)
    assert cell_named(cell_name("London", {})) == ("London", {})


def test_bands_by_group_are_shares_of_the_published_numbers(both: tuple[Book, Held]) -> None:
    book, held = both
    for breakdown in ("age", "ethnicity_group", "disability by gender"):
        name = breakdown.partition(" ")[0]
        for (_, n, shares), value in zip(
            bands.lines(book, WAIT, breakdown, DAYS)[:-1], BY_NAME[name].values, strict=True
        ):
            whole = held.one(WAIT, "n", "England", DAYS, **{name: value})
            assert (n.value, n.status) == whole
            for band, one in zip(BAND_NAMES, shares, strict=True):
                part = held.one(WAIT, "band", "England", DAYS, band, **{name: value})
                assert one.value == percent(part[0], whole[0]), (value, band)


def test_bands_of_a_place_are_shares_too(both: tuple[Book, Held]) -> None:
    book, held = both
    for place in ("England", *book.agencies[:5]):
        whole = held.one(WAIT, "n", place, DAYS)[0]
        for band, (count, one) in zip(
            BAND_NAMES, waits.bands(book, WAIT, place, DAYS), strict=True
        ):
            part = held.one(WAIT, "band", place, DAYS, band)[0]
            assert count.value == part
            assert one.value == percent(part, whole)


def test_a_group_has_its_share_of_a_place_beside_that_of_england(both: tuple[Book, Held]) -> None:
    book, held = both
    place, measure = book.agencies[0], "children_supported"
    table = people.table(book, measure, place, "gender")
    at = table.headings.index("Share in England")
    for row, value in zip(table.rows[:-1], BY_NAME["gender"].values, strict=True):
        for column, where in ((2, place), (at, "England")):
            part, whole = (
                held.one(measure, "count", where, **by)[0] for by in ({"gender": value}, {})
            )
            cell = row[column]
            assert isinstance(cell, Figure)
            assert cell.value == percent(part, whole)


def test_the_middle_agency_and_the_range_are_those_of_the_shown(both: tuple[Book, Held]) -> None:
    book, held = both
    rows = headlines.spread_table(book, DAYS).rows
    for measure, row in zip(HEADLINES, rows, strict=True):
        statistic = headlines.main_statistic(measure)
        basis = DAYS if statistic == "median" else ""
        found = sorted(
            value
            for place in book.agencies
            if (value := held.one(measure, statistic, place, basis)[0]) is not None
        )
        middle = agency.middle(book, measure, DAYS)
        assert (middle and middle.value) == (found[(len(found) - 1) // 2] if found else None)
        end = "%" if statistic == "percent" else ""
        wanted = f"{found[0]:,.0f}{end} to {found[-1]:,.0f}{end}" if found else "none shown"
        assert row[3] == wanted
        assert row[4] == f"{len(found)} of {len(book.agencies)}"


def test_an_axis_reaches_over_all_places_of_a_kind(both: tuple[Book, Held]) -> None:
    book, held = both
    found = reach(book, WAIT, "median", DAYS)
    at = 5 + NAMES.index("age")
    wanted = [
        value if upper is None else upper
        for key, (value, _, upper) in held.rows.items()
        if key[:2] == (WAIT, "median")
        and key[2] in REGIONS
        and key[3] == DAYS
        and key[at] != "Total"
        and value is not None
    ]
    assert found.get(("Region", frozenset({"age"})), 0) == max(wanted, default=0)


def test_agencies_by_value_put_those_without_a_figure_last(both: tuple[Book, Held]) -> None:
    book, held = both
    ordered = compare.ordered(book, WAIT, DAYS, "value")
    assert sorted(ordered) == sorted(book.agencies)
    values = [held.one(WAIT, "median", place, DAYS)[0] for place in ordered]
    shown = [value for value in values if value is not None]
    assert values == sorted(shown) + [None] * (len(values) - len(shown))
