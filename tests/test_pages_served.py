"""The dashboard served as its command does: any page asked first, and many views one by one."""

import sys
from pathlib import Path

import pytest

import app
from tests.browser import served, serving
from tests.dashboards import Releases, releases  # noqa: F401
from tests.readers import Reader, reader

PAGES = [page for section in app.SECTIONS.values() for page in section]
WITHOUT_CHOICES = ("accessibility", "check", "methods", "new", "pilot", "privacy")
MOST = 15 * 2**20
"""How many bytes more a server may hold after some hundred views that it has all shown before."""


@pytest.mark.parametrize("listed", PAGES, ids=lambda one: one.address or "headlines")
def test_a_fresh_server_asked_for_any_page_first_gives_it_whole(
    releases: Releases,  # noqa: F811
    listed: app.Listed,
) -> None:
    with served(releases["one agency"]) as address, reader(address) as somebody:
        view = somebody.view(listed.address)
    assert view.problems == []
    assert view.title.endswith("?")
    assert [page.title for page in PAGES] == view.links[: len(PAGES)], "the menu"
    told = "\n".join(view.html)
    assert "not official statistics" in told
    assert "Symbols:" in told
    assert bool(view.choices) == (listed.address not in WITHOUT_CHOICES)


def tour(somebody: Reader) -> None:
    for page in PAGES:
        for place in ("Adopt East", "London", "England"):
            for breakdown in ("age", "gender"):
                view = somebody.view(page.address, place=place, breakdown=breakdown)
                assert view.problems == []


@pytest.mark.skipif(sys.platform != "linux", reason="what a process holds is read from /proc")
def test_many_views_do_not_fill_the_memory(releases: Releases) -> None:  # noqa: F811
    with serving(releases["country"]) as (address, pid):

        def held() -> int:
            pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
            return int(pages) * 4096

        with reader(address) as somebody:
            for _ in range(2):  # what is worked out once for all readers is worked out now
                tour(somebody)
            before = held()
            for _ in range(3):
                tour(somebody)
            assert held() - before < MOST
