"""Choices: made once, kept from page to page, and in the address.

An address that asks for what is not there gives the default and says so. Streamlit's own binding
to the address drops such a value without a word, and forgets a choice on a page that lacks it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from measures.breakdowns import ENGLAND
from measures.catalogue import BASES, BY_ID
from measures.views import groups, places
from measures.views.book import Book, in_words
from pages.parts import words


@dataclass(frozen=True)
class Choice:
    """One choice: its name in the address, its label, what there is, and what is taken if none."""

    name: str
    label: str
    options: tuple[str, ...]
    default: str
    said: Callable[[str], str] = str


Chosen = dict[str, str]


def pick(*asked: Choice | Callable[[Chosen], Choice]) -> list[str]:
    """Show choices in one bar and return what is chosen of each.

    One that depends on those before it is a function of what is chosen there.
    """
    wanted: list[Choice] = []
    chosen: Chosen = {}
    for one in asked:
        choice = one if isinstance(one, Choice) else one(chosen)
        chosen[choice.name] = _start(choice)
        wanted.append(choice)
    across = 2 if len(wanted) in {2, 4} else min(3, len(wanted))
    for first in range(0, len(wanted), across):
        row = wanted[first : first + across]
        for column, choice in zip(st.columns(_room(row, across)), row, strict=False):
            with column:
                st.selectbox(
                    choice.label,
                    choice.options,
                    key=choice.name,
                    format_func=choice.said,
                    on_change=_keep,
                    args=(choice,),
                )
    return list(chosen.values())


def _room(row: list[Choice], across: int) -> list[float]:
    """Return how much room each choice has: the names of measures are the longest."""
    room = [1.7 if choice.name == "measure" and across > 2 else 1.0 for choice in row]
    return room + [1.0] * (across - len(row))


def _start(choice: Choice) -> str:
    """Return what is chosen: by the address, else before, else the default; and write it there.

    What is kept changes only by the reader or by the address: a page that lacks the kept value
    shows its default and leaves what is kept for the other pages.
    """
    asked = st.query_params.get(choice.name)
    if asked is not None and asked != st.session_state.get(_written(choice)):
        _say_if_missing(choice, asked)
        st.session_state[_keeping(choice)] = asked if asked in choice.options else choice.default
    kept = st.session_state.get(_keeping(choice))
    chosen = kept if kept in choice.options else choice.default
    # Set on every run: a widget of the same name on another page would begin from its own default.
    st.session_state[choice.name] = chosen
    st.session_state[_written(choice)] = chosen
    if asked != chosen:
        st.query_params[choice.name] = chosen
    return chosen


def _say_if_missing(choice: Choice, asked: str) -> None:
    if asked not in choice.options:
        words.notice(
            f"The address asks for “{asked}” under “{choice.label}”, which is not there. "
            f"Shown instead: {choice.said(choice.default)}."
        )


def _keep(choice: Choice) -> None:
    """Keep what the reader has just chosen, for all pages."""
    st.session_state[_keeping(choice)] = st.session_state[choice.name]


def _keeping(choice: Choice) -> str:
    return f"kept {choice.name}"


def _written(choice: Choice) -> str:
    return f"written {choice.name}"


def place(book: Book) -> Choice:
    """Which place."""
    return Choice("place", "Place", book.places, ENGLAND)


def agency(book: Book) -> Choice:
    """Which agency; an agency chosen as the place elsewhere is taken here too."""
    default = next(iter(book.returned or book.agencies))
    return Choice("place", "Agency", book.agencies, default)


def comparator(book: Book, chosen: str) -> Choice:
    """With what the place is compared: England or its region."""
    options = places.comparators(book, chosen) or (ENGLAND,)
    return Choice("comparator", "Compared with", options, ENGLAND)


def basis() -> Choice:
    """Calendar or working days."""
    said = {"calendar_days": "Calendar days", "working_days": "Working days"}
    return Choice("basis", "Count in", BASES, BASES[0], lambda value: said[value])


def measure(options: Sequence[str], default: str = "", label: str = "Measure") -> Choice:
    """Which measure."""
    return Choice(
        "measure", label, tuple(options), default or options[0], lambda value: BY_ID[value].title
    )


def breakdown(options: Sequence[str], default: str = "ethnicity_group") -> Choice:
    """By what children are told apart."""
    return Choice("breakdown", "Broken down by", tuple(options), default, groups.title)


def period(book: Book) -> Book:
    """Let the reader choose a period where the release has more than one.

    A link made on another release may ask for a period that this one lacks.
    """
    choice = Choice("period", "Period", book.periods, book.period, in_words)
    if len(book.periods) < 2:
        _say_if_missing(choice, st.query_params.get("period", book.period))
        return book
    (chosen,) = pick(choice)
    return book.at(chosen)


def order() -> Choice:
    """In which order agencies stand: by name unless the reader asks otherwise."""
    said = {"name": "Name", "value": "Value"}
    return Choice("order", "Sorted by", tuple(said), "name", lambda value: said[value])


def breakdown_of(chosen: Chosen) -> Choice:
    """By what children are told apart, of the measure and place that are chosen."""
    return breakdown(groups.breakdowns(chosen["place"], chosen["measure"]))
