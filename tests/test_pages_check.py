"""The page that checks a return: its sentences, its tables, its session, and a real browser."""

import csv
import gc
import io
import os
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import openpyxl
import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from streamlit.testing.v1 import AppTest

import app
from data.checks.run import check
from data.rounds import PILOT
from data.workbook import read
from measures.breakdowns import NAMES, TOTAL
from measures.catalogue import MEASURES
from measures.compute import compute
from measures.figures import exact
from measures.private import own_figures
from measures.release import read as read_release
from measures.views import checking, doubts, own
from measures.views.book import Book
from measures.views.checking import Review
from measures.views.figure import Figure
from measures.views.lease import Lease
from tests.browser import ROOT, begun, free_port, launched, served
from tests.dashboards import release
from tests.odd_workbooks import plain
from tests.pages_in_browser import STILL, settled

CHILD = "Zebedee"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with made-up returns, a release of them, and one more with a name to look for."""
    folder = tmp_path_factory.mktemp("country")
    release(folder / "country.duckdb", agencies=4)
    book = openpyxl.load_workbook(plain(folder / "mine.xlsx"))
    data = book["AS Data"]
    for row in range(2, 8):
        if data.cell(row, 2).value:
            data.cell(row, 2).value = f"{CHILD}{row}"
            data.cell(row, 3).value = f"{CHILD}-contact-{row}"
    book.save(folder / "mine.xlsx")
    return folder


@pytest.fixture(autouse=True)
def released(country: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADOPTION_SUPPORT_RELEASE", str(country / "country.duckdb"))


def review(path: Path) -> Review:
    return Review.of(path.read_bytes(), path.name)


def said(parts: tuple[str, str, str]) -> str:
    return "".join(parts)


# What it says.


def test_it_says_what_stops_the_return_and_how_many_rows_are_fine(country: Path) -> None:
    one = review(country / "mine.xlsx")
    assert said(checking.answer(one)) == (
        "1 of 5 rows must be mended; until then they are not counted."
    )
    points = [said(point) for point in checking.points(one)]
    assert "Rows that are fine or explained: 1." in points
    assert "Rows to mend or explain, counted either way: 3." in points
    assert one.rows == {"mend": 1, "explain": 3, "fine": 1}


def test_a_return_of_nobody_cannot_be_used(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(plain(tmp_path / "return.xlsx"))
    book["Instructions"]["B1"].value = "Somebody else"
    book.save(tmp_path / "return.xlsx")
    one = review(tmp_path / "return.xlsx")
    assert "cannot be used" in said(checking.answer(one))
    assert said(checking.points(one)[0]).startswith("Stops the return: 'Somebody else'")
    assert one.own == {}


def test_every_finding_is_in_both_tables(country: Path) -> None:
    found = review(country / "mine.xlsx").checked.findings
    by_check = doubts.by_check(found)
    assert sum(row[2] for row in by_check.rows if isinstance(row[2], int)) == len(found)
    assert by_check.rows[0][1] == "Must be mended"
    assert len(doubts.by_row(found).rows) == len(found)


def test_findings_are_chosen_by_need_check_field_and_words(country: Path) -> None:
    found = review(country / "mine.xlsx").checked.findings
    assert doubts.select(found) == found
    for wanted in doubts.select(found, needed="Must be mended"):
        assert wanted.check == "not_a_date"
    assert {f.check for f in doubts.select(found, name="unknown_code")} == {"unknown_code"}
    assert {f.field for f in doubts.select(found, of="C6")} == {"C6"}
    assert {f.row for f in doubts.select(found, words="MID JUNE")} == {4}
    assert doubts.select(found, needed="Explained") == ()


def test_many_findings_come_page_by_page() -> None:
    one = review_of_many(160)
    assert doubts.pages(one.checked.findings) == 4
    pages = [doubts.by_row(one.checked.findings, page).rows for page in range(1, 5)]
    assert [len(rows) for rows in pages] == [50, 50, 50, 10]


def review_of_many(n: int) -> Review:
    lines = ["C1,C2,C3,C4,C10,C11", *(f"330,A{i},K{i},,01/01/2020,01/05/2025" for i in range(n))]
    one = Review.of("\n".join(lines).encode(), "adopt-birmingham.csv")
    missing = [f for f in one.checked.findings if f.check == "missing"]
    return replace(one, checked=replace(one.checked, findings=tuple(missing[:n])))


# My figures, privately.


def test_the_private_figures_are_those_of_the_warehouse_exactly(country: Path) -> None:
    path = next(iter(sorted((country / "country").iterdir())))
    checked = check(read(path))
    mine = own_figures(checked)
    with duckdb.connect(str(country / "country.warehouse"), read_only=True) as connection:
        computed = compute(connection, PILOT)
    figures = exact(computed)
    cells = computed.grid.cells
    here = cells[
        (cells["geography"] == checked.rows.agency) & (cells[list(NAMES)] == TOTAL).all(axis=1)
    ]
    wanted = figures[figures["cell"].isin(here.index) & (figures["band"] == "")]
    assert len(wanted) == len(mine) > 50
    for one in wanted.to_dict("records"):
        figure = mine[one["measure"], one["statistic"], one["basis"]]
        assert figure.status == one["status"]
        if figure.shown:
            assert figure.value == one["value"]


def test_they_stand_beside_the_published_region_and_england(country: Path) -> None:
    book = Book(read_release(country / "country.duckdb"))
    one = review(country / "mine.xlsx")
    table = own.table(one.own, "Adopt Birmingham", book, "calendar_days")
    assert table.headings[-2:] == ("West Midlands, published", "England, published")
    first = table.rows[0]
    assert isinstance(first[1], Figure)
    assert first[1].number == 4  # five rows, one of them with an error: small, and not hidden
    assert first[-1] == book.one("children_supported", "count")
    assert len(table.rows) > len(MEASURES) // 2


def test_without_a_release_they_stand_alone(country: Path) -> None:
    one = review(country / "mine.xlsx")
    table = own.table(one.own, "Adopt Birmingham", None, "working_days")
    assert table.headings == ("Measure", "This return", "Made from")


# For how long it is held.


def test_a_return_nobody_looks_at_is_forgotten(country: Path) -> None:
    lease = Lease(review(country / "mine.xlsx"), idle=0.05)
    ending(lease).join(60)
    assert lease.look() is None
    assert lease.marked_up() == b""
    assert lease.findings_csv() == b""


def test_each_look_holds_a_return_for_a_while_more(country: Path) -> None:
    lease = Lease(review(country / "mine.xlsx"), idle=600)
    for look in (lease.look, lease.findings_csv, lease.marked_up):
        before = ending(lease)
        assert look()
        assert before.finished.is_set()
        assert not ending(lease).finished.is_set()
    lease.end()
    assert ending(lease).finished.is_set()


def ending(lease: Lease) -> threading.Timer:
    """The timer that will let go of a return."""
    timer = lease._timer
    assert timer is not None
    return timer


def test_a_return_given_back_is_gone_at_once(country: Path) -> None:
    one = review(country / "mine.xlsx")
    seen = weakref.ref(one.checked.rows)
    lease = Lease(one)
    lease.end()
    del one
    gc.collect()
    assert seen() is None
    assert lease.look() is None


# The page.


def opened_page() -> AppTest:
    tester = AppTest.from_file(str(Path(app.__file__)), default_timeout=120)
    tester.run()
    tester.switch_page("pages/returns/check.py")
    return tester.run()


def text_of(tester: AppTest) -> str:
    return "\n".join(one.value for one in tester.html)


def test_the_page_reads_checks_and_forgets(country: Path) -> None:
    tester = opened_page()
    address = dict(tester.query_params)
    assert not tester.exception
    tester.file_uploader[0].set_value(
        ("mine.xlsx", (country / "mine.xlsx").read_bytes(), SPREADSHEET)
    ).run()
    assert not tester.exception
    assert "must be mended; until then" in text_of(tester)
    assert f"{CHILD}-contact-4" in text_of(tester)
    tester.selectbox[0].set_value("Must be mended").run()
    assert f"{CHILD}-contact-4" in text_of(tester)
    assert f"{CHILD}-contact-3" not in text_of(tester)
    assert dict(tester.query_params) == address
    next(b for b in tester.button if b.label == "Take the return away").click().run()
    assert CHILD not in text_of(tester)
    assert CHILD not in repr(tester.session_state)


def test_the_figures_appear_when_asked_for(country: Path) -> None:
    tester = opened_page()
    address = dict(tester.query_params)
    tester.file_uploader[0].set_value(
        ("mine.xlsx", (country / "mine.xlsx").read_bytes(), SPREADSHEET)
    ).run()
    assert "figures, exact" not in text_of(tester)
    tester.toggle[0].set_value(True).run()
    assert "This return&#x27;s figures, exact" in text_of(tester)
    assert dict(tester.query_params) == address


def test_a_file_that_cannot_be_read_gets_one_sentence() -> None:
    tester = opened_page()
    tester.file_uploader[0].set_value(("return.xlsx", b"%PDF-1.4 not a return", SPREADSHEET)).run()
    assert not tester.exception
    assert "This file cannot be read." in text_of(tester)
    assert "a PDF document" in text_of(tester)


def test_uploads_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(checking.SETTING, "off")
    tester = opened_page()
    assert not tester.exception
    assert not tester.file_uploader
    assert "on your own machine" in text_of(tester)
    for on in ("on", "", "1", "yes"):
        monkeypatch.setenv(checking.SETTING, on)
        assert checking.allowed()


# A real browser.


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launched(playwright)
        yield started
        started.close()


def bring(page: Page, path: Path) -> None:
    page.set_input_files("input[type=file]", str(path))
    page.get_by_role("heading", name="My figures, privately").wait_for(timeout=120_000)


def start(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 1000}, accept_downloads=True)
    page.goto(f"{address}/?")
    page.get_by_role("link", name="Check a return").click(timeout=120_000)
    page.wait_for_selector("input[type=file]", state="attached", timeout=120_000)
    return page


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """Return what axe finds against WCAG 2.2 AA."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    result = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    return [
        (one["id"], [node["html"][:120] for node in one["nodes"]]) for one in result["violations"]
    ]


