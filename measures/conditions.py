"""The conditions that measures count, each named once, in SQL over the rows of `measures.facts`.

Dates after the end of the period are blank there ("not yet happened"), `starts`, `ends` are the
first and last day of the period, `year_ago` the day twelve months before the last; C16 is true or
false, `again` says that the child has an earlier contact.
"""

IN_PERIOD = "BETWEEN starts AND ends"

CONDITIONS = {
    "child": "characterises",
    "received": f"C11 {IN_PERIOD}",
    "open_at_end": "C11 IS NOT NULL AND C17 IS NULL",
    "closed": f"C11 IS NOT NULL AND C17 {IN_PERIOD}",
    "waiting": "C11 IS NOT NULL AND C17 IS NULL AND C12 IS NULL",
    "matched": f"C8 {IN_PERIOD}",
    "placed": f"C9 {IN_PERIOD}",
    "ordered": f"(C8 IS NOT NULL OR C9 IS NOT NULL) AND C10 {IN_PERIOD}",
    "active_referral_known": "C11 IS NOT NULL AND (C17 IS NULL OR C17 >= starts) "
    "AND C16 IS NOT NULL",
    "referred": "C11 IS NOT NULL AND (C17 IS NULL OR C17 >= starts) AND C16",
    "allocated": f"C11 {IN_PERIOD} AND C12 IS NOT NULL",
    "assessed": f"C11 {IN_PERIOD} AND C13 IS NOT NULL",
    "repeated": f"C11 {IN_PERIOD} AND again",
    "review_due": "C11 IS NOT NULL AND C17 IS NULL AND C14 <= year_ago",
    "reviewed": "C11 IS NOT NULL AND C17 IS NULL AND C14 <= year_ago AND C15 > year_ago",
}


def duration(start: str, end: str, contacts_only: bool) -> str:
    """Return the condition that a row has the duration from one field to another."""
    contact = " AND C11 IS NOT NULL" if contacts_only else ""
    return f"{end} {IN_PERIOD} AND {start} <= {end}{contact}"


def waiting(start: str, end: str) -> str:
    """Return the condition that a contact had started and not finished when the period ended."""
    return f"C11 IS NOT NULL AND C17 IS NULL AND {start} IS NOT NULL AND {end} IS NULL"
