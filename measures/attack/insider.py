"""The same attack by an agency that knows its own children: nothing of another may be exact."""

from collections.abc import Mapping
from dataclasses import replace

from measures.attack.attacking import CONTRADICTION, Broken, bounds
from measures.attack.model import Model, Name
from measures.attack.programme import Infeasible


def attack_from_inside(
    model: Model, agency: str, truth: Mapping[Name, int], *, search: bool = True
) -> list[Broken]:
    """Return the hidden counts of other agencies that `agency` can work out exactly.

    `truth` has the agency's own counts by name, as the model names them; the model stays as it is.
    Without `search` it only subtracts, along every sum, as long as that finds anything.
    """
    known = replace(
        model,
        least=list(model.least),
        most=list(model.most),
        contradictions=list(model.contradictions),
    )
    for name, value in truth.items():
        if name in known.index:
            known.add(name, value, value)
    if known.contradictions:
        return [Broken(name, 0, 0, CONTRADICTION) for name in known.contradictions]
    others = [
        at for at in known.hidden if known.names[at][5] == "Agency" and known.names[at][6] != agency
    ]
    try:
        least, most = bounds(known, others, 1, search=search)
    except Infeasible as error:
        return [Broken(known.names[error.at], 0, 0, CONTRADICTION)]
    return [
        Broken(known.names[at], int(least[at]), int(most[at]), f"{agency} can work it out")
        for at in others
        if most[at] - least[at] < 1
    ]
