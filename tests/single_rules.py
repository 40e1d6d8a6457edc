"""The rules for one count on its own: what is hidden before counts are protected together."""

import numpy as np

from measures.catalogue import RATES
from measures.compute import Computed
from measures.disclosure.policy import Policy
from measures.disclosure.publish import Mask, complement, is_small


def primary(computed: Computed, policy: Policy) -> dict[str, Mask]:
    """Return for every flag, and every rate's complement, the cells whose count is small."""
    agreements = {
        kind: np.nan_to_num(given).astype(np.int64) for kind, given in computed.agreements.items()
    }
    rest = {
        complement(rate.of, rate.among): computed.counts[rate.among] - computed.counts[rate.of]
        for rate in RATES
    }
    counts = computed.counts | agreements | rest
    return {flag: is_small(policy, count) for flag, count in counts.items()}
