"""The collection rounds: each is the one before with what changed."""

from dataclasses import dataclass, replace
from datetime import date

from data.geography import agencies
from data.tables import FIELDS, Field


@dataclass(frozen=True)
class Round:
    """One collection: its period (both days included), its timetable, who returns and what."""

    key: str
    title: str
    start: date
    end: date
    commissioned: date
    deadline: date
    agencies: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def period(self) -> str:
        """The period as an ISO 8601 interval, `2025-04-01/2025-09-30`."""
        return f"{self.start}/{self.end}"

    @property
    def period_in_words(self) -> str:
        """The period as the workbook prints it, "1 April to 30 September 2025"."""
        year = f" {self.start.year}" if self.start.year != self.end.year else ""
        return f"{self.start.day} {self.start:%B}{year} to {self.end.day} {self.end:%B %Y}"


PILOT = Round(
    key="2025-04-to-2025-09",
    title="Adoption Support pilot, 1 April to 30 September 2025",
    start=date(2025, 4, 1),
    end=date(2025, 9, 30),
    commissioned=date(2025, 11, 3),
    deadline=date(2025, 12, 12),
    agencies=agencies(),
    fields=FIELDS,
)
ROUNDS = (
    PILOT,
    replace(
        PILOT,
        key="2025-04-to-2026-03",
        title="Adoption Support pilot, 1 April 2025 to 31 March 2026",
        end=date(2026, 3, 31),
        commissioned=date(2026, 5, 5),
        deadline=date(2026, 6, 12),
    ),
)
BY_KEY = {round_.key: round_ for round_ in ROUNDS}


def find(words: str) -> Round:
    """Return the round whose key, title or period is `words`.

    Raises `ValueError` naming the rounds there are.
    """
    wanted = words.strip().casefold()
    for round_ in ROUNDS:
        if wanted in {round_.key, round_.title.casefold(), round_.period}:
            return round_
    raise ValueError(f"There is no round {words!r}. The rounds are: {', '.join(BY_KEY)}.")


def recognise(words: str | None) -> Round | None:
    """Return the round whose period stands in `words`, as the Instructions sheet prints it."""
    text = " ".join((words or "").split()).casefold()
    return next((r for r in ROUNDS if r.period_in_words.casefold() in text), None)
