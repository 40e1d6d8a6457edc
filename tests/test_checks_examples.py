"""Every check by example: what raises it, where, and the nearest thing that does not.

Each example is a small workbook, written and read. What is wrong raises what is listed and
nothing else; what is near raises nothing, but for what `leaves` lists.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from data.checks.order import PAIRS
from data.checks.run import CHECKS
from data.findings import Finding
from data.submission import Value, as_text
from data.tables import FIELDS, Field, Kind
from tests.small_returns import CONTACT, HEADINGS, PRE_ORDER, Return, Row, contact, day, pre_order

QUERY, ERROR = "query", "error"
Raised = tuple[str, int | None, str | None, str, str | None]
"""A finding's check, row, field, level, and value as submitted."""


@dataclass
class Example:
    raises: Sequence[Raised]
    wrong: Return
    near: Sequence[Return]
    leaves: Sequence[str] = ()

    def __str__(self) -> str:
        check, row, field, *_ = self.raises[0]
        return f"{check}-{field or row or 'return'}"


def told(findings: Sequence[Finding]) -> list[Raised]:
    return sorted(
        ((f.check, f.row, f.field, f.level.value, f.value) for f in findings),
        key=lambda raised: [str(part) for part in raised],
    )


def one(  # noqa: PLR0913
    check: str,
    field: str | None,
    wrong: Row,
    *near: Row,
    level: str = QUERY,
    also: Sequence[tuple[str, str]] = (),
    leaves: Sequence[str] = (),
) -> Example:
    """Return an example of one row, on which `also` says what else its change raises."""
    raised = [(check, field, level), *((*other, QUERY) for other in also)]
    return Example(
        [(c, 2, f, lvl, as_text(wrong.get(f or ""))) for c, f, lvl in raised],
        Return([wrong]),
        [Return([row]) for row in near],
        leaves,
    )


# The steps of a contact after the allocation, blank.
BARE: dict[str, Value] = {"C12": None, "C13": None, "C14": None}
OLD = {"C11": 20240301, "C12": 20240302}
NO_CONTACT: dict[str, Value] = {**BARE, "C11": None, "C16": None}

MISSING = (
    one("missing", "C2", contact(C2=None), contact(C2=" a "), level=ERROR),
    one("missing", "C3", contact(C3=None), contact(C3="0"), level=ERROR),
    *(one("missing", name, contact(**{name: None}), contact()) for name in ("C1", "C5", "C6")),
    one("missing", "C4", contact(C4=None), contact(C4="01/01/2015")),
    one("missing", "C7", pre_order(C7=None), pre_order(C7=0)),
    one(
        "no_stage_date",
        "C11",
        pre_order(C8=None, C9=None),
        pre_order(C8=20250405, C9=None),
        contact(**NO_CONTACT, C10=20250401),
        level=ERROR,
    ),
    one("missing", "C10", contact(C10=None), pre_order(C10=None)),
    one("missing", "C11", contact(**{**NO_CONTACT, "C12": 20250420}), contact()),
    one("missing", "C11", contact(**{**NO_CONTACT, "C13": 20250420}), contact()),
    one("missing", "C11", contact(**{**NO_CONTACT, "C10": 20250401, "C16": "0"}), contact()),
    one("missing", "C13", contact(C13=None), contact(C13=None, C14=None)),
    one(
        "missing",
        "C14",
        contact(C14=None, C15=20250701),
        contact(C14=None),
        pre_order(C15=20250701),
    ),
    one("missing", "C16", contact(C16=None), pre_order(C16=None)),
    one("missing", "C8", pre_order(C8=None), pre_order(C8=20250301)),
    one(
        "missing",
        "C17",
        pre_order(C10=20250930),
        pre_order(C10=20250930, C17=20250930),
        pre_order(),
    ),
)

