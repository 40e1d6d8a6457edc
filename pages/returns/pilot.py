"""Pilot review: response, completeness, findings, and what survives being protected."""

from measures.views import pilot, quality
from measures.views.receipt import of_returns
from pages.parts import charts, frame, notes, words

book = frame.start("Did the returns come, are they sound, and was it worth it?")
words.lead(*pilot.answer(book))

words.heading("Which returns came, and when?")
charts.table(book, pilot.response(book), "response", of_returns(book, "Returns as they came."))

words.heading("How complete are they?")
words.say("Of the rows that needed a field, the share that had it.")
needed = of_returns(book, "Of the rows that needed a field, the share that had it.")
charts.table(book, book.once(("by field",), lambda: quality.by_field(book)), "fields", needed)
charts.table(book, quality.completeness(book), "fields-by-agency", needed, folded=True)

words.heading("What did the checks find?")
found = book.once(("findings",), lambda: quality.findings(book))
charts.table(book, found, "findings", of_returns(book, "Findings of all returns, to ten."))

words.heading("What can the pre-order data carry?")
words.lead(*pilot.pre_order(book))
before = of_returns(book, "England's figures, and the agencies whose figure is shown.")
charts.table(book, pilot.pre_order_table(book), "pre-order", before)

words.heading("Which breakdowns survive being protected?")
words.say(
    "The share of figures that can be shown once small numbers are hidden. A breakdown of which "
    "little can be shown may not be worth the burden of collecting it for every agency."
)
survived = of_returns(book, "Figures shown, of those that are not blank for want of children.")
for level, kind in (("Agency", "agencies"), ("Region", "regions")):
    charts.table(book, pilot.survival(book, level, kind), f"survival-{kind}", survived)

words.heading("What do agencies say about it?")
answers = pilot.feedback(book)
if not answers:
    words.say("No agency answered the questions about the pilot in its return.")
as_written = of_returns(book, "What agencies wrote in their returns, as they wrote it.")
for name, said in answers:
    charts.table(book, said, f"answers-{words.file_name(name)}", as_written, folded=True)

notes.links(("agencies/compare.py", "Compare what agencies' figures say"))
