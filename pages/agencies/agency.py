"""An agency: every measure beside its region and England, its waits, its groups, its return."""

from measures.breakdowns import ENGLAND
from measures.catalogue import DURATIONS
from measures.views import agency as profile
from measures.views import groups, quality
from measures.views.places import region_of
from measures.views.receipt import of_returns
from pages.parts import (
    charts,
    choices,
    counts,
    exhibits,
    frame,
    notes,
    spreads,
    tables,
    waiting,
    words,
)

book = frame.start("How does one agency compare?")
agency, basis = choices.pick(choices.agency(book), choices.basis())
region = region_of(book, agency)
words.lead(*profile.answer(book, agency))
words.points(profile.points(book, agency, basis))
if region:
    words.say(f"Its region comparator is {region}: most of its local authorities lie there.")

words.heading("Where does it stand among agencies?")
charts.show(book, spreads.profile(book, agency, basis), "profile")

words.heading("How long do its families wait?")
measure, breakdown = choices.pick(
    choices.measure([one.id for one in DURATIONS], "contact_to_allocation", "Wait"),
    choices.breakdown(groups.breakdowns(agency, "contact_to_allocation")),
)
charts.show(book, waiting.bands(book, measure, agency, ENGLAND, basis), "agency-bands")

charts.show(
    book, exhibits.by_group(book, measure, agency, breakdown, basis), "agency-waits-by-group"
)

words.heading("Whom does it support?")
charts.show(book, counts.counted(book, "children_supported", agency, breakdown), "agency-children")

words.heading("How good was its return?")
tables.facts(profile.return_facts(book, agency))
needed = of_returns(book, "Of the rows that needed a field, the share that had it.", agency)
charts.table(book, quality.completeness_of(book, agency), "agency-fields", needed)
found = quality.findings_of(book, agency)
if found.rows:
    doubts = of_returns(book, "Findings of its return, to ten.", agency)
    charts.table(book, found, "agency-findings", doubts)

words.heading("Where to go next")
notes.links(
    ("agencies/briefing.py", "A briefing on this agency, on one sheet to print"),
    ("agencies/compare.py", "See this agency among all others"),
)
