"""The same attack by an agency that knows its own children: nothing of another may be exact."""

from collections.abc import Mapping, Sequence

import pandas as pd

from measures.attack.attacking import Broken, bounds
from measures.attack.model import Name, build
from measures.attack.programme import Infeasible


def attack_from_inside(
    releases: Sequence[pd.DataFrame],
    agency: str,
    truth: Mapping[Name, int],
    *,
    threshold: int = 5,
) -> list[Broken]:
    """Return the hidden counts of other agencies that `agency` can work out exactly.

    `truth` has the agency's own hidden counts by name, as `Broken.cell` names them.
    """
    model = build(releases, threshold)
    for name, value in truth.items():
        if name in model.index:
            model.add(name, value, value)
    others = [
        at for at in model.hidden if model.names[at][5] == "Agency" and model.names[at][6] != agency
    ]
    try:
        least, most = bounds(model, others, 1)
    except Infeasible as error:
        return [Broken(model.names[error.at], 0, 0, "the figures contradict each other")]
    return [
        Broken(model.names[at], int(least[at]), int(most[at]), f"{agency} can work it out")
        for at in others
        if most[at] - least[at] < 1
    ]
