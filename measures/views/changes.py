"""What a release changes of the one before it: England's main figures, and what may be why.

A change is worked out only between two figures that both releases show.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from measures.breakdowns import ENGLAND, NAMES, TOTAL
from measures.catalogue import BASES, BY_ID, MEASURES
from measures.measure import Agreements
from measures.release import Release
from measures.views.book import Book, day
from measures.views.figure import SHARES, Figure, days
from measures.views.headlines import main_figure
from measures.views.table import Cell, Table

MEASURED = tuple(measure.id for measure in MEASURES if not isinstance(measure, Agreements))
SAME = "no change"
OTHER_KIND = "One of the two releases is of made-up data, so their figures are not compared."


@dataclass(frozen=True)
class Change:
    """A measure of England in both releases, and what may be why it differs."""

    measure: str
    before: Figure
    now: Figure
    why: str

    @property
    def words(self) -> str:
        """How it changed: `10 more`, `2 days shorter`, `1 point higher`, `hidden now`."""
        if not (self.before.shown and self.now.shown):
            if self.before.shown == self.now.shown:
                return "not shown"
            return f"{self.now.status} now" if self.before.shown else f"was {self.before.status}"
        by = self.now.number - self.before.number
        if not by:
            return SAME
        if self.now.statistic == "median":
            return f"{days(abs(by), self.now.basis)} {'longer' if by > 0 else 'shorter'}"
        if self.now.statistic in SHARES:
            unit = "point" if abs(by) == 1 else "points"
            return f"{abs(by):.0f} {unit} {'higher' if by > 0 else 'lower'}"
        about = "about " if self.now.rounded_to > 1 else ""
        return f"{about}{abs(by):,.0f} {'more' if by > 0 else 'fewer'}"

    @property
    def changed(self) -> bool:
        """Whether a reader sees anything else than before."""
        return self.words not in {SAME, "not shown"}


@dataclass(frozen=True)
class Changes:
    """The release before, what changed since, and the reasons, each a sentence."""

    release: str
    made: str
    found: tuple[Change, ...]
    reasons: tuple[str, ...]

    def of(self, measures: tuple[str, ...]) -> "Changes":
        """Return the changes of these measures only."""
        found = tuple(one for one in self.found if one.measure in measures)
        return Changes(self.release, self.made, found, self.reasons)

    @property
    def answer(self) -> tuple[str, str, str]:
        """The sentence with how many figures changed."""
        before = f"Since release {self.release} of {self.made}, "
        if not self.found:
            return before, "nothing can be compared", "."
        n = sum(one.changed for one in self.found)
        return before, f"{n} of {len(self.found)} figures", " of England changed."

    def table(self) -> Table:
        """Return the measures of both releases beside each other."""
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (BY_ID[one.measure].title, one.before, one.now, one.words, one.why)
            for one in self.found
        )
        headings = ("Measure", "Release before", "This release", "Change", "What may be why")
        return Table("England in this release and the one before", headings, rows)


def since(now: Release, then: Release, basis: str = BASES[0]) -> Changes:
    """Return what a release changes of an earlier one."""
    book, before = _of_england(now), _of_england(then)
    kind = book.release.made_up == before.release.made_up
    asked = MEASURED if kind else ()
    found = tuple(_change(book, before, measure, basis) for measure in asked)
    reasons = (*([] if kind else [OTHER_KIND]), *_reasons(book, before))
    same = ("Both rest on the same returns, definitions and rules of protection.",)
    return Changes(before.release.id, day(before.made_at), found, reasons or same)


def _of_england(release: Release) -> Book:
    """Return England's figures in total: to index all the others takes seconds."""
    figures = release.tables["figures"]
    wanted = figures["geography"] == ENGLAND
    for name in NAMES:
        wanted &= figures[name] == TOTAL
    return Book(Release(release.tables | {"figures": figures[wanted]}, release.manifest))


def _change(book: Book, before: Book, measure: str, basis: str) -> Change:
    then, now = (main_figure(one, measure, ENGLAND, basis) for one in (before, book))
    change = Change(measure, then, now, "")
    if not change.changed:
        return change
    said = []
    old, new = (versions(one).get(measure) for one in (before, book))
    if book.period != before.period:
        said.append("another period")
    if old != new:
        said.append(f"definition {old} to {new}" if old else "a new measure")
    if inputs(book) != inputs(before):
        said.append("returns")
    if then.shown != now.shown or then.rounded_to != now.rounded_to:
        said.append("protection")
    return Change(measure, then, now, ", ".join(said))


def inputs(book: Book) -> dict[str, str]:
    """Return the fingerprint of each agency's return."""
    return dict(book.release.inputs)


def versions(book: Book) -> dict[str, str]:
    """Return the version of each measure's definition."""
    table = book.release.tables["measures"]
    return dict(zip(table["id"], table["version"], strict=True))


def _reasons(book: Book, before: Book) -> Iterator[str]:
    """Yield a sentence for each thing that differs and that figures rest on."""
    if book.period != before.period:
        yield f"The release before is of another period: {before.period_in_words}."
    now, then = inputs(book), inputs(before)
    named = (
        ("New returns", now.keys() - then.keys()),
        ("Changed returns", {one for one in now.keys() & then.keys() if now[one] != then[one]}),
        ("Returns no longer there", then.keys() - now.keys()),
    )
    yield from (f"{what}: {', '.join(sorted(which))}." for what, which in named if which)
    new, old = versions(book), versions(before)
    for measure in (one for one in new if new[one] != old.get(one)):
        was = f"was {old[measure]}" if measure in old else "new"
        title = BY_ID[measure].title if measure in BY_ID else measure
        yield f"Definition: {title} is at version {new[measure]} ({was})."
    rules, past = (one.release.said("policy") for one in (book, before))
    yield from (f"A rule of protection is new: {rule}" for rule in rules if rule not in past)
    yield from (f"A rule of protection is gone: {rule}" for rule in past if rule not in rules)
    notes, noted = (one.release.said("notes") for one in (book, before))
    yield from (f"Said of this release only: {note}" for note in notes if note not in noted)
    yield from (f"Said of the release before only: {note}" for note in noted if note not in notes)
