"""A table as real HTML: caption, headings with their scope, symbols explained where they stand."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from measures.views.figure import SYMBOLS, Figure
from measures.views.table import Cell, Table, printed
from pages.parts import words


def html(table: Table, *, caption: bool = True) -> str:
    """Return a table that can be scrolled sideways, with the keyboard too."""
    head = "".join(_heading(table, n, words) for n, words in enumerate(table.headings))
    body = "".join(_row(table, row) for row in table.rows)
    words = escape(table.caption)
    named = f"<caption>{words}</caption>" if caption else ""
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="Table: {words}">'
        f'<table class="sheet">{named}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        f"</div>{symbols(table)}"
    )


def show(table: Table, *, caption: bool = True) -> None:
    """Put a table on the page."""
    st.html(html(table, caption=caption))


def _heading(table: Table, column: int, words: str) -> str:
    kind = ' class="number"' if column and table.numeric(column) else ""
    return f'<th scope="col"{kind}>{escape(words)}</th>'


def _row(table: Table, row: tuple[Cell, ...]) -> str:
    picked = ' class="picked"' if str(row[0]) in table.picked else ""
    cells = "".join(_cell(table, n, cell) for n, cell in enumerate(row) if n)
    return f'<tr{picked}><th scope="row">{escape(printed(row[0]))}</th>{cells}</tr>'


def _cell(table: Table, column: int, cell: Cell) -> str:
    said = escape(printed(cell))
    if isinstance(cell, Figure) and not cell.shown:
        said = f'<abbr title="{escape(SYMBOLS.get(cell.status, ""))}">{said}</abbr>'
    return f'<td class="number">{said}</td>' if table.numeric(column) else f"<td>{said}</td>"


def symbols(table: Table) -> str:
    """Return what the symbols of a table mean, nothing where it has none."""
    said = "; ".join(f"<b>{symbol}</b> {escape(means)}" for symbol, means in table.explained)
    return f'<p class="about">{said}.</p>' if said else ""


def facts(lines: Iterable[tuple[str, str]]) -> None:
    """Put names with what they stand for on the page."""
    st.html(words.facts(lines))
