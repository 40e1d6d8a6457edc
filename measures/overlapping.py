"""Releases of other periods that overlap that of a release: what happened in both is in both."""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from data.rounds import Round
from measures.attack import Truth
from measures.disclosure.linked import Refused
from measures.kept import earlier_releases
from measures.release import Release


@dataclass(frozen=True)
class Overlapping:
    """A release of another period: `within` says whether that lies within the one in question.

    `exact` are the figures that it was made from, by the cells of the one in question; None where
    that cannot be told any more (see `measures.known`). `known` are what agencies know of it.
    """

    release: Release
    within: bool
    exact: pd.DataFrame | None = None
    known: Truth = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What its counts are called beside those of now."""
        return self.release.beside


def overlapping(out: Path, round_: Round) -> list[Overlapping]:
    """Return the releases of rounds whose periods overlap.

    Raises `Refused` where neither period lies within the other: nothing is known to protect both.
    """
    found = []
    for release in earlier_releases(out):
        other = release.round
        if other == round_ or other.end < round_.start or round_.end < other.start:
            continue
        within = round_.start <= other.start and other.end <= round_.end
        if not within and not (other.start <= round_.start and round_.end <= other.end):
            raise Refused(
                f"the release was refused: its period, {round_.period_in_words}, overlaps that of "
                f"release {release.id}, {other.period_in_words}, and neither lies within the other"
            )
        found.append(Overlapping(release, within))
    return found
