"""The briefing as one printed sheet: HTML for a page, and a file that needs nothing else."""

from collections.abc import Iterable
from dataclasses import replace
from html import escape
from pathlib import Path

from measures.views.briefing import Briefing, Line
from measures.views.figure import MEANINGS, SYMBOLS, Figure
from pages.parts import spreads, words
from pages.parts.drawing.strips import Key, key_of, line

STYLE = Path(__file__).with_name("sheet.css")
STRIP = 150
KEYS = {"wide": 640, "narrow": 270}
"""The key at two widths, of which the reader sees the one that there is room for."""


def body(one: Briefing, status: str, link: str, level: int = 2) -> str:
    """Return the sheet, its title a heading of a level; `status` says what the figures are."""
    parts = (
        ("", _points(one)),
        ("Beside its region, England and the other agencies", _table(one)),
        ("The children it supported", words.facts(one.groups) if one.groups else ""),
        ("Its return", f"<p>{escape(one.quality)}</p>"),
        ("Take care", _list(escape(each) for each in one.cautions)),
        ("Receipt", f'<p class="receipt">{_receipt(one, link)}</p>'),
    )
    return (
        f'<article class="exhibit sheet-of-paper" aria-label="Briefing: {escape(one.agency)}">'
        f'<p class="status">{escape(status)}</p>'
        f'<h{level} class="name">Adoption support at {escape(one.agency)}</h{level}>'
        f'<p class="when">{escape(one.period)}</p>'
        f'<p class="lead">{words.sentence(one.lead)}</p>'
        + "".join(_titled(title, held, level + 1) for title, held in parts if held)
        + "</article>"
    )


def document(one: Briefing, status: str, link: str) -> str:
    """Return the sheet as a file that opens in any browser and prints on one side of A4."""
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Adoption support at {escape(one.agency)}: briefing</title>"
        f"<style>{STYLE.read_text(encoding='utf-8')}</style></head>"
        f"<body><main>{body(one, status, link, 1)}</main></body></html>"
    )


def _titled(title: str, held: str, level: int) -> str:
    return f"<h{level}>{title}</h{level}>{held}" if title else held


def _list(items: Iterable[str], kind: str = "") -> str:
    return f'<ul class="{kind}">{"".join(f"<li>{each}</li>" for each in items)}</ul>'


def _points(one: Briefing) -> str:
    return _list(map(words.sentence, one.points), "points") if one.points else ""


def _table(one: Briefing) -> str:
    if not one.lines:
        return ""
    key = Key("another agency", one.region or "its region", one.agency)
    headings = ("Measure", one.agency, "95% interval", *_region(one), "England", "Against England")
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in headings)
    keys = (
        f'<div class="key {name}" aria-hidden="true">{key_of(key, width)}</div>'
        for name, width in KEYS.items()
    )
    return (
        "".join(keys)
        + '<div class="scroll" role="region" tabindex="0" aria-label="Table of measures"><table>'
        f'<thead><tr>{head}<th scope="col">Among agencies</th></tr></thead>'
        f"<tbody>{''.join(_row(each, one) for each in one.lines)}</tbody></table></div>"
        f'<p class="symbols">{_symbols(one)}</p>'
    )


def _region(one: Briefing) -> tuple[str, ...]:
    return (one.region,) if one.region else ()


def _row(one: Line, of: Briefing) -> str:
    strip = line(replace(spreads.strip(one.spread), focus=of.agency), STRIP)
    cells = [one.here.cell, one.here.interval, *([one.region.cell] if one.region else [])]
    numbers = "".join(f"<td>{escape(each)}</td>" for each in (*cells, one.england.cell))
    return (
        f'<tr><th scope="row">{escape(one.title)}</th>{numbers}'
        f'<td class="words">{escape(one.verdict)}</td><td class="strip">{strip}</td></tr>'
    )


def _symbols(one: Briefing) -> str:
    figures = [figure for each in one.lines for figure in (each.here, each.region, each.england)]
    found = {figure.status for figure in figures if isinstance(figure, Figure)}
    said = (f"{name}: {SYMBOLS[name]} ({MEANINGS[name]})" for name in SYMBOLS if name in found)
    return escape("; ".join(said))


def _receipt(one: Briefing, link: str) -> str:
    said = (f"<b>{escape(name)}:</b> {escape(text)}." for name, text in one.receipt)
    return f'{" ".join(said)} <a href="{escape(link)}">This briefing in the dashboard</a>'
