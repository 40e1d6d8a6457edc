"""A finding: one problem of a return, as a value."""

from dataclasses import dataclass, fields

from data.tables import Level


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem, where it stands in the submitted workbook, and what to do about it.

    `row` is the row number as the spreadsheet program shows it and `field` C0 to C17; both are
    None where the finding is on more than that. `value` is the value as submitted.
    """

    check: str
    level: Level
    sheet: str
    row: int | None
    field: str | None
    contact: str | None
    value: str | None
    message: str
    explanation: str | None = None

    @property
    def explained(self) -> bool:
        """Whether it is a query that the sender has answered; an error has to be mended."""
        return self.level is Level.QUERY and bool(self.explanation)

    def as_json(self) -> dict[str, str | int | None]:
        """Return the finding as `check --json` prints it."""
        return {name: getattr(self, name) for name in _NAMES}


_NAMES = tuple(field.name for field in fields(Finding))
