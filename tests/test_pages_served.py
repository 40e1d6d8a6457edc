"""The dashboard served as its command does: any page asked first, and many views one by one."""

import sys
from pathlib import Path
from threading import Event

import pytest
from streamlit.runtime.pages_manager import PagesManager

import app
from measures.views import shelf
from measures.views.book import Book
from serving import serve
from tests.browser import ROOT, served, serving
from tests.dashboards import Releases, releases, shown  # noqa: F401
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


@pytest.mark.parametrize("state", ["one agency", "damaged", "none yet"])
def test_a_server_opens_its_release_before_anybody_asks(
    releases: Releases,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    state: str,
) -> None:
    read, asked = shelf._read, Event()

    def noted(of: shelf.Mark) -> Book | str:
        found = read(of)
        asked.set()
        return found

    monkeypatch.setattr(shelf, "_read", noted)
    monkeypatch.setattr(shelf, "_held", {})
    monkeypatch.setattr("streamlit.web.cli.main", lambda: asked.wait(60))  # nobody ever asks
    monkeypatch.setattr(PagesManager, "uses_pages_directory", None)
    monkeypatch.setattr(sys, "argv", [])
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "127.0.0.1")
    monkeypatch.chdir(ROOT)
    with shown(releases[state]):
        assert serve(releases[state], 0, browser=False) == 0
        assert asked.is_set()
        found = shelf.opened(shelf.mark())
    assert isinstance(found, Book) == (state == "one agency"), found


def test_figures_that_come_after_the_server_are_shown(
    releases: Releases,  # noqa: F811
    tmp_path: Path,
) -> None:
    path = tmp_path / "release.duckdb"
    with served(path) as address, reader(address) as somebody:
        assert "There are no figures yet." in "\n".join(somebody.view("waits").html)
        (tmp_path / "new").write_bytes(releases["one agency"].read_bytes())
        (tmp_path / "new").replace(path)
        view = somebody.view("waits")
    assert view.problems == []
    assert "1 of 32 agencies" in "\n".join(view.html)


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
