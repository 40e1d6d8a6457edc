"""The checks across the rows of a return: its children, its contacts, its authorities."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np

from data.checks.check import Check, Hit
from data.checks.dates import EXPLAIN
from data.checks.rows import Rows
from data.geography import authorities
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
    "Three years after the order the family's home authority is right: then please leave it and "
    "say so. Otherwise please mend it.",
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
            why = f"C3 {contact} is already on row {_row(rows, first[contact])}"
            yield Hit(DUPLICATE, Level.ERROR, index, "C3", why)
        elif contact in twice:
            first[contact] = index
            why = f"C3 {contact} is also on a later row"
            yield Hit(DUPLICATE, Level.QUERY, index, "C3", why)


def _by_child(rows: Rows) -> dict[str, list[int]]:
    """Return the row indices of every child that has more than one row."""
    children = rows.texts["C2"].tolist()
    several = {child for child, n in Counter(children).items() if n > 1 and child}
    found: defaultdict[str, list[int]] = defaultdict(list)
    for index, child in enumerate(children):
        if child in several:
            found[child].append(index)
    return found


def across_a_child(rows: Rows) -> Iterator[Hit]:
    """Yield conflicts between the rows of one child."""
    for child, indices in _by_child(rows).items():
        for name in ("C4", "C5", "C6", "C7"):
            column = rows.dates[name] if name in rows.dates else rows.texts[name]
            known = {str(column[i]) for i in indices} - {"None", "NaT"}
            if len(known) > 1:
                why = f"Child {child} has {len(known)} different values of {BY_NAME[name].heading}"
                yield from (Hit(CONFLICTING, Level.QUERY, i, name, why) for i in indices)
        dated = [i for i in indices if not np.isnat(rows.sure("C11")[i])]
        yield from _suffixes(rows, dated)
        yield from _open_at_once(rows, dated)


def _suffixes(rows: Rows, dated: list[int]) -> Iterator[Hit]:
    latest: dict[str, int] = {}
    numbered = [(*contact_number(rows.texts["C3"][i]), i) for i in dated if rows.texts["C3"][i]]
    for base, _, i in sorted(numbered):
        before = latest.get(base)
        if before is not None and rows.dates["C11"][i] < rows.dates["C11"][before]:
            why = (
                f"C3 says this contact is later than that of row {_row(rows, before)}, C11 earlier"
            )
            yield Hit(SUFFIX, Level.QUERY, i, "C3", why)
        else:
            latest[base] = i


def _open_at_once(rows: Rows, dated: list[int]) -> Iterator[Hit]:
    contact, closed = rows.dates["C11"], rows.sure("C17")
    in_order = sorted(dated, key=lambda i: (contact[i], _row(rows, i)))
    still_open: int | None = None
    for later in in_order:
        if still_open is not None and (
            rows.blank["C17"][still_open] or closed[still_open] > contact[later]
        ):
            # The same contact given twice has been told as a duplicate.
            if rows.texts["C3"][still_open] != rows.texts["C3"][later]:
                row = _row(rows, still_open)
                why = f"The contact of row {row} was still open when this one began"
                yield Hit(TWO_OPEN, Level.QUERY, later, "C11", why)
            if rows.blank["C17"][still_open] or not closed[later] > closed[still_open]:
                continue
        still_open = later


def local_authorities(rows: Rows) -> Iterator[Hit]:
    """Yield authorities that belong to another agency, and Cumbria beside its successors."""
    known = authorities()
    own = {code for code, authority in known.items() if authority.agency == rows.agency}
    codes = rows.texts["C1"].tolist()
    for index, code in enumerate(codes):
        # A superseded code has been told already, and its successors' agency is what counts.
        if rows.agency and own and code and code not in own and not known[code].successors:
            belongs = known[code].agency or "no regional agency"
            why = f"{code} ({known[code].name}) belongs to {belongs}, not to {rows.agency}"
            yield Hit(OTHER_AGENCY, Level.QUERY, index, "C1", why)
    used = set(codes)
    for old, authority in known.items():
        if old == "909" and old in used and used & set(authority.successors):
            why = "909 (Cumbria) is used beside its successors in this return"
            yield Hit(CUMBRIA, Level.QUERY, codes.index(old), "C1", why)
