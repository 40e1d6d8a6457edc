"""Check a return: what stops it, what to look at, the workbook handed back, its own figures."""

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from data.workbook import Unreadable
from measures.catalogue import BASES
from measures.views import checking, doubts, own
from measures.views.checking import Review
from measures.views.lease import Lease
from pages.parts import frame, tables, words

HELD, ROUND = "return being checked", "returns brought"
"""Where the session holds the return, and how many it has had; both go with the session."""
_DAYS = {BASES[0]: "Calendar days", BASES[1]: "Working days"}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def take() -> None:
    """Take in the file that was brought, and leave no copy of it with the uploader.

    An uploader's files stay with the server until the session ends, taken away or not. So each
    file is taken once, dropped there at once, and the next one gets an uploader of its own.
    """
    brought = st.session_state.get(f"brought {st.session_state[ROUND]}")
    if brought is None:
        return
    st.session_state[ROUND] += 1
    forget()
    st.session_state[HELD] = (brought.name, brought.getvalue())
    session = get_script_run_ctx()
    if session and isinstance(session.uploaded_file_mgr, MemoryUploadedFileManager):
        session.uploaded_file_mgr.remove_file(session.session_id, brought.file_id)


def held() -> Lease | None:
    """Return the return that was brought, read and checked once, in this session only."""
    st.session_state.setdefault(ROUND, 0)
    st.file_uploader(
        "A filled-in workbook (.xlsx, .xlsm) or CSV file",
        type=["xlsx", "xlsm", "csv"],
        key=f"brought {st.session_state[ROUND]}",
        on_change=take,
    )
    if isinstance(st.session_state.get(HELD), tuple):
        name, data = st.session_state.pop(HELD)
        with st.spinner("Reading and checking the return …"):
            try:
                st.session_state[HELD] = Lease(Review.of(data, name))
            except Unreadable as error:
                st.session_state[HELD] = str(error)
    found = st.session_state.get(HELD)
    if isinstance(found, str):
        words.notice("This file cannot be read.", doubts.visible(found, 1000))
        return None
    lease: Lease | None = found
    return lease


def forget() -> None:
    """Take the return away."""
    lease = st.session_state.pop(HELD, None)
    if isinstance(lease, Lease):
        lease.end()


def summary(review: Review) -> None:
    """Say whether it can be sent, and what to do first."""
    words.lead(*checking.answer(review))
    words.points(checking.points(review))


def downloads(review: Review, lease: Lease) -> None:
    """Offer the workbook with its findings in it, and the findings alone."""
    words.heading("Take it with you")
    words.say(
        "Your own workbook comes back with each doubtful cell yellow, a comment that says why, and "
        "a sheet “Findings” with a place for your explanation. Mend what is wrong, explain what is "
        "right all the same, and send that workbook: your explanations are read from it."
    )
    # A file is made when it is asked for, and no sooner.
    left, right = st.columns(2)
    left.download_button(
        "Workbook with findings",
        lease.marked_up,
        file_name=review.marked_up_name,
        mime=_XLSX,
        on_click="ignore",
    )
    right.download_button(
        "Findings as CSV",
        lease.findings_csv,
        file_name="findings.csv",
        mime="text/csv",
        on_click="ignore",
    )


def findings(review: Review) -> None:
    """Show the findings by check and row by row, filtered."""
    words.heading("What did the checks find?")
    found = review.checked.findings
    if not found:
        words.say("Nothing: every row is as it should be.")
        return
    tables.show(doubts.by_check(found))
    needed, name, of, said = st.columns(4)
    names = sorted({f.check for f in found}, key=doubts.title)
    fields = sorted({f.field for f in found if f.field}, key=lambda field: int(field[1:]))
    chosen = doubts.select(
        found,
        needed.selectbox("What it needs", ("", *doubts.NEEDS), format_func=_or_all),
        name.selectbox(
            "Check", ("", *names), format_func=lambda n: doubts.title(n) if n else "All"
        ),
        of.selectbox(
            "Field", ("", *fields), format_func=lambda f: doubts.heading(f) if f else "All"
        ),
        said.text_input("Row, contact or words"),
    )
    pages = doubts.pages(chosen)
    page = 1
    if pages > 1:
        page = int(st.number_input(f"Page of {pages:,}", min_value=1, max_value=pages, step=1))
    words.say(f"{len(chosen):,} of {len(found):,} findings.")
    if chosen:
        tables.show(doubts.by_row(chosen, page))


def _or_all(value: str) -> str:
    return value or "All"


def explanations(review: Review) -> None:
    """Show the explanations that fit no finding."""
    if review.checked.unfitting:
        words.heading("Which explanations fit no finding now?")
        words.say("The value was mended or is another now. They are kept with the return.")
        tables.show(doubts.unfitting(review.checked.unfitting))


def figures(review: Review) -> None:
    """Show the return's own figures, once they are asked for."""
    words.heading("My figures, privately")
    words.say(
        "What this return says by the headline measures, exact and with nothing hidden, beside the "
        "published figures of your region and of England. Only you see it: it is worked out in the "
        "memory of this session, and is not stored, sent or put into the address of the page. "
        "Small numbers are children somebody knows: do not pass them on."
    )
    agency = review.checked.rows.agency
    if agency is None or not review.checked.usable:
        words.say("They can be worked out once nothing stops the return as a whole.")
        return
    if st.toggle("Work out my figures"):
        basis = st.selectbox("Count in", BASES, format_func=lambda value: _DAYS[value])
        with st.spinner("Working out the figures …"):
            mine = review.own
        tables.show(own.table(mine, agency, frame.opened(), basis))


def page() -> None:
    """Show the page. In a function: a name of the script outlives the run, and a return with it."""
    frame.title("Is my return ready to be sent?")
    if not checking.allowed():
        words.lead("Returns cannot be brought to this dashboard.")
        words.say(
            "Whoever runs it has switched that off. You can check a return on your own machine: "
            "the README says how, in one command, and nothing leaves your machine then."
        )
        return
    words.say(
        "Bring the workbook that you have filled in. It is read and checked in this session only: "
        "it is not stored, logged or sent anywhere. It is forgotten when you take it away, and "
        "half an hour after you last looked at it."
    )
    if lease := held():
        review = lease.look()
        if review is None:
            words.notice("Nobody looked at the return for half an hour, so it was forgotten.")
            return
        words.say(f"Checked: {doubts.visible(review.file)}")
        st.button("Take the return away", on_click=forget)
        summary(review)
        downloads(review, lease)
        findings(review)
        explanations(review)
        figures(review)


page()
