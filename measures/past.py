"""What earlier releases of a round have shown already, and of whom it still holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import duckdb
import pandas as pd

from data.rounds import Round
from measures.attack import Published, Truth
from measures.disclosure.revised import Groups
from measures.kept import earlier_releases
from measures.overlapping import Overlapping, overlapping
from measures.release import Release, Return


def inputs_of(connection: duckdb.DuckDBPyConnection, round_: Round) -> list[Return]:
    """Return what a round's release rests on: every agency's return as it is now."""
    return connection.execute(
        "SELECT agency, fingerprint FROM returns WHERE current AND round = ? ORDER BY agency",
        [round_.key],
    ).fetchall()


def is_made_up(connection: duckdb.DuckDBPyConnection, round_: Round) -> bool:
    """Return whether any of the returns that a round's release rests on is made up."""
    found = connection.execute(
        "SELECT made_up FROM returns WHERE current AND round = ?", [round_.key]
    ).fetchall()
    return any(made_up for (made_up,) in found)


@dataclass(frozen=True)
class Earlier:
    """An earlier release, and the agencies whose returns are still the ones it rests on.

    `known` are the true counts of the others as it had them, and of wide cells; `exact` are the
    figures that it was made from, None where that cannot be told any more (see `measures.known`).
    """

    release: Release
    unchanged: frozenset[str]
    known: Truth = field(default_factory=dict)
    exact: pd.DataFrame | None = None

    @property
    def figures(self) -> pd.DataFrame:
        """Its published figures."""
        return self.release.tables["figures"]

    @property
    def name(self) -> str:
        """What its counts are called beside those of now."""
        return self.release.beside


@dataclass(frozen=True)
class Past:
    """What was released before: of the same period (see `earlier`), of others that overlap it.

    `groups` have the true counts of the period's returns by which of its releases rest on them (see
    `measures.known`).
    """

    same: Sequence[Earlier] = ()
    overlapping: Sequence[Overlapping] = ()
    groups: Groups = field(default_factory=dict)

    @classmethod
    def of(cls, out: Path, round_: Round, inputs: list[Return]) -> Self:
        """Return what was released at `out` before; raises as `overlapping`."""
        return cls(earlier(out, round_, inputs), overlapping(out, round_))

    @classmethod
    def beside(cls, path: Path, release: Release) -> Self:
        """Return what is kept beside a release at `path`, without itself."""
        past = cls.of(path, release.round, release.inputs)
        return cls([one for one in past.same if one.release.id != release.id], past.overlapping)

    @property
    def each(self) -> list[Earlier | Overlapping]:
        """All of them, in the order in which the attack numbers them."""
        return [*self.same, *self.overlapping]

    @property
    def known(self) -> Truth:
        """What agencies know of other periods' releases, and of this one's if they sent again.

        And what is true of wide cells, which nobody knows.
        """
        return {name: n for one in self.each for name, n in one.known.items()}

    def attacked(self) -> tuple[list[Published], list[tuple[Published, bool]]]:
        """Return the releases as the gate asks for them."""
        each = zip(self.same, shared(self.same), strict=True)
        return (
            [_published(one.release, same) for one, same in each],
            [(_published(one.release), one.within) for one in self.overlapping],
        )

    @property
    def ids(self) -> tuple[str, ...]:
        """The releases' names."""
        return tuple(one.release.id for one in self.each)


def shared(past: Sequence[Earlier]) -> list[dict[str, int]]:
    """Return for each earlier release which agencies' returns another one rests on as well.

    By agency the number of the first that does: 0 is the release that is made now.
    """
    found: list[dict[str, int]] = []
    first: dict[Return, int] = {}
    for number, one in enumerate(past, 1):
        before = {sent[0]: first[sent] for sent in one.release.inputs if sent in first}
        found.append(before | dict.fromkeys(one.unchanged, 0))
        first = dict.fromkeys(one.release.inputs, number) | first
    return found


def earlier(out: Path, round_: Round, inputs: list[Return]) -> list[Earlier]:
    """Return the releases of a round at `out` and before it that have counts in common with it.

    They share a return with `inputs`, or with another that does; the others have no count in common
    with a release of these inputs. Their order is that of their names, so that nothing hangs on
    when each was made.
    """
    now = {*inputs}
    left = [
        Earlier(release, frozenset(agency for agency, _ in now.intersection(release.inputs)))
        for release in earlier_releases(out)
        if release.round == round_
    ]
    reached, found = now, list[Earlier]()
    while more := [one for one in left if not reached.isdisjoint(one.release.inputs)]:
        left = [one for one in left if reached.isdisjoint(one.release.inputs)]
        reached = reached.union(*(one.release.inputs for one in more))
        found += more
    return sorted(found, key=lambda one: one.release.id)


def _published(release: Release, same: Mapping[str, int] | None = None) -> Published:
    return Published(release.tables["figures"], same or {}, release.threshold, release.quantile)
