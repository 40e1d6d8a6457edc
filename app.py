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
    "Headlines": (Listed(FIRST, "Headlines"),),
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
    page = st.navigation(listed, expanded=True)
    st.session_state["page address"] = page.url_path
    frame.top()
    try:
        page.run()
    except frame.NoFigures as error:
        frame.none(error)
    frame.bottom()


if __name__ == "__main__":
    main()
