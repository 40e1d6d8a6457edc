"""Every page on every state of a release, and what choices do, through Streamlit's own tester."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import app
from tests.dashboards import Releases, in_place_of, releases, shown  # noqa: F401

PAGES = [page for section in app.SECTIONS.values() for page in section]
STATES = ("country", "one agency", "everything hidden", "no returns", "two periods")
NO_FIGURES = ("damaged", "none yet")
WITHOUT_FIGURES = ("accessibility", "privacy", "new", "check")


@pytest.fixture(scope="module", params=[*STATES, *NO_FIGURES])
def state(request: pytest.FixtureRequest, releases: Releases) -> Iterator[str]:  # noqa: F811
    with shown(releases[request.param]):
        yield request.param


@pytest.fixture
def country(releases: Releases) -> Iterator[Path]:  # noqa: F811
    with shown(releases["country"]):
        yield releases["country"]


def opened(page: app.Listed, **address: str) -> AppTest:
    """Open a page as its address asks for it."""
    tester = AppTest.from_file(str(Path(app.__file__)), default_timeout=120)
    # An address names its page; the tester must have run once before it can.
    tester.query_params.update(address)
    tester.run()
    if page.file != app.FIRST:
        tester.switch_page(f"pages/{page.file}")
        tester.query_params.update(address)
        tester.run()
    return tester


def said(tester: AppTest) -> str:
    """Return all the HTML of a page, the style sheet left out."""
    return "\n".join(one.value for one in tester.html if not one.value.startswith("<style>"))


def listed(address: str) -> app.Listed:
    return next(page for page in PAGES if page.address == address)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)
def test_every_page_stands_on_every_release(state: str, page: app.Listed) -> None:
    tester = opened(page)
    assert not tester.exception
    (title,) = tester.title
    assert title.value.endswith("?") or page.address == "check", "a page's title asks its question"
    told = said(tester)
    assert "not official statistics" in told
    assert "Symbols:" in told
    # A table of an exhibit has a file and a receipt; one in the page's own HTML has neither.
    assert "<table" not in told
    if state in NO_FIGURES:
        assert "Made-up" not in told
    elif state != "no returns":
        assert "Made-up data" in told
        assert "agencies, 1 April" in told


@pytest.mark.parametrize("state", NO_FIGURES, indirect=True)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)
def test_a_page_without_figures_says_so_kindly(state: str, page: app.Listed) -> None:
    told = said(opened(page))
    if page.address in WITHOUT_FIGURES:
        return
    if state == "none yet":
        assert "There are no figures yet." in told
        assert "Nothing is wrong." in told
    else:
        assert "This release is damaged." in told
        assert "publishing it again mends it" in told


def test_a_choice_is_kept_from_page_to_page(country: Path) -> None:
    tester = opened(listed("waits"))
    tester.selectbox(key="place").select("Adopt East").run()
    tester.selectbox(key="basis").select("working_days").run()
    assert "Adopt East" in said(tester)
    assert tester.query_params["place"] == "Adopt East"
    tester.switch_page("pages/agencies/agency.py").run()
    assert tester.selectbox(key="place").value == "Adopt East"
    assert tester.selectbox(key="basis").value == "working_days"
    tester.switch_page("pages/about/privacy.py").run()
    tester.switch_page("pages/figures/rates.py").run()
    assert tester.selectbox(key="place").value == "Adopt East"


def test_an_agency_page_stands_in_for_a_place_that_is_none_and_gives_it_back(country: Path) -> None:
    tester = opened(listed("waits"), place="London")
    assert tester.selectbox(key="place").value == "London"
    tester.switch_page("pages/agencies/agency.py").run()
    assert tester.selectbox(key="place").value == "Adopt Birmingham"
    tester.switch_page("pages/figures/waits.py").run()
    assert tester.selectbox(key="place").value == "London"


@pytest.mark.parametrize("page", ["waits", "rates", "people", "groups", "agency", "compare"])
def test_a_nonsense_address_gives_the_default_and_says_so(country: Path, page: str) -> None:
    tester = opened(listed(page), place="Atlantis <b>", measure="nonsense")
    assert not tester.exception
    told = said(tester)
    assert "Atlantis &lt;b&gt;" in told
    assert "which is not there" in told
    assert tester.selectbox(key="place").value in {"England", "Adopt Birmingham"}


def test_a_period_that_a_release_lacks_is_told(country: Path) -> None:
    tester = opened(listed("waits"), period="2019-04-01/2019-09-30")
    assert not tester.exception
    assert "under “Period”, which is not there" in said(tester)
    assert "which is not there" not in said(opened(listed("waits"), period="2025-04-01/2025-09-30"))


def test_an_address_gives_its_view(country: Path) -> None:
    tester = opened(
        listed("groups"),
        measure="contact_to_allocation",
        place="North West",
        basis="working_days",
        breakdown="age",
    )
    told = said(tester)
    assert "which is not there" not in told
    assert "Contact to allocation by age, North West" in told


def test_every_choice_of_a_page_stands(country: Path) -> None:
    tester = opened(listed("waits"))
    for key in ("measure", "place", "comparator", "basis", "breakdown"):
        options = tester.selectbox(key=key).options
        tester.selectbox(key=key).select_index(len(options) - 1).run()
        assert not tester.exception, key


@pytest.mark.parametrize("state", ["two periods"], indirect=True)
def test_a_release_of_two_periods_lets_one_choose(state: str) -> None:
    tester = opened(listed("waits"))
    assert len(tester.selectbox(key="period").options) == 2
    tester.selectbox(key="period").select("2025-04-01/2026-03-31").run()
    assert not tester.exception


def test_what_changed_since_the_release_before_is_told(
    releases: Releases,  # noqa: F811
    tmp_path: Path,
) -> None:
    path = tmp_path / "release.duckdb"
    in_place_of(releases["one agency"], releases["country"], path)
    with shown(path):
        for address in ("", "new"):
            told = said(opened(listed(address)))
            assert "Since release " in told
            assert "New returns: " in told


def test_a_release_swapped_in_is_seen(releases: Releases, tmp_path: Path) -> None:  # noqa: F811
    path = tmp_path / "release.duckdb"
    path.write_bytes(releases["country"].read_bytes())
    with shown(path):
        tester = opened(listed("people"))
        before = said(tester)
        other = tmp_path / "other.duckdb"
        other.write_bytes(releases["one agency"].read_bytes())
        other.replace(path)
        tester.run()
        assert "29 of 32 agencies" in before
        assert "1 of 32 agencies" in said(tester)
