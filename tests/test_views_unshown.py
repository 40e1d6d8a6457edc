"""Sentences on figures that are not shown: they say so, and claim nothing of the others."""

import re
from collections.abc import Iterator

import pytest

from measures.catalogue import BASES, DURATIONS, RATES
from measures.release import read
from measures.views import (
    agency,
    briefing,
    compare,
    differences,
    groups,
    headlines,
    people,
    rates,
    unshown,
    waits,
)
from measures.views.book import Book
from measures.views.figure import SYMBOLS, Figure
from pages.parts.exhibits import across, largest
from tests.dashboards import Releases, releases  # noqa: F401

SYMBOL = re.compile(r"\b(c|x|z|low|u) \((?!c\b)")
"""A symbol with its words, as a table's reader needs it: no number for a sentence."""
DAYS = BASES[0]


@pytest.fixture(scope="module", params=["country", "one agency", "everything hidden"])
def book(request: pytest.FixtureRequest, releases: Releases) -> Book:  # noqa: F811
    return Book(read(releases[request.param]))


def sentences(book: Book) -> Iterator[tuple[str, str, str]]:
    for place in book.places:
        yield from (one.parts for one in headlines.sentences(book, place))
        yield from (people.answer(book, measure, place) for measure in people.COUNTED)
        yield from (rates.answer(book, one.id, place) for one in RATES)
        for one in DURATIONS:
            yield waits.answer(book, one.id, place, DAYS)
            yield waits.still_waiting(waits.curve(book, one.id, place, DAYS))
        yield differences.answer(book, "csc_referral_rate", place, "age", DAYS)
    for one in book.agencies:
        yield agency.answer(book, one)
        yield from agency.points(book, one, DAYS)
        if one in book.returned:
            yield from briefing.points(book, one, DAYS)
    yield from (compare.answer(book, one.id, DAYS) for one in (*DURATIONS, *RATES))


def test_no_sentence_has_a_symbol_where_a_number_should_stand(book: Book) -> None:
    said = {"".join(parts) for parts in sentences(book)}
    assert not {text for text in said if SYMBOL.search(text)}
    assert not {text for text in said if not text.endswith(".") or ".." in text or "  " in text}
    assert not {text for text in said if not (text[0].isupper() or text[0].isdigit())}


@pytest.mark.parametrize("status", SYMBOLS)
def test_each_symbol_has_its_sentence(status: str) -> None:
    figure = Figure("children_supported", "count", "London", status)
    before, strong, after = unshown.sentence("The number", figure, "More.")
    assert before == "The number is "
    assert strong.endswith(f"({status})")
    assert after.endswith(". More.")


def test_a_group_is_told_with_the_others_that_have_the_same_wider_figure(
    releases: Releases,  # noqa: F811
) -> None:
    book = Book(read(releases["country"]))
    found = [
        (words, [figure for _, figure in by])
        for place in book.places
        for breakdown in ("ethnicity_group", "age")
        if (words := groups.instead(book, "csc_referral_rate", place, breakdown, ""))
        and (by := groups.by_group(book, "csc_referral_rate", place, breakdown, ""))
    ]
    assert found
    for words, figures in found:
        assert len(set(words)) == len(words) <= 6
        wider = {groups.said(groups.nearest(book, figure)) for figure in figures} - {""}
        assert len(words) == len(wider)


def shown(*values: float) -> list[Figure]:
    return [Figure("csc_referral_rate", "percent", "London", "ok", value) for value in values]


def test_a_title_says_of_how_many_it_speaks() -> None:
    assert across(shown(3, 9), "regions", 2) == "From 3% to 9% across regions"
    assert across(shown(3, 9), "regions", 9) == "From 3% to 9% across 2 of 9 regions"
    named = list(zip("ab", shown(0, 7), strict=True))
    assert largest(named, 2) == "Largest group: b, 7%"
    assert largest(named, 3) == "Largest group shown: b, 7%"
    assert largest(named[:1], 3) == "Nobody in the groups shown"
