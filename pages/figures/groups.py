"""Differences between groups: each group against everybody of its own area."""

from measures.views import differences
from measures.views.agency import COMPARED
from pages.parts import charts, choices, exhibits, frame, notes, words

book = frame.start("Do waits and referrals differ between groups of children?")
measure, place, basis, breakdown = choices.pick(
    choices.measure(COMPARED, "csc_referral_rate"),
    choices.place(book),
    choices.basis(),
    choices.breakdown_of,
)
words.lead(*differences.answer(book, measure, place, breakdown, basis))
words.say(
    "Each group is compared with everybody of the same place, not with the largest group. A "
    "difference is called one only where its 95% interval leaves nought out. Differences may come "
    "from age, need or place as well; no figure here says why."
)
charts.show(book, exhibits.differences(book, measure, place, breakdown, basis), "differences")
notes.definition(measure)
