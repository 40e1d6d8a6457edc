"""Privacy: what is kept of children, and of readers."""

from pages.parts import frame, words

frame.title("What happens to personal data?")
words.lead("No page can reach a child's record: ", "there is none in what the pages read", ".")
words.heading("Children")
words.points(
    (item, "", "")
    for item in (
        "Returns are kept in a restricted store that this dashboard cannot open.",
        "A release holds figures only. Small numbers are hidden before it is written, and the "
        "release is attacked before it is published: if a hidden number can be worked out, it is "
        "refused.",
        "No choice on any page adds anything up anew. Every figure is picked from the release.",
    )
)
words.heading("Returns brought to be checked")
words.points(
    (item, "", "")
    for item in (
        "A return brought to the page “Check a return” is read in the memory of your session only. "
        "It is not stored, logged or sent anywhere, and nobody else's page can reach it.",
        "It is forgotten when you take it away or bring another one, and half an hour after your "
        "last look at it.",
        "The figures worked out from it are shown to you alone and are never published from there.",
    )
)
words.heading("Readers")
words.points(
    (item, "", "")
    for item in (
        "No cookie is set to follow you and no statistics of use are sent anywhere.",
        "Nothing on a page is fetched from another site.",
        "Your choices are in the address of the page, so that you can share it. They name places "
        "and measures, never a person.",
        "Files that you download stay with you.",
    )
)
