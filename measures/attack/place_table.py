"""Which cells and which days of a place are looked at, and how its quantities are numbered."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from measures.attack.daily import N
from measures.attack.limits import Places
from measures.attack.ranking import BASIS, CELL, DAY
from measures.attack.unseen import Unseen
from measures.attack.waits import EDGES


@dataclass(frozen=True)
class PlaceTable:
    """The cells of a place, by their numbers in order, of a measure whose limits have settled.

    A quantity is a column of a cell; all are numbered cell by cell.
    """

    unseen: Unseen
    cells: Places

    @cached_property
    def told(self) -> Places:
        """The days that are shown here, as rows of `Unseen.told`."""
        told = self.unseen.told
        return told[np.isin(told[:, CELL], self.cells)]

    @cached_property
    def days(self) -> list[Places]:
        """By basis which days are looked at: those shown here, each with the one before; edges."""
        shown = (self.told[self.told[:, BASIS] == basis, DAY] for basis in range(2))
        wanted = [np.concatenate([days, days - 1, EDGES]) for days in shown]
        return [np.flatnonzero(np.isin(self.unseen.daily.days, days)) for days in wanted]

    @cached_property
    def upto(self) -> list[Places]:
        """By basis the columns of how many wait up to each of those days."""
        daily = self.unseen.daily
        return [daily.upto(basis)[days] for basis, days in enumerate(self.days)]

    @cached_property
    def columns(self) -> Places:
        """The columns that are looked at of every cell, in order."""
        daily = self.unseen.daily
        return np.concatenate([[N], *self.upto, daily.bands(0), daily.bands(1)])

    def rows_of(self, cells: Places) -> Places:
        """Return where some cells stand."""
        return np.searchsorted(self.cells, cells)

    def columns_of(self, columns: Places) -> Places:
        """Return where some columns stand."""
        return np.searchsorted(self.columns, columns)

    def number(self, cells: Places, columns: Places) -> Places:
        """Return the numbers, of all, of columns of cells."""
        return self.rows_of(cells) * len(self.columns) + self.columns_of(columns)
