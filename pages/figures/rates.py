"""Referrals and other rates: by place and by group, with intervals, plain and standardised."""

from measures.catalogue import BY_ID, RATES
from measures.views import rates
from pages.parts import charts, choices, exhibits, frame, notes, words

book = frame.start("How many are referred, allocated, assessed or reviewed?")
measure, place, breakdown = choices.pick(
    choices.measure([one.id for one in RATES], "csc_referral_rate", "Rate"),
    choices.place(book),
    choices.breakdown_of,
)
words.lead(*rates.answer(book, measure, place))
notes.instead(book, measure, place, "")
words.say(BY_ID[measure].why)

words.heading("Does it differ by group?")
charts.show(book, exhibits.by_group(book, measure, place, breakdown, ""), "rate-by-group")

if rates.is_standardised(measure):
    words.heading("Would it differ if all groups had the same ages?")
    words.say(
        "Groups differ in age, and older children are referred more or less often. The rate at "
        "the same ages takes that out. It is for England only."
    )
    charts.show(book, exhibits.standardised(book, measure), "rate-standardised")

words.heading("Does it differ by region?")
charts.show(
    book,
    exhibits.by_place(book, measure, book.regions, "", what="region", focus=place),
    "rate-by-region",
)
words.heading("Does it differ by agency?")
charts.show(
    book,
    exhibits.by_place(book, measure, book.agencies, "", what="agency", focus=place),
    "rate-by-agency",
)
notes.definition(measure)
