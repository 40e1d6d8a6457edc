"""What differs between two returns of an agency, by contact."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from data.checks.values import quoted
from data.submission import Submission, Value, as_text
from data.tables import BY_NAME

_Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its number and contact."""

    row: int
    contact: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a contact with another value than before."""

    row: int
    contact: str | None
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Difference:
    """The rows that are new, those that are gone (by their numbers in the old return), changes."""

    file: str
    new: tuple[Row, ...]
    gone: tuple[Row, ...]
    changed: tuple[Change, ...]

    def as_json(self) -> dict[str, object]:
        """Return the difference as `check --json --against` prints it."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """Yield a summary, and a line a difference."""
        changed = len({(each.row, each.contact) for each in self.changed})
        yield (
            f"Against {self.file}: {len(self.new)} new rows, {len(self.gone)} gone, "
            f"{changed} changed"
        )
        yield from (f"  row {one.row}: new: {one.contact or 'no C3'}" for one in self.new)
        yield from (f"  row {one.row} before: gone: {one.contact or 'no C3'}" for one in self.gone)
        for one in self.changed:
            before, after = (quoted(v) if v else "blank" for v in (one.before, one.after))
            yield f"  row {one.row} {one.field} of {one.contact}: {before} is now {after}"


def _plain(value: Value) -> str | None:
    """Return a value as it compares: `1.0`, `1` and " 1 " are one, whatever the cell's type."""
    text = (as_text(value) or "").strip()
    return (text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text) or None


def _rows(submission: Submission) -> dict[_Key, int]:
    """Return the index of every row by its contact; rows that share one are counted through.

    A row without a contact is known by its child.
    """
    columns = [
        submission.columns[name].values for name in ("C3", "C2") if name in submission.columns
    ]
    seen: Counter[str] = Counter()
    found: dict[_Key, int] = {}
    for index in range(len(submission.rows)):
        named = [_plain(values[index]) for values in columns]
        name = next((f"{place} {value}" for place, value in enumerate(named) if value), "")
        found[name, seen[name]] = index
        seen[name] += 1
    return found


def compare(old: Submission, new: Submission) -> Difference:
    """Return what differs between an old and a new return."""
    before, after = _rows(old), _rows(new)
    changed = tuple(
        change
        for key, index in after.items()
        if key in before
        for change in _changes(old, before[key], new, index)
    )
    return Difference(
        old.file,
        tuple(_row(new, index) for key, index in after.items() if key not in before),
        tuple(_row(old, index) for key, index in before.items() if key not in after),
        changed,
    )


def _contact(submission: Submission, index: int) -> str | None:
    column = submission.columns.get("C3")
    return _plain(column.values[index]) if column else None


def _row(submission: Submission, index: int) -> Row:
    return Row(submission.rows[index], _contact(submission, index))


def _changes(old: Submission, was: int, new: Submission, now: int) -> Iterator[Change]:
    for name in BY_NAME:
        a, b = old.columns.get(name), new.columns.get(name)
        before = _plain(a.values[was]) if a else None
        after = _plain(b.values[now]) if b else None
        if before != after:
            yield Change(new.rows[now], _contact(new, now), name, before, after)
