"""How long protecting a release takes and how much it hides, by the country's size and agencies.

    python -m benchmarks.disclosure             (scales 0.2, 1 and 2; 4, 10 and 20 agencies; all)

Every release is computed, protected and attacked, as anybody and from inside, again until nothing
gives way: what `adoption-support release` does but for writing the file. Beside each, two measures
to hold it against: the seconds that computing the figures takes, and what hiding counts of 1 to 5
and nothing else would hide (which leaves most of them open to subtraction). The last lines say by
which power of the number of published counts the time grows, fitted to the countries of scale 1 and
from each to the largest: 2 is aimed at.
"""

import math
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.country import warehouse
from data.rounds import PILOT
from data.warehouse import opened
from measures.compute import compute
from measures.disclosure.joint import published
from measures.disclosure.policy import Policy
from measures.disclosure.publish import is_small
from measures.figures import COUNTED, exact
from measures.pool import pool
from measures.publish import safe
from measures.state import state

SCALES = (0.2, 1.0, 2.0)
AGENCIES = (4, 10, 20)


def release(scale: float, agencies: int | None) -> tuple[int, float]:
    """Protect one release, say how it went, and return its counts and the seconds it took."""
    policy = Policy()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "warehouse.duckdb"
        warehouse(path, scale, agencies)
        begun = time.perf_counter()
        with opened(path, read_only=True) as connection:
            computed = compute(connection, PILOT)
            returns = state(connection, PILOT)
        figures = exact(computed)
        computing = time.perf_counter() - begun
    counts = published(figures)
    begun = time.perf_counter()
    with pool(len(computed.grid.agencies)) as executor:
        made = safe(computed, figures, returns, policy, executor=executor)
    protecting = time.perf_counter() - begun
    cells = [(flag, cell, n) for flag, by_cell in counts.items() for cell, n in by_cell.items()]
    small = sum(bool(is_small(policy, n)) for *_, n in cells)
    hidden = figures["statistic"].isin(COUNTED) & (made.tables["figures"]["status"] == "c")
    gone = len(figures.loc[hidden, ["flag", "cell"]].drop_duplicates())
    some = sum(n > 0 for *_, n in cells)
    print(
        f"scale {scale:g}, {agencies or 'all'} agencies: {len(cells):,} counts, {some:,} above 0,"
        f" hidden {gone:,} ({gone / some:.0%}), by rule 1 alone {small:,} ({small / some:.0%});"
        f" computed in {computing:.1f} s, protected and attacked in {protecting:.1f} s"
        f" ({protecting / computing:.0f} times)",
        flush=True,
    )
    return len(cells), protecting + computing


def main() -> None:
    by_agencies = [release(1.0, agencies) for agencies in AGENCIES]
    by_scale = [release(scale, None) for scale in SCALES]
    alike = np.log([*by_agencies, by_scale[SCALES.index(1.0)]])
    power, _ = np.polyfit(*alike.T, deg=1)
    print(f"at scale 1, time grows by the counts' power {power:.1f}, fitted to all four")
    whole = by_scale[SCALES.index(1.0)]
    for counts, seconds in by_agencies:
        step = math.log(whole[1] / seconds) / math.log(whole[0] / counts)
        print(f"  from {counts:,} to {whole[0]:,} counts alone by the power {step:.1f}")


if __name__ == "__main__":
    main()
