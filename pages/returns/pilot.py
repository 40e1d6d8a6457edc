"""Pilot review: response, completeness, findings, and what survives being protected."""

from measures.views import pilot
from pages.parts import charts, frame, notes, tables, words

book = frame.start("Did the returns come, are they sound, and was it worth it?")
words.lead(*pilot.answer(book))

words.heading("Which returns came, and when?")
charts.table(book, pilot.response(book), "response")

words.heading("How complete are they?")
words.say("Of the rows that needed a field, the share that had it.")
charts.table(book, book.once(("by field",), lambda: pilot.by_field(book)), "fields")
tables.folded(
    book.once(("completeness",), lambda: pilot.completeness(book)),
    "Completeness by field, agency by agency",
)

words.heading("What did the checks find?")
charts.table(book, book.once(("findings",), lambda: pilot.findings(book)), "findings")

words.heading("What can the pre-order data carry?")
words.lead(*pilot.pre_order(book))
charts.table(book, pilot.pre_order_table(book), "pre-order")

words.heading("Which breakdowns survive being protected?")
words.say(
    "The share of figures that can be shown once small numbers are hidden. A breakdown of which "
    "little can be shown may not be worth the burden of collecting it for every agency."
)
charts.table(book, pilot.survival(book, "Agency", "agencies"), "survival-agencies")
charts.table(book, pilot.survival(book, "Region", "regions"), "survival-regions")
words.heading("What do agencies say about it?")
answers = pilot.feedback(book)
if not answers:
    words.say("No agency answered the questions about the pilot in its return.")
for question, said in answers:
    tables.folded(said, question)

notes.links(("agencies/compare.py", "Compare what agencies' figures say"))
