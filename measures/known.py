"""What agencies know of their own children: true counts, now and as earlier releases had them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import count

import duckdb
import pandas as pd

from data.rounds import Round
from measures.anew import Anew, made_from, true_counts
from measures.attack import ROWS_USED, Truth
from measures.breakdowns import NAMES, TOTAL
from measures.disclosure.joint import NOW, counted
from measures.disclosure.linker import Counts
from measures.disclosure.policy import Policy
from measures.disclosure.revised import Groups, Pattern
from measures.figures import exact
from measures.grid import Grid
from measures.naming import Naming
from measures.past import Earlier, Past
from measures.release import Return


def behind(
    figures: pd.DataFrame, grid: Grid, naming: Naming, past: Past, used: Mapping[str, int]
) -> Truth:
    """Return all true counts that the gate reckons with, by the names that the attack has for them.

    Those of a release's exact figures and of the `rows_used` of its returns; those of its past, and
    of the groups of returns that it shares with that.
    """
    beside = {**past.known, **naming.of_groups(past.groups)}
    return {**true_counts(figures, grid), **beside, **rows_used(used)}


def rows_used(used: Mapping[str, int]) -> Truth:
    """Return the rows used of each agency's return, by a name like those of figures' counts."""
    everybody = (TOTAL,) * len(NAMES)
    return {
        ("0", *ROWS_USED, "", "", "Agency", agency, *everybody): n for agency, n in used.items()
    }


def remembered(
    connection: duckdb.DuckDBPyConnection,
    round_: Round,
    past: Past,
    inputs: Sequence[Return],
    policy: Policy,
) -> Past:
    """Return the past with what it was made from, as far as the warehouse still has it.

    And as far as what it makes of it is what was shown: an agency whose figures a new definition
    has changed is left out; so is, but for what agencies know, a release under another policy.
    What `compute` made for the round in this connection is made anew: call it afterwards.
    """
    grid = Grid.of(round_)
    number = count(1)  # as the attack numbers releases, the one in question being 0
    same = []
    for one in past.same:
        anew = Anew.of(connection, one.release, str(next(number)))
        known = anew.known(anew.there - one.unchanged)
        same.append(replace(one, known=known, exact=anew.exact(grid, policy)))
    others = []
    for other in past.overlapping:
        anew = Anew.of(connection, other.release, str(next(number)))
        known = anew.known(anew.there)
        others.append(replace(other, known=known, exact=anew.exact(grid, policy)))
    return Past(same, others, _groups(connection, round_, same, inputs))


def _groups(
    connection: duckdb.DuckDBPyConnection,
    round_: Round,
    same: Sequence[Earlier],
    inputs: Sequence[Return],
) -> Groups:
    """Return what the returns of a period have by which of its releases they are in."""
    returns = {NOW: {*inputs}}
    returns |= {one.name: {*one.release.inputs} for one in same if one.exact is not None}
    if len(returns) == 1:
        return {}
    patterns: dict[Pattern, list[Return]] = defaultdict(list)
    for sent in sorted(set().union(*returns.values())):
        patterns[frozenset(name for name, of in returns.items() if sent in of)].append(sent)
    return {pattern: _only(connection, round_, sent) for pattern, sent in patterns.items()}


def _only(
    connection: duckdb.DuckDBPyConnection, round_: Round, returns: Collection[Return]
) -> Counts:
    """Return the counts of some returns: of their agencies, and wide."""
    computed = made_from(connection, round_, returns)
    of = computed.grid.cells[["geographic_level", "geography"]]
    others = (of["geographic_level"] == "Agency") & ~of["geography"].isin(dict(returns))
    figures = exact(computed)
    return counted(figures[~others.to_numpy()[figures["cell"]]])
