"""The dashboard in a real browser: what each reader came for, and that everybody can use it."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import axe_core_python
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    Route,
    expect,
    sync_playwright,
)

import app
from tests.browser import launched, served
from tests.dashboards import Releases, releases  # noqa: F401
from tests.pages_in_browser import CONTRASTS, OVERFLOW, STILL, TALL, darkened, follow, look, settled

AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = [page for section in app.SECTIONS.values() for page in section]
TIMEOUT = 60_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        one = launched(playwright)
        yield one
        one.close()


@pytest.fixture(scope="module")
def address(browser: Browser, releases: Releases) -> Iterator[str]:  # noqa: F811
    with served(releases["country"]) as found:
        yield found


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Every address that any page asked for anything."""
    return []


@pytest.fixture(scope="module")
def wide(browser: Browser, asked: list[str]) -> Iterator[BrowserContext]:
    yield from _context(browser, asked, 1280)


@pytest.fixture(scope="module")
def narrow(browser: Browser, asked: list[str]) -> Iterator[BrowserContext]:
    yield from _context(browser, asked, 320)


def _context(browser: Browser, asked: list[str], width: int) -> Iterator[BrowserContext]:
    def note(request: Request) -> None:
        asked.append(request.url)

    context = browser.new_context(
        viewport={"width": width, "height": 900}, accept_downloads=True, reduced_motion="reduce"
    )
    context.set_default_timeout(TIMEOUT)
    expect.set_options(timeout=30_000)
    context.on("request", note)
    yield context
    context.close()


@pytest.fixture
def page(wide: BrowserContext) -> Iterator[Page]:
    one = wide.new_page()
    yield one
    one.close()


@pytest.fixture
def small(narrow: BrowserContext) -> Iterator[Page]:
    one = narrow.new_page()
    yield one
    one.close()


def violations(page: Page, *rules: str) -> list[str]:
    """Return what axe finds by some rules or all, each with the element that it finds it on."""
    if not page.evaluate("() => typeof window.axe !== 'undefined'"):
        page.evaluate(AXE)
    asked = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    options = {"runOnly": asked, "resultTypes": ["violations"]}
    found = page.evaluate(f"() => axe.run(document, {json.dumps(options)})")
    return [
        f"{one['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:120]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("listed", PAGES, ids=lambda one: one.file)
def test_a_wide_page_can_be_used_by_everybody(page: Page, address: str, listed: app.Listed) -> None:
    page.goto(f"{address}/{listed.address}")
    settled(page)
    assert page.title() == listed.title
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator(".phase")).to_contain_text("Made-up data")
    page.evaluate(
        "() => document.querySelectorAll('details').forEach((one) => { one.open = true })"
    )
    assert violations(page) == []
    assert page.evaluate(CONTRASTS) == []
    assert page.locator(".drawing:not([aria-label])").count() == 0
    darkened(page)
    assert violations(page, "color-contrast") == []
    assert page.evaluate(CONTRASTS) == []


@pytest.mark.parametrize("listed", PAGES, ids=lambda one: one.file)
def test_a_narrow_page_needs_no_scrolling_sideways(
    small: Page, address: str, listed: app.Listed
) -> None:
    small.goto(f"{address}/{listed.address}")
    settled(small)
    small.evaluate(
        "() => document.querySelectorAll('details').forEach((one) => { one.open = true })"
    )
    assert small.evaluate(OVERFLOW) == []
    assert violations(small) == []


def test_forced_colours_and_doubled_text_keep_everything(page: Page, address: str) -> None:
    page.goto(f"{address}/waits?place=Adopt+East")
    settled(page)
    page.emulate_media(forced_colors="active")
    page.evaluate(STILL)
    assert violations(page) == []
    page.emulate_media(forced_colors="none")
    page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    page.evaluate(STILL)
    assert page.evaluate(OVERFLOW) == []


def test_a_printed_page_says_what_it_is_and_leaves_the_buttons_out(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/rates")
    settled(page)
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".phase")).to_be_visible()
    expect(page.locator(".drawing svg").first).to_be_visible()
    expect(page.locator(".take").first).to_be_hidden()
    ink = page.locator("svg text.ink").first.evaluate("(one) => getComputedStyle(one).fill")
    assert ink == "rgb(11, 12, 12)", "dark ink on paper, whatever the screen"