def test_one_uploads_filters_downloads_explains_and_brings_it_back(
    country: Path, browser: Browser, tmp_path: Path
) -> None:
    with served(country / "country.duckdb") as address:
        page = start(browser, address)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        bring(page, country / "mine.xlsx")
        assert page.get_by_text("must be mended; until then").is_visible()
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            settled(page)
            page.evaluate(STILL)
            assert violations(page) == []
        page.set_viewport_size({"width": 1280, "height": 1000})
        page.get_by_label("Row, contact or words").fill("mid june")
        page.get_by_label("Row, contact or words").press("Enter")
        found = len(review(country / "mine.xlsx").checked.findings)
        page.get_by_text(f"1 of {found} findings.").wait_for()
        with page.expect_download(timeout=120_000) as coming:
            page.get_by_role("button", name="Workbook with findings").click()
        marked = tmp_path / coming.value.suggested_filename
        coming.value.save_as(marked)
        with page.expect_download(timeout=120_000) as coming:
            page.get_by_role("button", name="Findings as CSV").click()
        listed = Path(coming.value.path()).read_text(encoding="utf-8-sig")
        assert marked.name == "mine - checked.xlsx"
        assert len(list(csv.reader(io.StringIO(listed)))) == 1 + len(
            review(country / "mine.xlsx").checked.findings
        )
        book = openpyxl.load_workbook(marked)
        sheet = book["Findings"]
        line = next(r for r in sheet.iter_rows(min_row=7) if r[7].value == "unknown_code")
        line[6].value = "An old code of ours, checked with the family."
        book.save(marked)
        page.get_by_role("button", name="Take the return away").click()
        page.get_by_text("must be mended; until then").wait_for(state="detached")
        bring(page, marked)
        page.get_by_text("An old code of ours, checked with the family.").first.wait_for()
        assert "/check" in page.url
        assert CHILD not in page.url
        here = (address, address.replace("http", "ws"), "data:", "blob:")
        assert all(url.startswith(here) for url in asked)
        page.close()


