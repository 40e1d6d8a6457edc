"""Run every check on a return: the one place that the checker and the loader share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np

from data.checks import cases, children, columns, dates, missing, order, returns
from data.checks.check import Check, Hit
from data.checks.rows import Mask, Rows, Texts
from data.explanations import Explanation, Source, answered
from data.feedback import Feedback
from data.findings import Finding
from data.rounds import PILOT, Round, recognise
from data.submission import Submission, as_text
from data.tables import Level

CHECKS: tuple[Check, ...] = (
    *returns.CHECKS,
    *columns.CHECKS,
    *missing.CHECKS,
    *children.CHECKS,
    *dates.CHECKS,
    *order.CHECKS,
    *cases.CHECKS,
)


@dataclass(frozen=True)
class Checked:
    """A return with its findings. `used` says row by row whether no finding on it is an error.

    A return that is not `usable` has an error on the whole of it, and no used row. `unfitting` of
    the `explanations` that came with it those that fit no finding (any more).
    """

    rows: Rows
    findings: tuple[Finding, ...]
    used: Mask
    explanations: tuple[Explanation, ...] = ()
    unfitting: tuple[Explanation, ...] = ()

    @property
    def usable(self) -> bool:
        """Return whether no error is on the return as a whole."""
        return not any(f.level is Level.ERROR and f.row is None for f in self.findings)

    @property
    def needs_attention(self) -> bool:
        """Return whether any finding is an error."""
        return any(f.level is Level.ERROR for f in self.findings)

    @property
    def covers_pre_order(self) -> bool:
        """Return whether the return has any row of a child before the order."""
        return bool(self.rows.given("C8", "C9").any())

    @property
    def confirms_no_pre_order(self) -> bool:
        """Return whether the agency confirms that it has none."""
        return Feedback(self.rows.submission.answers).confirms_no_pre_order


def check(
    submission: Submission,
    round_: Round | None = None,
    received: date | None = None,
    previous_rows: int | None = None,
    earlier: Sequence[Explanation] = (),
) -> Checked:
    """Return the findings of every check, in the order of the workbook.

    `round_` is recognised from the Instructions sheet if not given, else the pilot; `received` is
    today if not given; `previous_rows` counts the agency's return of the round before, and
    `earlier` is what its explanations were. A check that raises is not caught: the load stops.
    """
    round_ = round_ or recognise(submission.period) or PILOT
    day = received or datetime.now(tz=UTC).date()
    agency = returns.known_agency(submission, round_.agencies)
    rows = Rows(submission, round_, np.datetime64(day), agency)
    hits = list(_hits(rows, previous_rows))
    contacts = rows.texts["C3"]
    findings = [_finding(hit, rows, contacts) for hit in hits]
    place = {field.name: n for n, field in enumerate(round_.fields)}
    findings.sort(key=lambda f: (f.row or 0, place.get(f.field or "", -1), f.check))
    used = np.ones(len(rows), np.bool_)
    used[[hit.index for hit in hits if hit.level is Level.ERROR and hit.index is not None]] = False
    given = (*submission.explanations, *_beside_rows(submission, contacts))
    result = answered(findings, (*given, *earlier))
    checked = Checked(rows, result.findings, used, given, result.unfitting)
    used &= checked.usable
    return checked


def _hits(rows: Rows, previous_rows: int | None) -> Iterator[Hit]:
    yield from returns.sender(rows)
    yield from returns.columns(rows)
    yield from returns.row_count(rows, previous_rows)
    yield from columns.read(rows)  # first of those on rows: it types what the rest compare
    yield from columns.superseded(rows)
    yield from missing.needed(rows)
    yield from missing.unclosed(rows)
    yield from missing.undated(rows)
    yield from children.duplicates(rows)
    yield from dates.after_received(rows)  # doubts dates, which the later checks then leave
    yield from dates.long_steps(rows)
    yield from dates.before_birth(rows)  # doubts dates too
    yield from dates.age(rows)
    yield from dates.after_period(rows)
    yield from dates.stage_after_old_order(rows)
    yield from order.stages(rows)  # doubts the dates it names
    yield from cases.closed_not_on_order(rows)
    yield from cases.old_assessment(rows)
    yield from cases.review_missing(rows)
    yield from cases.cohort(rows)
    yield from children.conflicts(rows)
    yield from children.across_contacts(rows)
    yield from children.local_authorities(rows)


def _beside_rows(submission: Submission, contacts: Texts) -> Iterator[Explanation]:
    """Yield the texts of the explanation column."""
    for column in submission.others:
        if returns.is_explanation(column.heading):
            for index, value in enumerate(column.values):
                if text := (as_text(value) or "").strip():
                    row, contact = submission.rows[index], contacts[index]
                    yield Explanation(text, Source.COLUMN, row, contact=contact)


def _finding(hit: Hit, rows: Rows, contacts: Texts) -> Finding:
    submission = rows.submission
    column = submission.columns.get(hit.field or "")
    return Finding(
        check=hit.check.name,
        level=hit.level,
        sheet="Instructions" if hit.check.name in returns.ON_INSTRUCTIONS else submission.sheet,
        row=submission.rows[hit.index] if hit.index is not None else hit.row,
        field=hit.field,
        contact=contacts[hit.index] if hit.index is not None else None,
        value=as_text(column.values[hit.index]) if column and hit.index is not None else hit.value,
        message=f"{hit.why}. {hit.check.advice}",
    )