def test_a_briefing_prints_on_one_side(page: Page, address: str) -> None:
    page.goto(address)
    settled(page)
    follow(page, "How does one agency compare?")
    follow(page, "A briefing on this agency")
    look(page, "Agency", "Adoption Lancashire and Blackpool")
    expect(page.locator(".sheet-of-paper .name")).to_contain_text("Lancashire")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download this briefing").click()
    assert sides(page) == 1
    name = waiting.value.suggested_filename
    assert name.startswith("adoption-support-adoption-lancashire-and-blackpool-")
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert f"{address}/briefing?place=Adoption+Lancashire" in text
    page.set_content(text)
    assert sides(page) == 1
    assert violations(page) == []


def sides(page: Page) -> int:
    """Return on how many sides of paper a page prints."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def test_a_page_is_settled_only_with_its_menu(page: Page, address: str) -> None:
    def late(route: Route) -> None:
        page.wait_for_timeout(2_000)
        route.continue_()

    page.route("**/PageLink*.js", late)
    page.goto(f"{address}/groups")
    settled(page)
    assert page.locator("[data-testid=stSidebar] a").count() == len(PAGES)


def test_the_keyboard_reaches_and_changes_everything(page: Page, address: str) -> None:
    page.goto(f"{address}/groups")
    settled(page)
    reached: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "() => { const one = document.activeElement; return one.tagName + ' ' + "
                "(one.getAttribute('aria-label') || one.innerText || '').slice(0, 60) }"
            )
        )
        if "Save chart (SVG)" in reached[-1]:
            break
    together = "\n".join(reached)
    for wanted in ("How long families wait", "Place", "The same numbers", "Receipt", "CSV", "PNG"):
        assert wanted in together, f"{wanted}\n{together}"
    page.locator("[aria-label*='Place']").first.focus()
    page.keyboard.type("Adopt East")
    page.keyboard.press("Enter")
    expect(page.locator("p.lead")).to_contain_text("Adopt East")
    assert "place=Adopt+East" in page.url


def test_a_copied_address_shows_the_same_to_somebody_else(
    page: Page, browser: Browser, address: str
) -> None:
    page.goto(f"{address}/waits")
    settled(page)
    look(page, "Place", "Adopt East")
    expect(page.locator("p.lead").first).to_contain_text("Adopt East")
    copied, seen = page.url, page.locator("p.lead").first.inner_text()
    other = browser.new_context().new_page()
    other.goto(copied)
    settled(other)
    assert other.locator("p.lead").first.inner_text() == seen
    linked = other.locator("section.exhibit a").first.get_attribute("href") or ""
    assert "place=Adopt+East" in linked
    other.context.close()


def test_a_chart_is_handed_out_as_table_and_as_picture(page: Page, address: str) -> None:
    page.goto(f"{address}/rates")
    settled(page)
    exhibit = page.locator("section.exhibit").first
    files = {}
    for kind in ("csv", "svg", "png"):
        with page.expect_download() as waiting:
            exhibit.locator(f"[data-save={kind}]").click()
        files[kind] = Path(waiting.value.path()).read_bytes()
        assert waiting.value.suggested_filename.endswith(kind)
    exhibit.locator("summary").first.click()
    on_screen = [
        [cell.strip() for cell in line.locator("th, td").all_inner_texts()]
        for line in exhibit.locator("tbody tr").all()
    ]
    rows = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"))))
    given = rows[1 : 1 + len(on_screen)]
    assert [[re.sub(r"[,%]", "", cell) for cell in row] for row in on_screen] == [
        [re.sub(r"[,%]", "", cell) for cell in row] for row in given
    ]
    notes = {row[0]: row[1] for row in rows if len(row) == 2}
    assert {"Definition", "Release", "Permanent link", "Left out", "Response"} <= set(notes)
    assert notes["Unit"] == "percent"
    assert files["png"].startswith(b"\x89PNG")
    drawn = ET.fromstring(files["svg"])  # noqa: S314 - made by our own page
    words = " ".join(drawn.itertext())
    assert "MADE-UP DATA" in words
    assert ("hidden, so that no child" in words) == any("c" in row[1:] for row in given)
    assert exhibit.locator("h3").inner_text() in words


def test_no_table_is_cut_but_where_it_can_be_scrolled(
    page: Page, small: Page, address: str
) -> None:
    for one, listed, cut in ((page, "compare", False), (small, "compare", True)):
        one.goto(f"{address}/{listed}")
        settled(one)
        box = one.get_by_role("region", name="Table: Agencies and their main measures")
        expect(box).to_be_visible()
        assert box.evaluate("(one) => one.scrollWidth > one.clientWidth + 1") == cut
        shades = box.evaluate("(one) => getComputedStyle(one).backgroundImage")
        assert shades.count("linear-gradient") == 4


def test_the_key_of_a_briefing_can_be_read_at_any_width(
    page: Page, small: Page, address: str
) -> None:
    for one in (page, small):
        one.goto(f"{address}/briefing")
        settled(one)
        keys = one.locator(".sheet-of-paper .key:visible svg")
        expect(keys).to_have_count(1)
        drawn = keys.evaluate(
            "(one) => one.getBoundingClientRect().width / one.viewBox.baseVal.width"
        )
        assert drawn > 0.95


def test_the_project_group_sees_whether_the_pilot_worked(page: Page, address: str) -> None:
    page.goto(address)
    settled(page)
    follow(page, "Did the returns come, and are they sound?")
    expect(page.locator("p.lead").first).to_contain_text("29 of 32 agencies")
    expect(page.get_by_text("Which breakdowns survive being protected?")).to_be_visible()
    expect(page.get_by_role("table").first).to_contain_text("not received")


def test_a_manager_finds_their_agency_beside_region_and_england(page: Page, address: str) -> None:
    page.goto(address)
    settled(page)
    follow(page, "How does one agency compare?")
    look(page, "Agency", "One Adoption South Yorkshire")
    expect(page.locator("p.lead").first).to_contain_text("One Adoption South Yorkshire supported")
    expect(page.get_by_text("Yorkshire and The Humber").first).to_be_visible()
    page.locator("section.exhibit summary").first.click()
    table = page.locator("section.exhibit").first.get_by_role("table")
    expect(table).to_contain_text("Contact to allocation (median days)")
    follow(page, "See this agency among all others")
    expect(page.locator("h1")).to_have_text("How do agencies compare?")
    assert "place=One+Adoption+South+Yorkshire" in page.url


def test_an_official_sees_whether_it_differs_by_ethnicity(page: Page, address: str) -> None:
    page.goto(address)
    settled(page)
    follow(page, "Do waits and referrals differ between groups of children?")
    expect(page.locator("p.lead").first).to_contain_text("by ethnicity group, England")
    look(page, "Broken down by", "Disability")
    expect(page.locator("p.lead").first).to_contain_text("by disability, England")
    look(page, "Place", "London")
    expect(page.locator("p.lead").first).to_contain_text("by disability, London")


def test_the_menu_leads_everywhere_and_is_gone_when_closed(small: Page, address: str) -> None:
    small.goto(address)
    settled(small)
    expect(small.get_by_test_id("stSidebarContent")).to_be_hidden()
    for _ in range(8):
        small.keyboard.press("Tab")
        assert not small.evaluate("() => !!document.activeElement.closest('.stSidebar')")
    small.get_by_test_id("stExpandSidebarButton").click()
    small.get_by_role("link", name="Privacy").click()
    expect(small.locator("h1")).to_have_text("What happens to personal data?")


def test_a_fresh_server_gives_its_first_reader_a_whole_page(
    browser: Browser,
    releases: Releases,  # noqa: F811
) -> None:
    """In a browser for one page; every other page is asked first without one."""
    with served(releases["everything hidden"]) as fresh:
        page = browser.new_page()
        page.goto(f"{fresh}/waits")
        settled(page)
        expect(page.locator(".phase")).to_contain_text("Pilot")
        expect(page.get_by_role("link", name="Headlines")).to_be_visible()
        expect(page.get_by_text("Page not found")).to_have_count(0)
        expect(page.locator("[data-testid=stSelectbox]")).to_have_count(5)
        # All is hidden: no chart with a scale that stands for nothing, but its table.
        expect(page.locator(".drawing")).to_have_count(0)
        expect(page.get_by_role("table").first).to_contain_text("91 and over")
        expect(page.get_by_text("hidden, so that no child can be found").first).to_be_visible()
        assert violations(page) == []
        page.close()


def test_nothing_leaves_the_host(address: str, asked: list[str]) -> None:
    """Last, over all that the tests before have asked for."""
    assert asked
    away = {url for url in asked if urlsplit(url).hostname not in {"127.0.0.1", None}}
    assert {url for url in away if not url.startswith(("data:", "blob:"))} == set()


def test_a_whole_page_can_be_photographed(page: Page, address: str) -> None:
    page.goto(f"{address}/compare")
    settled(page)
    assert page.evaluate(TALL) > 2000
