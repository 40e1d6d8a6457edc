"""A published figure as a value: its number or its symbol, and how either is said."""

from typing import NamedTuple

SYMBOLS = {
    "c": "confidential",
    "x": "not available",
    "z": "not applicable",
    "low": "rounds to nought",
    "u": "unreliable",
}
MEANINGS = {
    "c": "hidden, so that no child can be found in the figures",
    "x": "no return covers it",
    "z": "nobody whom it could be about",
    "low": "more than nought, but rounds to it",
    "u": "shown nowhere: too uncertain to use",
}
SHARES = ("percent", "standardised_percent", "still_waiting")
DAYS = ("median", "lower_quartile", "upper_quartile", "waiting_median")


class Figure(NamedTuple):
    """One cell of a release. `value` is there only where `status` is `ok`.

    Three say how it stands to the rest of England, of its region, and of its own place: `similar`,
    `higher`, `lower`, or nothing where that is not to be said. `nearest` names the cell to offer
    where it is not shown.
    """

    measure: str
    statistic: str
    place: str
    status: str
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    rounded_to: int = 1
    basis: str = ""
    band: str = ""
    group: tuple[str, ...] = ()
    than_england: str = ""
    than_region: str = ""
    than_total: str = ""
    nearest: str = ""

    @property
    def shown(self) -> bool:
        """Whether there is a number to show."""
        return self.status == "ok"

    @property
    def number(self) -> float:
        """The value of a figure known to be shown."""
        if self.value is None:
            raise ValueError(f"{self.measure} for {self.place} is {self.status}, not a number")
        return self.value

    @property
    def cell(self) -> str:
        """The figure as a table prints it: `19,140`, `27%`, `14` or its symbol."""
        if not self.shown:
            return self.status
        return f"{self.number:,.0f}" + ("%" if self.statistic in SHARES else "")

    @property
    def raw(self) -> str:
        """The figure as a file holds it: digits alone, or its symbol."""
        return f"{self.number:.0f}" if self.shown else self.status

    @property
    def said(self) -> str:
        """The figure in a sentence: `about 19,140`, `27%`, `14 days`, `c (confidential)`."""
        if not self.shown:
            return f"{self.status} ({SYMBOLS.get(self.status, 'not shown')})"
        if self.statistic in DAYS:
            return days(self.number, self.basis)
        return ("about " if self.rounded_to > 1 and self.number else "") + self.cell

    @property
    def interval(self) -> str:
        """The 95% interval as a table prints it, blank where there is none."""
        if self.lower is None or self.upper is None:
            return ""
        end = "%" if self.statistic in SHARES else ""
        return f"{self.lower:,.0f}{end} to {self.upper:,.0f}{end}"


def days(number: float, basis: str) -> str:
    """Return a number of days in words: `14 days`, `10 working days`, `1 day`."""
    kind = "working day" if basis == "working_days" else "day"
    return f"{number:,.0f} {kind}{'' if number == 1 else 's'}"
