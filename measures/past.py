"""What earlier releases of a round have shown already, and of whom it still holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import duckdb
import pandas as pd

from data.rounds import Round
from measures.attack import Truth
from measures.breakdowns import CELL
from measures.contained import SAME
from measures.disclosure.linked import Refused
from measures.disclosure.together import Before
from measures.figures import COUNTED, FIGURE
from measures.grid import Grid
from measures.release import Release, earlier_releases

Input = tuple[str, str, bool]
"""An agency, the fingerprint of its return, and whether that is made up."""
Overlapping = list[tuple[pd.DataFrame, bool]]
"""Figures of other periods, each with whether its period lies within the one in question."""


def inputs_of(connection: duckdb.DuckDBPyConnection, round_: Round) -> list[Input]:
    """Return what a round's release rests on: every agency's return as it is now."""
    return connection.execute(
        "SELECT agency, fingerprint, made_up FROM returns WHERE current AND round = ? "
        "ORDER BY agency",
        [round_.key],
    ).fetchall()


@dataclass(frozen=True)
class Earlier:
    """An earlier release, and the agencies whose returns are still the ones it rests on."""

    release: Release
    unchanged: frozenset[str]

    @property
    def figures(self) -> pd.DataFrame:
        """Its published figures."""
        return self.release.tables["figures"]


@dataclass(frozen=True)
class Past:
    """What was released before: of the same period (see `earlier`), of others (`overlapping`).

    `known` is what agencies that have sent again know of the same period's releases.
    """

    same: Sequence[Earlier] = ()
    overlapping: Sequence[tuple[Release, bool]] = ()
    known: Truth = field(default_factory=dict)

    @classmethod
    def of(cls, out: Path, round_: Round, inputs: list[Input]) -> Self:
        """Return what was released at `out` before; raises as `overlapping`."""
        return cls(earlier(out, round_, inputs), overlapping(out, round_))

    @classmethod
    def beside(cls, path: Path, release: Release) -> Self:
        """Return what is kept beside a release at `path`, without itself."""
        inputs = [(agency, fingerprint, False) for agency, fingerprint in release.said("inputs")]
        past = cls.of(path, release.round, inputs)
        return cls([one for one in past.same if one.release.id != release.id], past.overlapping)

    def attacked(self) -> tuple[list[tuple[pd.DataFrame, frozenset[str]]], Overlapping]:
        """Return the figures as the gate asks for them."""
        return (
            [(one.figures, one.unchanged) for one in self.same],
            [(release.tables["figures"], within) for release, within in self.overlapping],
        )

    @property
    def ids(self) -> tuple[str, ...]:
        """The releases' names."""
        others = (release for release, _ in self.overlapping)
        return tuple(release.id for release in (*(one.release for one in self.same), *others))


def earlier(out: Path, round_: Round, inputs: list[Input]) -> list[Earlier]:
    """Return the releases of a round at `out` and before it that share a return with `inputs`.

    The others have no count in common with a release of these inputs.
    """
    now = {(agency, fingerprint) for agency, fingerprint, _ in inputs}
    found = [
        Earlier(
            release,
            frozenset(
                agency for agency, print_ in release.said("inputs") if (agency, print_) in now
            ),
        )
        for release in earlier_releases(out)
        if release.round == round_
    ]
    return [one for one in found if one.unchanged]


def overlapping(out: Path, round_: Round) -> list[tuple[Release, bool]]:
    """Return the releases of rounds whose periods overlap, and whether they lie within this one's.

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
        found.append((release, within))
    return found


def before(past: Sequence[Earlier], figures: pd.DataFrame, grid: Grid) -> Before:
    """Return what earlier releases hid, and what they showed of agencies that are unchanged.

    What was hidden stays so also where the return has changed, and for England and regions: two
    patterns of the same counts would tell more than either. `figures` are the exact ones of now:
    they say which flag a figure counts.
    """
    kinds = figures[[*FIGURE, "flag"]].drop_duplicates().itertuples(index=False, name=None)
    flags = {tuple(figure): SAME.get(flag, flag) for *figure, flag in kinds}
    cells: dict[str, set[tuple[str, int]]] = {"c": set(), "ok": set()}
    for status, figure, place in _counts(past):
        if figure in flags and place in grid.number:
            cells[status].add((flags[figure], grid.number[place]))
    return Before(frozenset(cells["c"]), frozenset(cells["ok"] - cells["c"]))


def _counts(past: Sequence[Earlier]) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Yield status, figure and place of every count hidden, or shown of an unchanged agency."""
    for one in past:
        rows = one.figures[one.figures["statistic"].isin(COUNTED)]
        same = rows["geography"].isin(one.unchanged) & (rows["geographic_level"] == "Agency")
        rows = rows[(rows["status"] == "c") | ((rows["status"] == "ok") & same)]
        for status, *row in rows[["status", *FIGURE, *CELL]].itertuples(index=False, name=None):
            yield status, tuple(row[: len(FIGURE)]), tuple(row[len(FIGURE) :])
