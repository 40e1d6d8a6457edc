"""Places: what kind each is, what it is compared with, and where it lies on the tile map."""

from data.geography import comparator
from measures.breakdowns import ENGLAND
from measures.views.book import Book

TILES = {
    "North East": (1, 0),
    "North West": (0, 1),
    "Yorkshire and The Humber": (1, 1),
    "West Midlands": (0, 2),
    "East Midlands": (1, 2),
    "East of England": (2, 2),
    "South West": (0, 3),
    "South East": (1, 3),
    "London": (2, 3),
}


def region_of(book: Book, place: str) -> str | None:
    """Return the region that an agency is compared with: the one most of its authorities lie in."""
    return comparator(place) if place in book.agencies else None


def wider(book: Book, place: str) -> tuple[str, ...]:
    """Return the wider places of a place, the nearest first."""
    if place == ENGLAND:
        return ()
    region = region_of(book, place)
    return (region, ENGLAND) if region else (ENGLAND,)


def comparators(book: Book, place: str) -> tuple[str, ...]:
    """Return what a place may be compared with: England first, then its region."""
    return tuple(reversed(wider(book, place)))


def within(book: Book, region: str) -> tuple[str, ...]:
    """Return the agencies that are compared with a region."""
    return tuple(agency for agency in book.agencies if comparator(agency) == region)
