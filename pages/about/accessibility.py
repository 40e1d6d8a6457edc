"""Accessibility: what works, what was tested and how, and what does not work yet."""

from pages.parts import frame, words

frame.title("Can everybody use this dashboard?")
words.lead("It is meant to meet ", "WCAG 2.2, level AA", ".")
words.heading("What you can do")
words.points(
    (item, "", "")
    for item in (
        "Use it with the keyboard alone, and see where you are.",
        "Zoom to 400%, or read it on a screen 320 pixels wide, without scrolling sideways. Wide "
        "tables scroll inside their own box.",
        "Use it light or dark, with your own forced colours, and print it.",
        "Read every chart as a table, or hear what it shows from its description.",
        "Tell figures apart without colour: symbols, shapes and words say the same.",
    )
)
words.heading("How it was tested")
words.say(
    "Each page is checked by axe in a real browser, wide and narrow, light and dark, every time "
    "the program changes. So is the contrast of text inside charts, which axe does not check. "
    "People who use screen readers have not tested it yet."
)
words.heading("What does not work yet")
words.points(
    (item, "", "")
    for item in (
        "The page must be loaded in full before anything can be read.",
        "Saved chart pictures have no description in them; the SVG file has.",
        "On the map the names of the small boxes show to a mouse only; its table has them all.",
        "The menu of choices is a list one types into; some screen readers announce it twice.",
    )
)
words.heading("Tell us")
words.say("Please tell the team that gave you this address what did not work, and with which aid.")
