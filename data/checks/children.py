"""The checks across the rows of a return: its children, its contacts, its authorities."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from data.checks.check import Check, Hit
from data.checks.dates import EXPLAIN
from data.checks.rows import Rows
from data.checks.values import quoted
from data.geography import Authority, authorities
from data.tables import BY_NAME, Level

DUPLICATE = Check(
    "duplicate_contact",
    "Two rows share a contact identifier",
    "Please give each contact its own C3, or take out the row that is there twice.",
)
CONFLICTING = Check(
    "conflicting_child",
    "One child with two different values",
    "Please give the same value on all the child's rows, or explain.",
)
SUFFIX = Check("suffix_out_of_order", "C3's number contradicts the order of the contacts", EXPLAIN)
TWO_OPEN = Check("two_open_contacts", "Two contacts of a child open at once", EXPLAIN)
OTHER_AGENCY = Check(
    "authority_of_other_agency",
    "Local authority of another agency",
    "Please mend it, or leave it and say so where three years have passed since the order: then "
    "the family's home authority is right.",
)
CUMBRIA = Check(
    "cumbria_and_successors",
    "Cumbria used beside its successors",
    "Please use 942 or 943 throughout.",
)
CHECKS = (DUPLICATE, CONFLICTING, SUFFIX, TWO_OPEN, OTHER_AGENCY, CUMBRIA)

# The guidance's "-X": the number of the contact, without leading zeros.
_SUFFIX = re.compile(r"(.+)-([1-9]\d?)\Z")


def contact_number(contact: str) -> tuple[str, int]:
    """Return the base of a contact identifier and its number: K1-2 is K1's second."""
    found = _SUFFIX.match(contact)
    return (found[1], int(found[2])) if found else (contact, 1)


def _row(rows: Rows, index: int) -> int:
    return rows.submission.rows[index]


def duplicates(rows: Rows) -> Iterator[Hit]:
    """Yield rows that share C3: a query on the first, an error on each later one."""
    contacts = rows.texts["C3"].tolist()
    twice = {contact for contact, n in Counter(contacts).items() if n > 1 and contact}
    first: dict[str, int] = {}
    for index, contact in enumerate(contacts):
        if contact in first:
            why = f"C3 {quoted(contact)} is already on row {_row(rows, first[contact])}"
            yield Hit(DUPLICATE, Level.ERROR, index, "C3", why)
        elif contact in twice:
            first[contact] = index
            why = f"C3 {quoted(contact)} is also on a later row"
            yield Hit(DUPLICATE, Level.QUERY, index, "C3", why)


def conflicts(rows: Rows) -> Iterator[Hit]:
    """Yield, on each row of a child, a characteristic that its rows do not agree on."""
    for name in ("C4", "C5", "C6", "C7"):
        # A date of birth that has been told already is not held against the child's other rows.
        column = rows.sure(name).tolist() if name in rows.dates else rows.texts[name].tolist()
        for indices in rows.children:
            known = [i for i in indices if column[i] is not None]
            values = len({column[i] for i in known})
            if values > 1:
                child = quoted(rows.texts["C2"][known[0]])
                why = f"Child {child} has {values} different values of {BY_NAME[name].heading}"
                yield from (Hit(CONFLICTING, Level.QUERY, i, name, why) for i in known)


def across_contacts(rows: Rows) -> Iterator[Hit]:
    """Yield contacts of one child that contradict each other: their numbers, two open at once."""
    began, ended = rows.sure("C11").tolist(), rows.sure("C17").tolist()
    still_open = rows.blank["C17"].tolist()
    contacts = rows.texts["C3"].tolist()
    for indices in rows.children:
        dated = sorted((i for i in indices if began[i] is not None), key=lambda i: (began[i], i))
        if len(dated) > 1:
            yield from _suffixes(rows, [i for i in dated if contacts[i]], began, contacts)
            if not rows.absent("C17"):
                until = {i: date.max if still_open[i] else ended[i] for i in dated}
                yield from _open_at_once(rows, dated, began, until)


def _suffixes(
    rows: Rows, dated: list[int], began: list[date], contacts: list[str]
) -> Iterator[Hit]:
    latest: dict[str, tuple[int, int]] = {}
    for base, number, i in sorted((*contact_number(contacts[i]), i) for i in dated):
        lower, before = latest.get(base, (number, i))
        if lower < number and began[i] < began[before]:
            row = _row(rows, before)
            why = f"C3 says this contact is later than that of row {row}, C11 earlier"
            yield Hit(SUFFIX, Level.QUERY, i, "C3", why)
        else:
            latest[base] = (number, i)


def _open_at_once(
    rows: Rows, dated: list[int], began: list[date], until: dict[int, date | None]
) -> Iterator[Hit]:
    """Yield each contact that began while an earlier one was open; `until` is None if unknown."""
    longest: int | None = None
    for later in dated:
        open_until = until[longest] if longest is not None else None
        if longest is not None and open_until is not None and open_until > began[later]:
            # The same contact given twice has been told as a duplicate.
            if rows.texts["C3"][longest] != rows.texts["C3"][later]:
                why = f"The contact of row {_row(rows, longest)} was still open when this one began"
                yield Hit(TWO_OPEN, Level.QUERY, later, "C11", why)
            if (until[later] or date.min) <= open_until:
                continue
        if until[later] is not None:
            longest = later


def local_authorities(rows: Rows) -> Iterator[Hit]:
    """Yield authorities that belong to another agency, and Cumbria beside its successors."""
    known = authorities()
    own = {code for code, authority in known.items() if authority.agency == rows.agency}
    codes = rows.texts["C1"].tolist()
    # A superseded code has been told already, and its successors' agency is what counts.
    others = {code for code in set(codes) - {None} - own if not known[code].successors}
    if rows.agency and own:
        why = {code: f"{_belongs(known[code])}, not to {rows.agency}" for code in others}
        for index, code in enumerate(codes):
            if code in others:
                yield Hit(OTHER_AGENCY, Level.QUERY, index, "C1", why[code])
    if "909" in codes and not set(known["909"].successors).isdisjoint(codes):
        why_cumbria = "909 (Cumbria) is used beside its successors in this return"
        yield Hit(CUMBRIA, Level.QUERY, codes.index("909"), "C1", why_cumbria)


def _belongs(authority: Authority) -> str:
    agency = authority.agency or "no regional agency that is known here"
    return f"{authority.code} ({authority.name}) belongs to {agency}"
