"""Headlines: what the period says, in five sentences with their figures."""

from measures.breakdowns import ENGLAND
from measures.catalogue import HEADLINES
from measures.views import groups, headlines
from pages.parts import charts, choices, exhibits, frame, words

book = frame.start("What does this period say about adoption support?")
(basis,) = choices.pick(choices.basis())
first, *others = headlines.sentences(book, basis=basis)
words.lead(*first.parts)
words.points(sentence.parts for sentence in others)
words.say(f"These figures rest on the returns of {book.response}.")

words.heading("How far do regions and agencies lie apart?")
charts.show(book, exhibits.spread(book, basis), "headlines")

words.heading("Who is it about?")
measure, breakdown = choices.pick(
    choices.measure(HEADLINES),
    choices.breakdown(groups.breakdowns(ENGLAND, HEADLINES[0])[:-6]),
)
charts.show(book, exhibits.by_group(book, measure, ENGLAND, breakdown, basis), "headlines-by-group")

words.heading("What has changed since the last release?")
words.say(headlines.since_last(book))
