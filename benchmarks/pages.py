"""How fast the pages are, as ratios to an empty Streamlit page on the same machine.

`python -m benchmarks.pages RELEASE`: first view in a browser, a redraw after a choice on the
server, and twenty readers who click at once.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from streamlit.testing.v1 import AppTest

import app
from tests.browser import launched, served
from tests.dashboards import shown
from tests.pages_in_browser import DRAWN
from tests.readers import reader

EMPTY = """import streamlit as st
st.title("Empty")
st.html('<div class="foot" data-exhibits="0">.</div>')
"""
REPEATS, READERS, CLICKS = 3, 20, 5
REDRAWN = (
    "figures/waits.py",
    "figures/groups.py",
    "agencies/agency.py",
    "agencies/briefing.py",
    "agencies/compare.py",
)
PLACES = ("Adopt East", "London", "Adopt South West", "North West", "England")


def first_views(browser: Browser, *addresses: str) -> list[float]:
    """Return of each address the median seconds until a new reader sees it drawn.

    They take turns, so that whatever else the machine does slows all of them alike.
    """
    taken: list[list[float]] = [[] for _ in addresses]
    for n in range(REPEATS + 1):
        for address, found in zip(addresses, taken, strict=True):
            context = browser.new_context()
            page = context.new_page()
            began = time.perf_counter()
            page.goto(address)
            page.wait_for_function(DRAWN)
            if n:  # the first also opens the release, once a server
                found.append(time.perf_counter() - began)
            context.close()
    return [statistics.median(found) for found in taken]


def opened(file: str) -> AppTest:
    tester = AppTest.from_file(str(Path(app.__file__)), default_timeout=120).run()
    return tester.switch_page(f"pages/{file}").run()


def redraws(file: str) -> list[float]:
    """Return the seconds that the server takes to redraw a page after each choice of place."""
    tester, taken = opened(file), []
    for place in PLACES * 4:
        if place in tester.selectbox(key="place").options:
            began = time.perf_counter()
            tester.selectbox(key="place").select(place).run()
            taken.append(time.perf_counter() - began)
    return taken


def empty_redraws() -> list[float]:
    tester, taken = AppTest.from_string(EMPTY).run(), []
    for _ in range(20):
        began = time.perf_counter()
        tester.run()
        taken.append(time.perf_counter() - began)
    return taken


def clicks(address: str, n: int) -> Iterator[float]:
    """Yield the seconds that one reader waits for each click, as a browser would ask for it."""
    with reader(address) as somebody:
        for click in range(CLICKS + 1):
            place = PLACES[(n + click) % len(PLACES)]
            began = time.perf_counter()
            somebody.view("waits", place=place)
            if click:  # the first is the view before the first click
                yield time.perf_counter() - began


def crowd(address: str, readers: int) -> list[float]:
    """Return the seconds that each click waits when so many readers click at once."""
    with ThreadPoolExecutor(readers) as pool:
        return [
            one
            for all_ in pool.map(lambda n: list(clicks(address, n)), range(readers))
            for one in all_
        ]


def main(release: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        script = Path(folder) / "empty.py"
        script.write_text(EMPTY, encoding="utf-8")
        browser = launched(playwright)
        with served(release, script) as empty, served(release) as address:
            for page in (one.address for section in app.SECTIONS.values() for one in section):
                nothing, here = first_views(browser, empty, f"{address}/{page}")
                print(
                    f"first view, {page or 'headlines'}: {here:.2f} s, {here / nothing:.2f} times"
                )
            for readers in (1, READERS):
                waited = sorted(crowd(address, readers))
                middle, late = statistics.median(waited), waited[int(0.95 * len(waited))]
                print(f"{readers} clicking: median {middle:.2f} s, 95th percentile {late:.2f} s")
    with shown(release):
        base = statistics.median(empty_redraws())
        print(f"redraw, empty page: {1000 * base:.0f} ms")
        for file in REDRAWN:
            middle = statistics.median(redraws(file))
            print(f"redraw, {file}: {1000 * middle:.0f} ms, {middle / base:.1f} times")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
