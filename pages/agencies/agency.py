"""An agency: every measure beside its region and England, its waits, its groups, its return."""

from measures.breakdowns import ENGLAND
from measures.catalogue import DURATIONS
from measures.views import agency as profile
from measures.views import groups, pilot
from measures.views.places import region_of
from pages.parts import charts, choices, counts, frame, notes, spreads, tables, waiting, words

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

words.heading("Whom does it support?")
charts.show(book, counts.counted(book, "children_supported", agency, breakdown), "agency-children")

words.heading("How good was its return?")
tables.facts(profile.return_facts(book, agency))
charts.table(book, pilot.completeness_of(book, agency), "agency-fields")
notes.links(("agencies/compare.py", "See this agency among all others"))
