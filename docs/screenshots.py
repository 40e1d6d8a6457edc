"""Screenshots of every page: `python -m docs.screenshots RELEASE FOLDER [PAGE ...]`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

import app
from tests.browser import launched, served
from tests.pages_in_browser import settled

LOOKS = {
    "wide": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "narrow": {"viewport": {"width": 320, "height": 800}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}
# The page scrolls inside a box of its own: to photograph all of it, the window is made as tall.
TALL = "() => Math.ceil(document.querySelector('.stMainBlockContainer').scrollHeight) + 20"


def main(release: Path, folder: Path, wanted: set[str]) -> None:
    """Photograph pages wide, narrow and dark."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = [page for section in app.SECTIONS.values() for page in section]
    with sync_playwright() as playwright, served(release) as address:
        browser = launched(playwright)
        for look, how in LOOKS.items():
            page = browser.new_context(**how).new_page()  # type: ignore[arg-type]
            for listed in pages:
                if wanted and (listed.address or "headlines") not in wanted:
                    continue
                page.set_viewport_size(how["viewport"])  # type: ignore[arg-type]
                page.goto(f"{address}/{listed.address}")
                settled(page)
                page.wait_for_timeout(300)
                size = {"width": how["viewport"]["width"], "height": page.evaluate(TALL)}  # type: ignore[index]
                page.set_viewport_size(size)
                page.wait_for_timeout(300)
                name = listed.address or "headlines"
                page.screenshot(path=folder / f"{name}-{look}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), set(sys.argv[3:]))
