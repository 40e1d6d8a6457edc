"""A briefing says what the release says, needs nothing else, and tells nothing that is hidden."""

from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest

from measures.release import read
from measures.views.book import Book
from measures.views.briefing import MEASURED, briefing
from pages.parts import sheet
from tests.dashboards import Releases, releases  # noqa: F401

AGENCY = "Adopt East"


class Parts(HTMLParser):
    """The elements of a document, with their attributes, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def parsed(text: str) -> Parts:
    parts = Parts()
    parts.feed(text)
    return parts


@pytest.fixture(scope="module")
def country(releases: Releases) -> Path:  # noqa: F811
    return releases["country"]


def test_its_figures_are_those_of_the_file(country: Path) -> None:
    with duckdb.connect(str(country), read_only=True) as connection:
        rows = connection.execute(
            """SELECT measure, value, status FROM figures
            WHERE geography = $agency AND basis IN ('', 'working_days') AND band = ''
              AND statistic IN ('count', 'median', 'percent')
              AND concat(ethnicity_group, ethnicity, disability, gender, age, stage)
                = repeat('Total', 6)""",
            {"agency": AGENCY},
        ).fetchall()
    held = {measure: (value, status) for measure, value, status in rows}
    lines = briefing(Book(read(country)), AGENCY, "working_days").lines
    assert [one.here.measure for one in lines] == list(MEASURED)
    assert [(one.here.value, one.here.status) for one in lines] == [held[m] for m in MEASURED]


def test_its_file_stands_alone(country: Path) -> None:
    found = briefing(Book(read(country)), AGENCY, "calendar_days")
    parts = parsed(sheet.document(found, "Made-up", "http://dashboard/briefing"))
    tags = [tag for tag, _ in parts.elements]
    assert tags.count("h1") == 1
    assert not {"script", "img", "iframe", "link"} & set(tags)
    fetched = {"src", "data", "srcset"}
    assert not [given for _, given in parts.elements if fetched & set(given)]
    words = " ".join(parts.words)
    assert "@import" not in words
    assert "url(" not in words
    for expected in (AGENCY, "East of England", "not official statistics", "Fingerprint"):
        assert expected in words


@pytest.mark.parametrize("state", ["country", "one agency", "everything hidden", "no returns"])
def test_it_stands_for_every_agency_of_every_release(
    releases: Releases,  # noqa: F811
    state: str,
) -> None:
    book = Book(read(releases[state]))
    for agency in book.agencies:
        found = briefing(book, agency, "calendar_days")
        words = " ".join(parsed(sheet.document(found, "", "")).words)
        assert agency in words
        if agency not in book.returned:
            assert "no return came" in words
        for line in found.lines:
            if line.here.status == "c":
                assert line.here.value is line.here.lower is None
                assert agency not in {one.place for one in line.spread.agencies}


def test_a_name_is_never_read_as_html(country: Path) -> None:
    found = briefing(Book(read(country)), "<b>Nobody</b>", "calendar_days")
    assert "<b>Nobody" not in sheet.document(found, "<i>", '"><script>')
    assert "<script" not in sheet.body(found, "<i>", '"><script>')
