"""An exhibit: a chart, how to read it, its table, its receipt, and its files.

Charts are SVG text drawn on the server. Against a charting script that is five megabytes less to
load, a first view in half the time, and charts that follow print, forced colours and narrow pages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from measures.views.book import Book
from measures.views.receipt import Lines
from measures.views.table import Table
from pages.parts import tables, words
from pages.parts.drawing.svg import WIDTHS

HERE = Path(__file__).parent
COMPONENT = "exhibit"
COUNTED = "exhibits of this page"
LONG = 12
"""Rows beyond which the table of a chart that has nothing to draw is opened on demand."""


@dataclass(frozen=True)
class Exhibit:
    """What is shown together. `title` says what the chart says, in at most ten words.

    The table's caption says what it is of, `alt` what it shows to who cannot see it. `draw` draws
    it at a width; without it the table stands alone, as where all is hidden: an empty chart would
    have a scale that stands for nothing. `instead` gives wider figures for hidden ones.
    """

    title: str
    alt: str
    draw: Callable[[int], str] | None
    table: Table
    read: str = ""
    receipt: Lines = ()
    instead: tuple[str, ...] = ()
    folded: bool = False


def show(book: Book, exhibit: Exhibit, key: str) -> None:
    """Put an exhibit on the page."""
    st.session_state[COUNTED] = st.session_state.get(COUNTED, 0) + 1
    link = address()
    notes = (*exhibit.receipt, ("Permanent link", whole_address()), *_status(book))
    _mount(
        key,
        {
            "html": _html(exhibit, link),
            "drawings": _drawings(exhibit.draw),
            "title": exhibit.title,
            "about": exhibit.table.caption,
            "alt": exhibit.alt,
            "source": source(book),
            "symbols": "; ".join(f"{one} {means}" for one, means in exhibit.table.explained),
            "csv": exhibit.table.with_notes(notes).csv(),
            "name": f"adoption-support-{key}",
        },
    )


def sheet(html: str, key: str) -> None:
    """Put HTML with small drawings in it on the page: Streamlit's own way takes drawings out."""
    st.session_state[COUNTED] = st.session_state.get(COUNTED, 0) + 1
    _mount(key, {"html": html, "drawings": []})


def _mount(key: str, data: dict[str, Any]) -> None:
    mount = st.components.v2.component(
        COMPONENT,
        html='<div class="exhibit-box"></div>',
        js=(HERE / "exhibit.js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
    mount(key=f"exhibit {key}", data=data)


def table(book: Book, one: Table, key: str, receipt: Lines, *, folded: bool = False) -> None:
    """Put a table on the page by itself, with its receipt and its file; a long one folded."""
    show(book, Exhibit(one.caption, "", None, one, receipt=receipt, folded=folded), key)


def _html(exhibit: Exhibit, link: str) -> str:
    title = escape(exhibit.title)
    permanent = f'<p><a href="{escape(link)}">Permanent link to this view</a></p>'
    receipt = _fold(
        "Receipt: where these figures come from", words.facts(exhibit.receipt) + permanent
    )
    begun = f'<section class="exhibit" aria-label="{title}"><h3>{title}</h3>'
    caption = escape(exhibit.table.caption)
    of = f'<p class="of">{caption}</p>' if caption != title else ""
    if not exhibit.draw:
        alone = tables.html(exhibit.table, caption=False)
        long = exhibit.folded or (exhibit.alt and len(exhibit.table.rows) > LONG)
        held = _fold("Open the table", alone) if long else alone
        return f"{begun}{of}{held}{receipt}{_take(('csv',))}</section>"
    read = f'<p class="read"><b>How to read it.</b> {escape(exhibit.read)}</p>'
    return (
        f'{begun}{of}<div class="drawing" role="img" aria-label="{escape(exhibit.alt)}"></div>'
        f"{read if exhibit.read else ''}{tables.symbols(exhibit.table)}{_instead(exhibit)}"
        f"{_fold('The same numbers as a table', tables.html(exhibit.table))}"
        f"{receipt}{_take(('csv', 'png', 'svg'))}</section>"
    )


def _fold(summary: str, held: str) -> str:
    return f"<details><summary>{summary}</summary>{held}</details>"


def _drawings(draw: Callable[[int], str] | None) -> list[dict[str, int | str]]:
    return [{"width": width, "svg": draw(width)} for width in WIDTHS] if draw else []


def _instead(exhibit: Exhibit) -> str:
    if not exhibit.instead:
        return ""
    items = "".join(f"<li>{escape(one)}</li>" for one in exhibit.instead)
    words_ = "<p>Not shown here, and the nearest wider figure:</p>"
    return f'<div class="instead">{words_}<ul>{items}</ul></div>'


def _take(kinds: tuple[str, ...]) -> str:
    said = {
        "csv": "Download table (CSV)",
        "png": "Save chart (PNG)",
        "svg": "Save chart (SVG)",
    }
    buttons = (f'<button type="button" data-save="{kind}">{said[kind]}</button>' for kind in kinds)
    return f'<p class="take">{"".join(buttons)}</p>'


def address() -> str:
    """Return the address of this view without its host: the page and every choice."""
    page = st.session_state.get("page address", "")
    choices = urlencode(st.query_params.to_dict())
    return f"{page or '.'}?{choices}" if choices else page or "."


def whole_address() -> str:
    """Return the address of this view as it can be sent to somebody."""
    host, choices = st.context.url, urlencode(st.query_params.to_dict())
    return f"{host}{'?' if choices else ''}{choices}" if host else address()


def source(book: Book) -> str:
    """Return the line that goes under a saved chart."""
    made_up = "MADE-UP DATA. " if book.release.made_up else ""
    return (
        f"{made_up}Pilot management information, {book.period_in_words}; {book.response}; "
        f"release {book.release.id}."
    )


def _status(book: Book) -> Lines:
    made_up = (("Warning", "These data are made up."),) if book.release.made_up else ()
    return (
        ("Status", "Pilot management information, not official statistics"),
        ("Response", book.response),
        *made_up,
        *(("Note", str(note)) for note in book.release.said("notes")),
    )
