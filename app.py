"""The dashboard's contents list: its sections, their pages, their order."""

from dataclasses import dataclass

import streamlit as st

from pages.parts import frame


@dataclass(frozen=True)
class Listed:
    """A page: its file in `pages/`, and its title in the menu and in the browser."""

    file: str
    title: str

    @property
    def address(self) -> str:
        """The last part of its address: the name of its file, nothing for the first page."""
        if self.file == FIRST:
            return ""
        return self.file.rpartition("/")[2].removesuffix(".py").replace("_", "-")


FIRST = "headlines/overview.py"
SECTIONS: dict[str, tuple[Listed, ...]] = {
    "Overview": (Listed(FIRST, "Headlines"),),
    "Figures": (
        Listed("figures/waits.py", "How long families wait"),
        Listed("figures/rates.py", "Referrals and other rates"),
        Listed("figures/people.py", "Who is supported"),
        Listed("figures/groups.py", "Differences between groups"),
    ),
    "Agencies": (
        Listed("agencies/agency.py", "An agency"),
        Listed("agencies/briefing.py", "A briefing on one agency"),
        Listed("agencies/compare.py", "Compare agencies"),
    ),
    "Returns": (
        Listed("returns/check.py", "Check a return"),
        Listed("returns/pilot.py", "Pilot review"),
    ),
    "About": (
        Listed("about/methods.py", "Definitions and methods"),
        Listed("about/downloads.py", "Downloads"),
        Listed("about/accessibility.py", "Accessibility"),
        Listed("about/privacy.py", "Privacy"),
        Listed("about/new.py", "What's new"),
    ),
}


def main() -> None:
    """Show the page that the address asks for, in its frame."""
    st.set_page_config(layout="wide", initial_sidebar_state="auto")
    listed = {
        section: [
            st.Page(
                f"pages/{page.file}",
                title=page.title,
                url_path=page.address,
                default=page.file == FIRST,
            )
            for page in pages
        ]
        for section, pages in SECTIONS.items()
    }
    # Streamlit's own menu with sections is a list that is none to a screen reader (axe: "list").
    page = st.navigation(listed, position="hidden")
    frame.menu(listed)
    st.session_state["page address"] = page.url_path
    frame.top()
    try:
        page.run()
    except frame.NoFigures as error:
        frame.none(error)
    frame.bottom()


if __name__ == "__main__":
    main()
