"""What's new: in the figures since the release before, and in the program."""

from pathlib import Path

import streamlit as st

from pages.parts import frame, release_before, words

frame.title("What has changed?")
if book := frame.opened():
    words.heading("In the figures, since the release before")
    release_before.show(book)

words.heading("In the program")
CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
if CHANGELOG.exists():
    _, _, body = CHANGELOG.read_text(encoding="utf-8").partition("\n## ")
    words.say("Changes of definitions are here too, with their date and reason; newest first.")
    # One level down: this page has a heading of its own above them.
    st.markdown(f"## {body}".replace("\n#", "\n##").replace("## ", "### ", 1))
else:
    words.say("The list of changes was not installed with the program.")
