"""Compare agencies: a list with intervals, a funnel, a tile map and a grid; never a ranking."""

from measures.views import compare
from measures.views.receipt import of_returns
from pages.parts import charts, choices, comparing, exhibits, frame, notes, words

book = frame.start("How do agencies compare?")
measure, place, basis, order = choices.pick(
    choices.measure(compare.MEASURED, "contact_to_allocation"),
    choices.place(book),
    choices.basis(),
    choices.order(),
)
words.lead(*compare.answer(book, measure, basis))
words.say("An agency chosen as place is picked out and the others are grey. This is no ranking.")

words.heading("Every agency, with its interval")
agencies = compare.ordered(book, measure, basis, order)
charts.show(
    book,
    exhibits.by_place(book, measure, agencies, basis, what="agency", focus=place),
    "agencies",
)

words.heading("Is it more than chance?")
comparing.show_funnel(book, measure, place)

words.heading("Where are they?")
charts.show(book, comparing.tile_map(book, measure, basis, place), "map")

words.heading("The main measures of all agencies")
about = of_returns(book, "The main figure of each measure, agency by agency.")
charts.table(book, compare.grid(book, basis, (place,)), "grid", about)
notes.definition(measure)
