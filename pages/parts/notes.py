"""What stands beside figures: the definition, and a wider figure where one is hidden."""

from html import escape

import streamlit as st

from measures.breakdowns import ENGLAND
from measures.catalogue import BY_ID
from measures.views import groups, methods
from measures.views.book import Book
from measures.views.headlines import main_figure
from pages.parts import words


def definition(measure: str) -> None:
    """Say how a measure is defined, opened on demand."""
    facts = words.facts(methods.definition(measure))
    title = escape(BY_ID[measure].title)
    st.html(f'<details class="definition"><summary>Definition: {title}</summary>{facts}</details>')


def instead(book: Book, measure: str, place: str, basis: str) -> None:
    """Where a place's figure is hidden, offer the nearest wider one that is shown."""
    wider = groups.nearest(book, main_figure(book, measure, place, basis))
    if wider:
        words.notice(f"The nearest wider figure that is shown. {groups.said(wider)}.")


def near(place: str, other: str) -> tuple[str, ...]:
    """Return a place, its comparator and England, each once."""
    return tuple(dict.fromkeys((place, other, ENGLAND)))


def links(*asked: tuple[str, str]) -> None:
    """Say where to go next: the file of a page, and the question that it answers."""
    for file, question in asked:
        st.page_link(f"pages/{file}", label=question)
