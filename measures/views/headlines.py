"""What the period says in five sentences, and how far regions and agencies lie apart."""

from collections.abc import Iterable
from dataclasses import dataclass

from measures.breakdowns import ENGLAND
from measures.catalogue import BASES, BY_ID, HEADLINES
from measures.measure import Duration, Rate
from measures.views import unshown
from measures.views.book import Book
from measures.views.figure import Figure
from measures.views.table import Table

CALENDAR = BASES[0]
SUBJECTS = dict(
    zip(
        HEADLINES,
        (
            "How many children and young people had adoption support",
            "How many times families asked for support",
            "How long families waited for a named worker",
            "How long an assessment took",
            "The share of cases that were referred into children's social care",
        ),
        strict=True,
    )
)


@dataclass(frozen=True)
class Sentence:
    """A sentence and the figure in it, which stands where the braces are.

    `subject` is what the figure is of: a sentence of its own says that it is not shown.
    """

    words: str
    subject: str
    figure: Figure

    @property
    def parts(self) -> tuple[str, str, str]:
        """What comes before the figure, the figure, what comes after; begins with a capital."""
        if not self.figure.shown:
            return unshown.sentence(self.subject, self.figure)
        before, _, after = self.words.partition("{}")
        said = self.figure.said
        return before, said if before else said[0].upper() + said[1:], after

    @property
    def text(self) -> str:
        """The whole sentence."""
        return "".join(self.parts)


def main_statistic(measure: str) -> str:
    """Return the statistic by which a measure is known: a count, a median or a percentage."""
    match BY_ID[measure]:
        case Duration():
            return "median"
        case Rate():
            return "percent"
        case _:
            return "count"


def main_figure(book: Book, measure: str, place: str, basis: str, **groups: str) -> Figure:
    """Return the figure by which a measure is known, of a place and group."""
    statistic = main_statistic(measure)
    wanted = basis if statistic == "median" else ""
    return book.one(measure, statistic, place, basis=wanted, **groups)


def sentences(book: Book, place: str = ENGLAND, basis: str = CALENDAR) -> tuple[Sentence, ...]:
    """Return the five sentences of a place."""
    here = [main_figure(book, measure, place, basis) for measure in HEADLINES]
    words = (
        "{} children and young people had adoption support.",
        "Families asked for support {} times.",
        "Half of the families who were given a named worker waited {} or less for one.",
        "Half of the assessments that were completed took {} or less.",
        "{} of the cases with a known answer were referred into children's social care.",
    )
    said = zip(words, SUBJECTS.values(), here, strict=True)
    return tuple(Sentence(*each) for each in said)


@dataclass(frozen=True)
class Spread:
    """A measure for England, its regions and its agencies; only shown figures are in the lists."""

    title: str
    england: Figure
    regions: tuple[Figure, ...]
    agencies: tuple[Figure, ...]


def spreads(book: Book, basis: str = CALENDAR) -> tuple[Spread, ...]:
    """Return the five headline measures with their spread."""
    return tuple(
        Spread(
            BY_ID[measure].title,
            main_figure(book, measure, ENGLAND, basis),
            _shown(main_figure(book, measure, place, basis) for place in book.regions),
            _shown(main_figure(book, measure, place, basis) for place in book.agencies),
        )
        for measure in HEADLINES
    )


def _shown(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    return tuple(figure for figure in figures if figure.shown)


def spread_table(book: Book, basis: str = CALENDAR) -> Table:
    """Return the five headline measures for England, with the range of regions and agencies."""
    rows = tuple(
        (
            _with_unit(spread),
            spread.england,
            _range(spread.regions),
            _range(spread.agencies),
            f"{len(spread.agencies)} of {len(book.agencies)}",
        )
        for spread in spreads(book, basis)
    )
    headings = ("Measure", "England", "Regions", "Agencies", "Agencies shown")
    return Table("The headline measures and their spread", headings, rows)


def _with_unit(spread: Spread) -> str:
    if spread.england.statistic != "median":
        return spread.title
    kind = "working days" if spread.england.basis == "working_days" else "days"
    return f"{spread.title} (median {kind})"


def _range(figures: tuple[Figure, ...]) -> str:
    if not figures:
        return "none shown"
    ordered = sorted(figures, key=lambda figure: figure.number)
    return f"{ordered[0].cell} to {ordered[-1].cell}"
