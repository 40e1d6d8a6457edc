"""A release made again of the same returns: where it shows the same, it tells nothing new."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from measures.disclosure.policy import Policy
from measures.disclosure.publish import COLUMNS
from measures.past import Past
from measures.release import Release, Return


def parted(past: Past, inputs: Sequence[Return], policy: Policy) -> tuple[Past, list[Release]]:
    """Return a past without the releases of just these returns under this policy, and those."""
    again = [
        one.release
        for one in past.same
        if set(one.release.inputs) == set(inputs) and one.release.is_under(policy)
    ]
    left = [one for one in past.same if all(one.release is not release for release in again)]
    return replace(past, same=left), again


def shows_the_same(release: Release, figures: pd.DataFrame) -> bool:
    """Return whether a release shows just these figures."""
    before = release.tables["figures"]
    if len(before) != len(figures) or not set(COLUMNS) <= {*before.columns}:
        return False
    one, other = (
        shown[list(COLUMNS)].reset_index(drop=True).astype(object) for shown in (before, figures)
    )
    return bool(((one == other) | (one.isna() & other.isna())).all(axis=None))