ORDER = (
    one("placed_before_match", "C9", pre_order(C9=20250404), pre_order(C9=20250405)),
    one(
        "order_before_placement",
        "C10",
        pre_order(C10=20250505),
        pre_order(C10=20250506, C17=20250506),
        also=[("missing", "C17")],
    ),
    one("contact_before_order", "C10", contact(C10=20250411), contact(C10=20250410)),
    one("allocated_before_contact", "C12", contact(C12=20250409), contact(C12=20250410)),
    one(
        "assessed_before_contact",
        "C13",
        contact(C12=None, C13=20250409),
        contact(C12=None, C13=20250410),
    ),
    one("assessed_before_allocation", "C13", contact(C13=20250419), contact(C13=20250420)),
    one("completed_before_started", "C14", contact(C14=20250430), contact(C14=20250501)),
    one("reviewed_before_completed", "C15", contact(C15=20250531), contact(C15=20250601)),
    *(
        one("closed_before_earlier_stage", "C17", contact(**changes), contact(**near))
        for changes, near in (
            ({"C17": 20250531}, {"C17": 20250601}),
            ({"C14": None, "C17": 20250430}, {"C14": None, "C17": 20250501}),
            ({**BARE, "C17": 20250409}, {**BARE, "C17": 20250410}),
            ({"C15": 20250701, "C17": 20250630}, {"C15": 20250701, "C17": 20250701}),
        )
    ),
    one("closed_before_earlier_stage", "C17", pre_order(C17=20250505), pre_order(C17=20250506)),
    # Several contradictions that share one date are told once, at that date.
    one("dates_out_of_order", "C11", contact(C11=20250502), contact(C11=20250420)),
    one("dates_out_of_order", "C13", contact(C13=20250409), contact(C13=20250420)),
    one(
        "dates_out_of_order",
        "C9",
        pre_order(C10=20250505, C17=20250505),
        pre_order(C10=20250506, C17=20250506),
    ),
)

BIRTH = (
    # Born after the order and the contact: the date of birth is what is odd.
    one("before_birth", "C4", contact(C4=20250411), contact(C4=20190601), level=ERROR),
    one("before_birth", "C4", pre_order(C4=20250406), pre_order(C4=20250405), level=ERROR),
    one("before_birth", "C10", contact(C10=20141231), contact(C10=20150101)),
    # Two dates are odd, neither a match nor a contact.
    one(
        "before_birth",
        "C4",
        contact(**{**BARE, "C10": 20141230, "C12": 20141231}),
        contact(),
        also=[("allocated_before_contact", "C12")],
    ),
    one(
        "before_birth",
        "C12",
        contact(**{**BARE, "C12": 20141231}),
        contact(**{**BARE, "C12": 20150101}),
        leaves=["allocated_before_contact"],
    ),
    one(
        "before_birth",
        "C11",
        contact(**BARE, C11=20141231),
        contact(**BARE, C11=20190601),
        level=ERROR,
    ),
    # So far from the placement that the date of birth is not what is odd.
    one(
        "before_birth",
        "C8",
        pre_order(C8=20141231),
        pre_order(C8=20250405),
        level=ERROR,
        also=[("long_step", "C8")],
    ),
    # The 26th birthday itself is too late, the day before it is not.
    one("over_25", "C4", contact(C4=19990410), contact(C4=19990411)),
    one("over_25", "C4", pre_order(C4=19990405), pre_order(C4=19990406)),
)

PERIOD = (
    one("after_received", "C17", contact(C17=20251202), contact(C17=20251201)),
    one("after_received", "C4", contact(C4=20251202), contact(C4=20190601)),
    one("after_received", "C11", contact(**BARE, C11=20251202), contact(**BARE, C11=20250930)),
    one(
        "after_period",
        "C8",
        pre_order(C8=20251001, C9=None),
        pre_order(C8=20250930, C9=None),
    ),
    one("after_period", "C9", pre_order(C9=20251001), pre_order(C9=20250930)),
    one("after_period", "C10", pre_order(C10=20251001), pre_order(C10=20250930, C17=20250930)),
    one(
        "after_period",
        "C11",
        contact(**BARE, C10=20250601, C11=20251001),
        contact(**BARE, C10=20250601, C11=20250930),
    ),
    one(
        "pre_order_stage_after_old_order",
        "C8",
        contact(C8=20190101),
        contact(C8=20250301, C9=20250302, C10=20250401),
    ),
    one(
        "pre_order_stage_after_old_order",
        "C9",
        contact(C9=20250302, C10=20250331),
        contact(C9=20250302, C10=20250401),
        leaves=["missing"],
    ),
    one(
        "outside_cohort",
        "C17",
        contact(**BARE, C11=20240301, C17=20250331),
        contact(**BARE, C11=20240301, C17=20250401),
        contact(**BARE, C11=20240301),
    ),
    one(
        "outside_cohort",
        None,
        contact(**NO_CONTACT, C10=20250331),
        contact(**NO_CONTACT, C10=20250401),
        contact(**NO_CONTACT, C10=20250930),
        pre_order(C8=20241001, C9=20241001),
    ),
)

