"""Downloads: the whole release as files."""

from functools import partial

import streamlit as st

from measures.catalogue import MEASURES
from measures.views import files
from pages.parts import choices, frame, words

book = frame.start("Where can I get the figures as files?")
words.lead("Everything that is shown can be taken away: ", f"release {book.release.id}", ".")
words.say("The files hold what the pages show: what is hidden here is hidden there.")

st.download_button(
    "Download everything (ZIP of CSV files)",
    lambda: files.everything(book),
    f"adoption-support-{book.release.id}.zip",
    "application/zip",
    on_click="ignore",
)

words.heading("One measure")
(measure,) = choices.pick(choices.measure([one.id for one in MEASURES]))
st.download_button(
    "Download every figure of this measure (CSV)",
    lambda: files.figures(book, measure),
    f"adoption-support-{measure}-{book.release.id}.csv",
    "text/csv",
    on_click="ignore",
)

words.heading("One table")
for name, title in files.TABLES.items():
    st.download_button(
        f"{title} (CSV)",
        partial(files.table, book, name),
        f"adoption-support-{name}-{book.release.id}.csv",
        "text/csv",
        key=f"download {name}",
        on_click="ignore",
    )
words.heading("What the files hold")
words.say("One row of “figures” is one published figure. A value is given only where its status "
          "is ok; the other statuses are the symbols below.")  # fmt: skip
