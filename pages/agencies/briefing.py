"""A briefing on one agency: one sheet to print or to hand out."""

import streamlit as st

from measures.views.briefing import briefing
from pages.parts import charts, choices, frame, notes, sheet, words

book = frame.start("What should one know of one agency?")
agency, basis = choices.pick(choices.agency(book), choices.basis())
found = briefing(book, agency, basis)
status, link = charts.source(book), charts.whole_address()
words.aside("One sheet to print or to send on. It holds what the pages show, and nothing more.")
st.download_button(
    "Download this briefing (HTML)",
    lambda: sheet.document(found, status, link),
    f"adoption-support-{words.file_name(agency)}-{book.release.id}.html",
    "text/html",
    on_click="ignore",
)
st.html(sheet.STYLE)
charts.sheet(sheet.body(found, status, link), "briefing")
notes.links(("agencies/agency.py", "See all that is published of this agency"))