CASES = (
    *(
        one("long_step", first, row(**dates, **{second: late}), row(**dates, **{second: on_time}))
        for row, first, second, dates, on_time, late in (
            (contact, "C11", "C12", {"C11": 20230420}, 20250420, 20250421),
            (contact, "C12", "C13", {"C11": 20230501, "C12": 20230501}, 20250501, 20250502),
            (
                contact,
                "C13",
                "C14",
                {"C11": 20230601, "C12": 20230601, "C13": 20230601},
                20250601,
                20250602,
            ),
            (pre_order, "C8", "C9", {"C8": 20230506}, 20250506, 20250507),
        )
    ),
    one(
        "long_step",
        "C9",
        pre_order(C8=20230506, C9=20230506, C10=20250507, C17=20250507),
        pre_order(C8=20230506, C9=20230506, C10=20250506, C17=20250506),
    ),
    one(
        "closed_not_on_order_date",
        "C17",
        pre_order(C10=20250601, C17=20250602),
        pre_order(C10=20250601, C17=20250601),
        contact(C17=20250602),
    ),
    one(
        "old_assessment",
        "C13",
        contact(**OLD, C13=20240331, C14=20240420, C17=20250930),
        contact(**OLD, C13=20240401, C14=20240420, C17=20250930),
        contact(**OLD, C13=20240331, C14=20240420, C15=20250401, C17=20251001),
    ),
    one(
        "review_missing",
        "C15",
        contact(**OLD, C13=20240303, C14=20240929),
        contact(**OLD, C13=20240303, C14=20240930),
        contact(**OLD, C13=20240303, C14=20240929, C15=20250101),
        contact(**OLD, C13=20240401, C14=20240929, C17=20250930),
    ),
)

# Two contacts of one child, the first over when the second begins.
FIRST = contact(**BARE, C17=20250420)
SECOND = contact(**BARE, C3="K1-2", C11=20250420)
LATER = contact(**BARE, C11=20250501, C17=20250501)


def pair(
    check: str, raised: Sequence[tuple[int, str, str]], rows: Sequence[Row], *near: Sequence[Row]
) -> Example:
    """Return an example of several rows; each finding is its row, field and level."""
    return Example(
        [(check, n, f, level, as_text(rows[n - 2].get(f))) for n, f, level in raised],
        Return(rows),
        [Return(each) for each in near],
    )


