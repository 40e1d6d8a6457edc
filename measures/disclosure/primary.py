"""The first step: hide every small count."""

import numpy as np

from measures.compute import Computed
from measures.disclosure.policy import Policy
from measures.disclosure.publish import Mask, is_small


def primary(computed: Computed, policy: Policy) -> dict[str, Mask]:
    """Return for every flag the cells whose count is small."""
    agreements = {
        kind: np.nan_to_num(given).astype(np.int64) for kind, given in computed.agreements.items()
    }
    counts = computed.counts | agreements
    return {flag: is_small(policy, count) for flag, count in counts.items()}
