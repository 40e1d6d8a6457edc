"""Who is supported: children and contacts by group and place, and contact agreements by type."""

from measures.views import people
from pages.parts import charts, choices, counts, exhibits, frame, notes, words

book = frame.start("Who has adoption support?")
measure, place, breakdown = choices.pick(
    choices.measure(people.COUNTED, "children_supported", "Count"),
    choices.place(book),
    choices.breakdown_of,
)
words.lead(*people.answer(book, measure, place))
notes.instead(book, measure, place, "")

words.heading("Who are they?")
charts.show(book, counts.counted(book, measure, place, breakdown), "people-by-group")

words.heading("Where are they?")
charts.show(
    book,
    exhibits.by_place(book, measure, book.regions, "", what="region", focus=place),
    "people-by-region",
)

words.heading("How many have a supported contact agreement?")
charts.show(book, counts.agreements(book, place), "agreements")
notes.definition(measure)
