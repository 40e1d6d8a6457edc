"""A whole release made publishable: all of its tables, under one policy."""

import numpy as np
import pandas as pd

from measures.disclosure.nearest import NEAREST, nearest_shown
from measures.disclosure.policy import Policy
from measures.disclosure.publish import Hidden, Publishable, protected
from measures.disclosure.state import protected_state
from measures.grid import Grid
from measures.state import State


def publishable(
    figures: pd.DataFrame, grid: Grid, hidden: Hidden, state: State, policy: Policy
) -> Publishable:
    """Return exact figures and the state of the returns as they may be published."""
    shown = protected(figures, grid, hidden, policy)
    shown[NEAREST] = nearest_shown(shown, figures["cell"].to_numpy(np.int64), grid)
    return Publishable({"figures": shown} | protected_state(state, shown, policy), policy)
