"""How long families wait: bands, medians by place and group, and those still waiting."""

from measures.catalogue import DURATIONS
from measures.views import receipt, waits
from pages.parts import charts, choices, exhibits, frame, notes, waiting, words

book = frame.start("How long do families wait?")
measure, place, other, basis, breakdown = choices.pick(
    choices.measure([one.id for one in DURATIONS], "contact_to_allocation", "Wait"),
    choices.place(book),
    lambda chosen: choices.comparator(book, chosen["place"]),
    choices.basis(),
    choices.breakdown_of,
)
words.lead(*waits.answer(book, measure, place, basis))
notes.instead(book, measure, place, basis)

words.heading("How are waits spread?")
charts.show(book, waiting.bands(book, measure, place, other, basis), "bands")

if waits.duration(measure).waiting:
    words.heading("Who is still waiting?")
    here = waits.curve(book, measure, place, basis)
    words.lead(*waits.still_waiting(here))
    words.say(waits.why_different(here))
    charts.show(book, waiting.still(book, measure, place, other, basis), "still-waiting")

words.heading("Do waits differ by region?")
charts.show(
    book,
    exhibits.by_place(book, measure, book.regions, basis, what="region", focus=place),
    "waits-by-region",
)
near = waits.quartiles_table(book, measure, notes.near(place, other), basis)
behind = receipt.receipt(book, measure, book.one(measure, "median", place, basis=basis))
charts.table(book, near, "quartiles", behind)

words.heading("Do waits differ by group?")
charts.show(book, exhibits.by_group(book, measure, place, breakdown, basis), "waits-by-group")
charts.show(book, waiting.by_group(book, measure, breakdown, basis), "bands-by-group")

words.heading("Do waits differ by agency?")
charts.show(
    book,
    exhibits.by_place(book, measure, book.agencies, basis, what="agency", focus=place),
    "waits-by-agency",
)
notes.definition(measure)
