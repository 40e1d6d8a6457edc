"""Pure statistics over counts and day histograms: no data, no SQL, numpy only.

Arrays stand for many cells at once and say "cannot be computed" with NaN; functions of one cell say
it with None. Nothing here rounds, hides or publishes: that belongs to the disclosure rules.
"""

from measures.statistics.comparison import (
    Verdict,
    compare_medians,
    compare_proportions,
    difference_of_medians,
    difference_of_proportions,
    median_limits,
    square_and_add,
    verdicts,
)
from measures.statistics.funnel import funnel_limits
from measures.statistics.histograms import DayHistograms
from measures.statistics.interval import Z_95, Z_998, Interval, normal_quantile
from measures.statistics.median import median_interval, median_intervals, median_rank, median_ranks
from measures.statistics.poisson import poisson_limits
from measures.statistics.proportions import wilson, wilson_limits
from measures.statistics.quantiles import (
    band_counts,
    band_counts_by_cell,
    bands,
    quantile,
    quantiles,
)
from measures.statistics.rounding import (
    percent,
    percents,
    round_half_away,
    round_half_away_each,
)
from measures.statistics.standardisation import Standardised, directly_standardised
from measures.statistics.survival import (
    Curves,
    kaplan_meier,
    kaplan_meier_of_tables,
)

__all__ = [
    "Z_95",
    "Z_998",
    "Curves",
    "DayHistograms",
    "Interval",
    "Standardised",
    "Verdict",
    "band_counts",
    "band_counts_by_cell",
    "bands",
    "compare_medians",
    "compare_proportions",
    "difference_of_medians",
    "difference_of_proportions",
    "directly_standardised",
    "funnel_limits",
    "kaplan_meier",
    "kaplan_meier_of_tables",
    "median_interval",
    "median_intervals",
    "median_limits",
    "median_rank",
    "median_ranks",
    "normal_quantile",
    "percent",
    "percents",
    "poisson_limits",
    "quantile",
    "quantiles",
    "round_half_away",
    "round_half_away_each",
    "square_and_add",
    "verdicts",
    "wilson",
    "wilson_limits",
]
