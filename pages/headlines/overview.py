"""Headlines: what the period says, in five sentences with their figures."""

from measures.breakdowns import ENGLAND
from measures.catalogue import HEADLINES
from measures.views import groups, headlines
from pages.parts import charts, choices, exhibits, frame, notes, release_before, spreads, words

book = frame.start("What does this period say about adoption support?")
(basis,) = choices.pick(choices.basis())
first, *others = headlines.sentences(book, basis=basis)
words.lead(*first.parts)
words.points(sentence.parts for sentence in others)
words.say(f"These figures rest on the returns of {book.response}.")

words.heading("How far do regions and agencies lie apart?")
charts.show(book, spreads.spread(book, basis), "headlines")

words.heading("Who is it about?")
measure, breakdown = choices.pick(
    choices.measure(HEADLINES),
    lambda chosen: choices.breakdown(groups.breakdowns(ENGLAND, chosen["measure"])),
)
charts.show(book, exhibits.by_group(book, measure, ENGLAND, breakdown, basis), "headlines-by-group")

words.heading("What has changed since the last release?")
release_before.show(book, HEADLINES)

words.heading("Where to go next")
notes.links(
    ("figures/waits.py", "How long do families wait?"),
    ("agencies/agency.py", "How does one agency compare?"),
    ("figures/groups.py", "Do waits and referrals differ between groups of children?"),
    ("returns/pilot.py", "Did the returns come, and are they sound?"),
)
