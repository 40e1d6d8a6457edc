"""Small published tables, and every whole-number table that could be behind them."""

from collections.abc import Iterator
from itertools import product

import pandas as pd

from measures.attack import Model, Published, build
from measures.disclosure.linked import Linked, Linking

GROUPS = ("ethnicity_group", "ethnicity", "disability", "gender", "age", "stage")
THRESHOLD = 5


def row(level: str, place: str, value: int, unit: int, **more: str) -> dict[str, object]:
    """Return one count as published: hidden if small, else rounded halves up."""
    hidden = 1 <= value <= THRESHOLD
    shown = (2 * value + unit) // (2 * unit) * unit
    return (
        {"period": "p", "geographic_level": level, "geography": place}
        | {"measure": "children_supported", "basis": "", "statistic": "count", "band": ""}
        | dict.fromkeys(GROUPS, "Total")
        | {
            "value": float("nan") if hidden else float(shown),
            "status": "c" if hidden else "ok",
            "lower": float("nan"),
            "upper": float("nan"),
            "rounded_to": unit,
        }
        | more
    )


def published(table: list[list[int]], england: int) -> pd.DataFrame:
    """Publish agencies (rows) by disability (columns), England rounded to `england`."""
    values = ("Yes", "No", "Not recorded")[: len(table[0])]
    rows = []
    for number, counts in enumerate(table):
        place = f"Agency {number}"
        rows.append(row("Agency", place, sum(counts), 1))
        rows += [
            row("Agency", place, count, 1, disability=value)
            for value, count in zip(values, counts, strict=True)
        ]
    columns = [sum(column) for column in zip(*table, strict=True)]
    rows.append(row("England", "England", sum(columns), england))
    rows += [
        row("England", "England", count, england, disability=value)
        for value, count in zip(values, columns, strict=True)
    ]
    return pd.DataFrame(rows)


def behind(figures: pd.DataFrame, shape: tuple[int, int], most: int) -> Iterator[dict[int, int]]:
    """Yield, for every table of counts up to `most` that would be published so, its cells by row.

    Hidden cells are only known not to be nought.
    """
    agencies, columns = shape
    seen = list(figures[["status", "value", "rounded_to"]].itertuples(index=False, name=None))
    for cells in product(range(most + 1), repeat=agencies * columns):
        table = [list(cells[columns * a : columns * (a + 1)]) for a in range(agencies)]
        counts: list[int] = []
        for line in table:
            counts += [sum(line), *line]
        sums = [sum(column) for column in zip(*table, strict=True)]
        counts += [sum(sums), *sums]
        if all(fits(count, *cell) for count, cell in zip(counts, seen, strict=True)):
            yield dict(enumerate(counts))


def fits(count: int, status: str, value: float, unit: int) -> bool:
    """Return whether a count would be published like this."""
    if status == "c":
        return count >= 1
    return not 1 <= count <= THRESHOLD and (2 * count + unit) // (2 * unit) * unit == value


def model(figures: pd.DataFrame) -> Model:
    """Return what an attacker makes of one release."""
    return build([Published(figures)])


def linked(table: list[list[int]], england: int) -> Linked:
    """Return the same counts as `published` prints, in its order, for the engine."""
    linking, at = Linking(), {}
    rows = [[sum(counts), *counts] for counts in table]
    for number, counts in enumerate(rows):
        for column, count in enumerate(counts):
            name = (f"Agency {number}", column)
            at[number, column] = linking.printed(name, count, 1, number)
    for column, count in enumerate(map(sum, zip(*rows, strict=True))):
        at[-1, column] = linking.printed(("England", column), count, england)
    for number in (*range(len(table)), -1):
        linking.add_up([at[number, 0]], [at[number, c] for c in range(1, len(rows[0]))])
    for column in range(len(rows[0])):
        linking.add_up([at[-1, column]], [at[n, column] for n in range(len(table))])
    return linking.done()
