"""What one release tells."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

THRESHOLD = 5  # no count up to it is shown


@dataclass(frozen=True)
class Published:
    """A release's published figures, read with the `threshold` of the policy it was made under.

    `same` are the agencies whose return an earlier one of several releases rests on as well, and
    that one's number.
    """

    figures: pd.DataFrame
    same: Mapping[str, int] = field(default_factory=dict)
    threshold: int = THRESHOLD
