"""What's new, from the changelog."""

from pathlib import Path

import streamlit as st

from pages.parts import frame, words

frame.title("What has changed in this program?")
CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
if CHANGELOG.exists():
    _, _, body = CHANGELOG.read_text(encoding="utf-8").partition("\n## ")
    words.say("Changes of definitions are here too, with their date and reason; newest first.")
    st.markdown(f"## {body}")
else:
    words.say("The list of changes was not installed with the program.")
