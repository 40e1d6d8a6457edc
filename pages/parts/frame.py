"""The frame of every page: what the figures are, said first, and what the symbols mean."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from measures.views import shelf
from measures.views.book import Book
from measures.views.changes import Changes
from measures.views.figure import MEANINGS, SYMBOLS
from pages.parts import charts, choices, words

HERE = Path(__file__).parent


class NoFigures(Exception):
    """There is no release that can be read; the message says so for a reader."""


@st.cache_data
def _style() -> str:
    return (HERE / "style.css").read_text(encoding="utf-8")


def _opened(mark: shelf.Mark) -> Book | str:
    """Return the release of a mark, or in words why there is none; say so while it is opened."""
    if shelf.ready(mark):
        return shelf.opened(mark)
    with st.spinner("Opening the figures …"):
        return shelf.opened(mark)


def opened() -> Book | None:
    """Return the release, None where there is none that can be read."""
    found = _opened(shelf.mark())
    return found if isinstance(found, Book) else None


def changed() -> Changes | None:
    """Return what this release changes of the one before it, None where there is none."""
    mark = shelf.mark()
    found = _opened(mark)
    return shelf.changed(found, mark) if isinstance(found, Book) else None


def top() -> None:
    """Say, before anything else, what these figures are."""
    st.session_state[charts.COUNTED] = 0
    st.html(f"<style>{_style()}</style>")
    book = opened()
    said = [
        '<p><strong class="tag">Pilot</strong> This is management information from a pilot. '
        "It is not official statistics.</p>"
    ]
    if book:
        if book.release.made_up:
            said.insert(
                0,
                '<p><strong class="tag made-up">Made-up data</strong> No child, family or agency '
                "is really like this.</p>",
            )
        said.append(
            f"<p>Returns from {escape(book.response)}, {escape(book.period_in_words)}. "
            f"{' '.join(escape(str(note)) for note in book.release.said('notes'))}</p>"
        )
    st.html(
        f'<div class="phase" role="note" aria-label="About these figures">{"".join(said)}</div>'
    )


def menu(sections: Mapping[str, Sequence[StreamlitPage]]) -> None:
    """Show the contents list beside the page."""
    with st.sidebar:
        for section, listed in sections.items():
            st.html(f'<p class="section">{escape(section)}</p>')
            for page in listed:
                st.page_link(page, label=page.title)


def start(question: str) -> Book:
    """Begin a page of figures: its question as title; return the release to answer it from."""
    title(question)
    found = _opened(shelf.mark())
    if not isinstance(found, Book):
        raise NoFigures(found)
    return choices.period(found)


def title(question: str) -> None:
    """Begin a page: its question as title."""
    st.title(question, anchor=False)


def none(error: NoFigures) -> None:
    """Say kindly that there are no figures."""
    words.lead(str(error))
    if "yet" in str(error):
        words.say(
            "Nothing is wrong. The figures appear here as soon as the first release is published; "
            "this page need only be opened again. Other pages can be read already."
        )
    else:
        words.say(
            "The figures are not shown, because they could be wrong. The returns themselves are "
            "safe. Please tell the team that publishes the release; publishing it again mends it."
        )


def bottom() -> None:
    """Say what the symbols mean, and which release this is."""
    symbols = "; ".join(
        f"<b>{name}</b> {words_} ({escape(MEANINGS[name])})" for name, words_ in SYMBOLS.items()
    )
    book = opened()
    release = ""
    if book:
        release = (
            f" “About” means rounded to the nearest {book.policy['rounding_england']}. "
            f"Release {escape(book.release.id)}."
        )
    count = st.session_state[charts.COUNTED]
    st.html(
        f'<div class="foot" data-exhibits="{count}"><p>Symbols: {symbols}. A nought is a true '
        f"nought.{release}</p></div>"
    )
