"""What one release tells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

THRESHOLD = 5  # no count up to it is shown
QUANTILE = 10  # waits: of fewer no median is shown


@dataclass(frozen=True)
class Published:
    """A release's published figures, read by the policy it was made under.

    No count up to the `threshold` is shown, and no median of fewer waits than `quantile`.

    `same` are the agencies whose return an earlier one of several releases rests on as well, and
    that one's number.
    """

    figures: pd.DataFrame
    same: Mapping[str, int] = field(default_factory=dict)
    threshold: int = THRESHOLD
    quantile: int = QUANTILE

    @cached_property
    def plain(self) -> pd.DataFrame:
        """The figures in columns of which words come out one by one in a tenth of the time."""
        return self.figures.astype(dict.fromkeys(self.figures.select_dtypes("str"), object))
