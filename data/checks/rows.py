"""The typed rows of a return, as arrays that the checks across fields compare."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from data.rounds import Round
from data.submission import Submission

Mask = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
Texts = npt.NDArray[np.object_]


@dataclass
class Rows:
    """A return's rows, typed: every array is parallel to `submission.rows`.

    `dates` holds `datetime64[D]`, NaT where blank or unknown; `texts` holds the codes and
    identifiers, None where blank or unknown; `blank` says where nothing at all was submitted;
    `doubted` where a date was given and cannot be relied on, so that later checks do not repeat
    what an earlier one said of it.
    """

    submission: Submission
    round: Round
    received: np.datetime64
    agency: str | None
    dates: dict[str, Days] = field(default_factory=dict)
    texts: dict[str, Texts] = field(default_factory=dict)
    blank: dict[str, Mask] = field(default_factory=dict)
    doubted: dict[str, Mask] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.submission.rows)

    @property
    def start(self) -> np.datetime64:
        """The first day of the period."""
        return np.datetime64(self.round.start)

    @property
    def end(self) -> np.datetime64:
        """The last day of the period."""
        return np.datetime64(self.round.end)

    @cached_property
    def children(self) -> list[list[int]]:
        """The row indices of every child that has more than one row."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for index, child in enumerate(self.texts["C2"].tolist()):
            if child:
                found[child].append(index)
        return [indices for indices in found.values() if len(indices) > 1]

    def absent(self, *names: str) -> bool:
        """Return whether any of the columns is absent, which is told once and not row by row."""
        return any(name not in self.submission.columns for name in names)

    def given(self, *names: str) -> Mask:
        """Return where any of the fields was submitted, readable or not."""
        found: Mask = np.logical_or.reduce([~self.blank[name] for name in names])
        return found

    def sure(self, name: str) -> Days:
        """Return a field's dates without those an earlier check has already doubted."""
        return np.where(self.doubted[name], np.datetime64("NaT"), self.dates[name])

    @property
    def is_contact(self) -> Mask:
        """Where the row is a contact: C11 is given."""
        return self.given("C11")

    @property
    def is_pre_order(self) -> Mask:
        """Where the row is pre-order: C8 or C9 is given and C11 is not."""
        return self.given("C8", "C9") & ~self.given("C11")


def months_after(days: Days, months: int) -> Days:
    """Return the same day of the month some months on, or that month's last day."""
    month = days.astype("datetime64[M]")
    target = (month + months).astype("datetime64[D]")
    last = (month + months + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    wanted: Days = np.minimum(target + (days - month.astype("datetime64[D]")), last)
    return wanted


def in_words(day: np.datetime64) -> str:
    """Return a day as the workbook prints it, DD/MM/YYYY."""
    return f"{day.item():%d/%m/%Y}"
