"""A release: one read-only file of protected figures, read whole."""

import json
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data.rounds import BY_KEY, Round
from measures.disclosure.nearest import NEAREST
from measures.disclosure.policy import Policy
from measures.disclosure.publish import COLUMNS

TABLES = (
    *("figures", "measures", "returns", "findings", "quality", "left_out", "feedback"),
    "manifest",
)
FORMAT = 3  # 2: rows left out by region too; 3: the nearest wider figure of a hidden one
# Of an older format that can still be read, so that a later release can be held against it.
OLDER = ("2",)


Return = tuple[str, str]
"""An agency, and the fingerprint of its return."""


class ReleaseError(Exception):
    """The release is missing or damaged; the message says so for a reader."""


@dataclass(frozen=True)
class Release:
    """A release in memory: its tables, and its manifest as a mapping."""

    tables: dict[str, pd.DataFrame]
    manifest: dict[str, str]

    @property
    def id(self) -> str:
        """The fingerprint of all that the release shows."""
        return self.manifest["release_id"]

    @property
    def made_up(self) -> bool:
        """Whether any of its returns is made up."""
        return bool(json.loads(self.manifest["made_up"]))

    @property
    def round(self) -> Round:
        """The round that it is of."""
        return BY_KEY[self.manifest["round"]]

    @property
    def inputs(self) -> list[Return]:
        """The returns that it rests on, a line an agency."""
        return [(str(agency), str(fingerprint)) for agency, fingerprint in self.said("inputs")]

    @property
    def settings(self) -> dict[str, Any]:
        """The settings of the policy that it was made under."""
        return dict(json.loads(self.manifest["policy_settings"]))

    @property
    def threshold(self) -> int:
        """The greatest count that it never shows."""
        return int(self.settings["threshold"])

    @property
    def quantile(self) -> int:
        """The least number of waits that it shows a median of."""
        return int(self.settings["quantile"])

    @property
    def beside(self) -> str:
        """What its counts are called beside those of another release."""
        return f" in release {self.id}"

    def is_under(self, policy: Policy) -> bool:
        """Return whether it was made under just this policy."""
        return self.settings == asdict(policy)

    def said(self, name: str) -> list[Any]:
        """Return an entry of the manifest that is a list."""
        return list(json.loads(self.manifest[name]))

    @cached_property
    def _by_measure(self) -> dict[str, pd.DataFrame]:
        return {str(name): rows for name, rows in self.tables["figures"].groupby("measure")}

    def figures(self, measure: str, **wanted: str) -> pd.DataFrame:
        """Return a measure's figures with these values; a column not named may have any."""
        rows = self._by_measure.get(measure, self.tables["figures"].iloc[:0])
        for column, value in wanted.items():
            rows = rows[rows[column] == value]
        return rows


def read(path: Path) -> Release:
    """Read a release whole; the file is closed again at once, so that it can be swapped.

    Raises `ReleaseError` where there is none or it is not one of this program.
    """
    if not path.exists():
        raise ReleaseError("There are no figures yet.")
    try:
        # Attached to a connection in memory, so that a file swapped in under the same name is seen.
        with duckdb.connect(":memory:") as connection:
            connection.execute(
                f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS r (READ_ONLY)"
            )
            connection.execute("SET enable_external_access = false")
            connection.execute("SET lock_configuration = true")
            tables = {name: connection.execute(f"FROM r.{name}").df() for name in TABLES}
        manifest = dict(zip(tables["manifest"]["name"], tables["manifest"]["value"], strict=True))
        if manifest["format"] not in (str(FORMAT), *OLDER) or manifest["round"] not in BY_KEY:
            raise ReleaseError("This release is of another version of the program.")
        if manifest["format"] in OLDER:
            tables["figures"][NEAREST] = ""
        tables["figures"][[*COLUMNS, NEAREST]]
    except (duckdb.Error, KeyError, OSError) as error:
        raise ReleaseError("This release is damaged.") from error
    return Release(tables, manifest)
