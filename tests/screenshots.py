"""Pictures of every page of a release: wide, narrow and dark, and the three of the README.

    python -m tests.screenshots RELEASE FOLDER

Look at them: at what is cut, crowded, ambiguous, empty or ugly, no test looks.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

import app
from tests.browser import launched, served
from tests.pages_in_browser import TALL, darkened, settled

WIDTHS = {"wide": 1280, "narrow": 320, "dark": 1280}
README = {"headlines": "", "agency": "agency", "rates": "rates"}
SCREEN = ViewportSize(width=1280, height=1180)


def every_page(browser: Browser, address: str, folder: Path) -> None:
    """Save every page whole, in each look."""
    for look, width in WIDTHS.items():
        page = browser.new_page(viewport={"width": width, "height": 900})
        for listed in (page for section in app.SECTIONS.values() for page in section):
            page.goto(f"{address}/{listed.address}")
            settled(page)
            if look == "dark":
                darkened(page)
            page.set_viewport_size({"width": width, "height": page.evaluate(TALL) + 100})
            settled(page)
            page.screenshot(path=folder / f"{listed.address or 'headlines'}-{look}.png")
        page.close()


def of_the_readme(browser: Browser, address: str, folder: Path) -> None:
    """Save what the README shows: the first screen of three pages, three quarters the size."""
    page = browser.new_page(viewport=SCREEN, device_scale_factor=0.75)
    for name, path in README.items():
        page.goto(f"{address}/{path}")
        settled(page)
        page.screenshot(path=folder / f"{name}.png")
    page.close()


def main(release: Path, folder: Path) -> None:
    (folder / "readme").mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, served(release) as address:
        browser = launched(playwright)
        every_page(browser, address, folder)
        of_the_readme(browser, address, folder / "readme")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
