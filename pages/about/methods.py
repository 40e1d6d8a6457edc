"""Definitions and methods, printed from the declarations that the program obeys."""

from measures.catalogue import MEASURES
from measures.views import methods
from pages.parts import frame, notes, tables, words

book = frame.start("How are these figures defined and protected?")
words.lead("Every figure is ", "protected before it is published", ", by one set of rules.")

words.heading("What does c mean?")
words.say(methods.confidential(book))

words.heading("The rules of protection")
words.points((rule, "", "") for rule in methods.policy(book))

words.heading("The measures")
words.say("Open a measure to read its definition, its method and what to take care of.")
for measure in MEASURES:
    notes.definition(measure.id)

words.heading("How each edge case is treated")
tables.facts(methods.EDGES)

words.heading("The breakdowns")
tables.facts(methods.breakdowns())

words.heading("The fields of the return")
tables.facts(methods.fields(book.release.round))