ACROSS_ROWS = (
    pair(
        "duplicate_contact",
        [(2, "C3", QUERY), (3, "C3", ERROR), (4, "C3", ERROR)],
        [contact(), contact(C2="A2", C3=" K1 "), pre_order(C2="A3")],
        [contact(), contact(C2="A2", C3="K11")],
    ),
    *(
        pair(
            "conflicting_child",
            [(2, name, QUERY), (3, name, QUERY)],
            [FIRST, {**SECOND, name: other}],
            [FIRST, SECOND],
            [FIRST, {**SECOND, name: same}],
            [FIRST, {**SECOND, "C2": "A2", "C3": "K2", name: other}],
        )
        for name, other, same in (
            ("C4", date(2015, 1, 2), "01/01/2015"),
            ("C5", "2", 1.0),
            ("C6", "WIRI", "wbri "),
            ("C7", 1, 0),
        )
    ),
    pair(
        "suffix_out_of_order",
        [(3, "C3", QUERY)],
        [LATER, {**SECOND, "C11": date(2025, 4, 30), "C17": "30/04/2025"}],
        [LATER, {**SECOND, "C11": date(2025, 5, 1)}],
        [LATER, {**SECOND, "C3": "K2-2", "C11": date(2025, 4, 30), "C17": "30/04/2025"}],
        [LATER, {**SECOND, "C3": "K1-02", "C11": date(2025, 4, 30), "C17": "30/04/2025"}],
    ),
    pair(
        "two_open_contacts",
        [(3, "C11", QUERY)],
        [FIRST, {**SECOND, "C11": date(2025, 4, 19)}],
        [FIRST, SECOND],
        [FIRST, {**SECOND, "C2": "A2", "C3": "K2", "C11": date(2025, 4, 19)}],
    ),
    # The second is still open when the third begins, though the first is over by then.
    pair(
        "two_open_contacts",
        [(3, "C11", QUERY), (4, "C11", QUERY)],
        [
            FIRST,
            {**SECOND, "C11": date(2025, 4, 19)},
            {**SECOND, "C3": "K1-3", "C11": date(2025, 5, 1)},
        ],
        [FIRST, SECOND],
    ),
    pair(
        "authority_of_other_agency", [(2, "C1", QUERY)], [contact(C1="331")], [contact(C1=" 330 ")]
    ),
    Example(
        [
            ("cumbria_and_successors", 3, "C1", QUERY, "909"),
            ("superseded_authority", 3, "C1", QUERY, "909"),
            ("superseded_authority", 4, "C1", QUERY, "909"),
            ("authority_of_other_agency", 2, "C1", QUERY, "943"),
        ],
        Return(
            [
                contact(C1="943"),
                contact(C1=909, C2="A2", C3="K2"),
                contact(C1="909", C2="A3", C3="K3"),
            ]
        ),
        [Return([contact(C1="909")])],
        ["superseded_authority"],
    ),
    *(
        pair("superseded_authority", [(2, "C1", QUERY)], [contact(C1=code)], [contact()])
        for code in ("213b", "835", "837", "909", 928)
    ),
)


def whole(  # noqa: PLR0913
    check: str,
    wrong: Return,
    *near: Return,
    field: str | None = None,
    level: str = QUERY,
    value: str | None = None,
    leaves: Sequence[str] = (),
) -> Example:
    return Example([(check, None, field, level, value)], wrong, near, leaves)


ROW = [contact()]
THREE = [contact(C2=f"A{n}", C3=f"K{n}") for n in range(3)]
AGREEMENTS: dict[str, Value] = {"Direct": 1, "Indirect": 2, "Virtual": 3}
WHOLE_RETURN = (
    whole("unknown_agency", Return(ROW, agency=None), Return(ROW), level=ERROR),
    whole(
        "unknown_agency",
        Return(ROW, agency="Adopt Nowhere"),
        Return(ROW, agency=" adopt  BIRMINGHAM "),
        level=ERROR,
        value="Adopt Nowhere",
    ),
    whole("missing_email", Return(ROW, email=None), Return(ROW)),
    whole("missing_email", Return(ROW, email="to follow"), Return(ROW), value="to follow"),
    whole(
        "missing_agreements",
        Return(ROW, agreements={**AGREEMENTS, "Indirect": None}),
        Return(ROW, agreements={**AGREEMENTS, "Indirect": 0}),
        field="C0",
    ),
    whole(
        "missing_agreements",
        Return(ROW, agreements={**AGREEMENTS, "Virtual": "about 12"}),
        Return(ROW, agreements={**AGREEMENTS, "Virtual": "1,012"}),
        field="C0",
        value="about 12",
    ),
    *(
        whole(
            "column_absent",
            Return(
                [contact(C8=None), pre_order(C2="A2", C3="K2")],
                columns=[each for each in HEADINGS if each != name],
            ),
            Return([contact()], columns=[*reversed(HEADINGS)]),
            field=name,
            level=ERROR,
        )
        for name in HEADINGS
    ),
    whole(
        "column_twice",
        Return(ROW, columns=[*HEADINGS, "C6"]),
        Return(ROW, columns=[*HEADINGS]),
        field="C6",
        level=ERROR,
    ),
    whole(
        "unknown_column",
        Return(ROW, columns=[*HEADINGS, "C18 Notes"]),
        Return(ROW, columns=[*HEADINGS, "Explanation (if any)"]),
    ),
    whole("unread_sheet", Return(ROW, second_sheet=True), Return(ROW)),
    Example(
        [("blank_row", 3, None, QUERY, None), ("missing", 4, "C7", QUERY, None)],
        Return([contact(), None, contact(C2="A2", C3="K2", C7=None)]),
        [Return([contact(), contact(C2="A2", C3="K2"), None, None])],
    ),
    whole(
        "row_count", Return(THREE, previous_rows=7), Return(THREE, previous_rows=6), Return(THREE)
    ),
    whole("row_count", Return(THREE, previous_rows=1), Return(THREE[:2], previous_rows=1)),
)


