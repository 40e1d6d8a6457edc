"""Words on a page, escaped: nothing from a release or an address is ever read as HTML."""

import re
from collections.abc import Iterable
from html import escape

import streamlit as st

Parts = tuple[str, str, str]


def lead(before: str, figure: str = "", after: str = "") -> None:
    """Say the answer in one sentence, its figure strong."""
    st.html(f'<p class="lead">{sentence((before, figure, after))}</p>')


def points(items: Iterable[Parts]) -> None:
    """Say a list of sentences, the figure of each strong."""
    said = "".join(f"<li>{sentence(item)}</li>" for item in items)
    st.html(f'<ul class="points">{said}</ul>')


def sentence(parts: Parts) -> str:
    """Return a sentence, its figure strong."""
    before, figure, after = (escape(part) for part in parts)
    return f"{before}<strong>{figure}</strong>{after}" if figure else before + after


def say(words: str) -> None:
    """Say a paragraph."""
    st.html(f"<p>{escape(words)}</p>")


def aside(words: str) -> None:
    """Say a paragraph that is for the screen alone."""
    st.html(f'<p class="beside">{escape(words)}</p>')


def file_name(words: str) -> str:
    """Return words as a part of a file's name: `Ambitious for Adoption (Coram)` is one word."""
    return re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")


def heading(words: str) -> None:
    """Begin a part of the page."""
    st.header(words, anchor=False)


def notice(*sentences: str) -> None:
    """Say something that a reader must not miss."""
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    st.html(f'<div class="notice" role="note">{said}</div>')


def facts(lines: Iterable[tuple[str, str]]) -> str:
    """Return names with what they stand for."""
    said = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in lines)
    return f'<dl class="facts">{said}</dl>'