def test_after_a_hundred_uploads_the_server_holds_no_child_row(
    country: Path, browser: Browser, tmp_path: Path
) -> None:
    port, asked, told = free_port(), tmp_path / "asked", tmp_path / "told"
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = os.environ | {
        "ADOPTION_SUPPORT_RELEASE": str(country / "country.duckdb"),
        "PYTHONPATH": str(ROOT),
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary)),
    }
    server = ROOT / "tests" / "watched_server.py"
    words = [f"{CHILD}-contact", str(asked), str(told), str(ROOT / "app.py"), str(port)]
    log = (tmp_path / "log").open("wb")
    running = subprocess.Popen(
        [sys.executable, str(server), *words],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=log,
    )

    def held() -> str:
        asked.touch()
        until = time.monotonic() + 60
        while asked.exists() or not told.exists():
            assert time.monotonic() < until
            time.sleep(0.1)
        answer = told.read_text()
        told.unlink()
        return answer

    try:
        begun(f"http://127.0.0.1:{port}", running)
        page = start(browser, f"http://127.0.0.1:{port}")
        bring(page, country / "mine.xlsx")
        assert held() != "[]"  # else the search would prove nothing
        with page.expect_download(timeout=120_000) as coming:
            page.get_by_role("button", name="Findings as CSV").click()
        assert CHILD in Path(coming.value.path()).read_text(encoding="utf-8-sig")
        for _ in range(100):
            page.get_by_role("button", name="Take the return away").click()
            page.get_by_text("must be mended; until then").wait_for(state="detached")
            bring(page, country / "mine.xlsx")
        page.get_by_role("button", name="Take the return away").click()
        page.get_by_text("must be mended; until then").wait_for(state="detached")
        page.get_by_role("link", name="Privacy").click()
        page.get_by_role("heading", level=1).filter(has_text="?").wait_for()
        until = time.monotonic() + 60
        while (left := held()) != "[]":  # the server forgets a moment after the page has gone
            assert time.monotonic() < until, left
        page.close()
    finally:
        running.terminate()
        running.wait(20)
        log.close()
    files = [path for path in temporary.rglob("*") if path.is_file()]
    assert not [path for path in files if CHILD.encode() in path.read_bytes()]
    assert CHILD not in (tmp_path / "log").read_text(errors="replace")