def base(field: Field) -> Row:
    return PRE_ORDER if field.name in {"C8", "C9"} else {**CONTACT, "C15": day(20250701)}


def with_(field: Field, value: Value) -> Row:
    return {**base(field), field.name: value}


def derived() -> list[Example]:
    """Return what the declarations of the fields alone ask of every field."""
    found = []
    for field in FIELDS:
        good = with_(field, base(field).get(field.name) or day(20250801))
        value = good[field.name]
        if field.kind is Kind.DATE:
            assert isinstance(value, date)
            level = ERROR if field.name in {"C8", "C9", "C10", "C11"} else QUERY
            odd: tuple[Value, ...] = (
                "mid June", "06/25/2025", "31/02/2025", "01/04/25", "2025-02-30", "1 April 2025",
                True, 0.5, 0, -3, 9_999_999, 1e300, "#N/A!", "31/12/1899", "01/01/2101", "45,000",
            )  # fmt: skip
            texts = [value.strftime("%d/%m/%Y"), f" {value.day}/{value.month}/{value.year} "]
            near = [with_(field, text) for text in texts]
            found += [
                one("not_a_date", field.name, with_(field, each), *near, level=level)
                for each in odd
            ]
            serial = (value - date(1899, 12, 30)).days
            found += [
                one("serial_number", field.name, with_(field, serial), good),
                one("serial_number", field.name, with_(field, f"{serial}"), good),
                one("iso_date", field.name, with_(field, f"{value} 00:00:00"), good),
                one("iso_date", field.name, with_(field, f"{value}"), good),
            ]
        if field.codes:
            codes = [with_(field, f" {str(value).lower()} ")]
            codes += [with_(field, float(str(value)))] if str(value).isdigit() else []
            found += [
                one("unknown_code", field.name, with_(field, each), *codes)
                for each in ("?", "99", True, day(20250401), 1.5, "😀", "WBRI,", "702")
            ]
        level = ERROR if field.name in {"C2", "C3"} else QUERY
        found.append(one("excel_error", field.name, with_(field, "#N/A"), good, level=level))
        found.append(one("excel_error", field.name, with_(field, "#REF!"), good, level=level))
    return found


DERIVED = derived()
ACROSS_FIELDS = (*MISSING, *ORDER, *BIRTH, *PERIOD, *CASES)
EXAMPLES = (*ACROSS_FIELDS, *ACROSS_ROWS, *WHOLE_RETURN, *DERIVED)


@pytest.mark.parametrize("example", EXAMPLES, ids=map(str, EXAMPLES))
def test_what_raises_it_and_what_does_not(example: Example, tmp_path: Path) -> None:
    checked = example.wrong.checked(tmp_path)
    assert told(checked.findings) == sorted(
        example.raises, key=lambda raised: [str(part) for part in raised]
    )
    for near in example.near:
        found = near.checked(tmp_path).findings
        assert {f.check for f in found} <= set(example.leaves), told(found)


def test_every_check_has_an_example() -> None:
    shown = {raised[0] for example in EXAMPLES for raised in example.raises if example.near}
    assert shown == {check.name for check in CHECKS}
    assert len({check.name for check in CHECKS}) == len(CHECKS)


def test_every_contradiction_of_the_order_has_an_example() -> None:
    shown = {raised[0] for example in ORDER for raised in example.raises}
    assert {check.name for *_, check in PAIRS} <= shown
