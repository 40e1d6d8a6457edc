"""A release: one read-only file of protected figures. Write it, check it, open it."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data.rounds import BY_KEY, Round
from measures.catalogue import MEASURES
from measures.disclosure.nearest import NEAREST
from measures.disclosure.policy import Policy
from measures.disclosure.publish import COLUMNS, Publishable

TABLES = (
    *("figures", "measures", "returns", "findings", "quality", "left_out", "feedback"),
    "manifest",
)
FORMAT = 3  # 2: rows left out by region too; 3: the nearest wider figure of a hidden one
# Of an older format that can still be read, so that a later release can be held against it.
OLDER = ("2",)


class ReleaseError(Exception):
    """The release is missing or damaged; the message says so for a reader."""


@dataclass(frozen=True)
class Origin:
    """Where a release comes from: its round, its inputs' fingerprints, whether they are made up."""

    round: Round
    inputs: tuple[tuple[str, str], ...]
    made_up: bool
    earlier: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def write(path: Path, publishable: Publishable, origin: Origin) -> str:
    """Write a release beside `path` and swap it in whole; return its id.

    The id is a fingerprint of all that it shows and rests on, so the same warehouse gives the
    same id. Readers of the earlier file keep it until they open the new one.
    """
    tables = dict(publishable.tables)
    tables["figures"] = tables["figures"].assign(period=origin.round.period)
    tables["measures"] = _measures()
    facts = _facts(publishable, origin)
    release_id = _fingerprint(tables, facts)
    made = {"release_id": release_id, "made_at": datetime.now(tz=UTC).isoformat("T", "seconds")}
    tables["manifest"] = pd.DataFrame(
        [{"name": name, "value": value} for name, value in (made | facts).items()]
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    try:
        with duckdb.connect(str(beside)) as connection:
            for name, content in tables.items():
                connection.register("content", content)
                connection.execute(f"CREATE TABLE {name} AS FROM content")
                connection.unregister("content")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return release_id


def _measures() -> pd.DataFrame:
    names = ("id", "version", "title", "question", "unit", "why", "method")
    return pd.DataFrame(
        [
            {name: str(getattr(measure, name)) for name in names}
            | {"caveats": "\n".join(measure.caveats)}
            for measure in MEASURES
        ]
    )


def _facts(publishable: Publishable, origin: Origin) -> dict[str, str]:
    policy = publishable.policy
    return {
        "format": str(FORMAT),
        "round": origin.round.key,
        "round_title": origin.round.title,
        "period": origin.round.period,
        "policy_version": policy.version,
        "policy": json.dumps(policy.words()),
        "policy_settings": json.dumps(asdict(policy)),
        "program_version": metadata.version("adoption-support"),
        "inputs": json.dumps(origin.inputs),
        "made_up": json.dumps(origin.made_up),
        "earlier_releases": json.dumps(origin.earlier),
        "notes": json.dumps(origin.notes),
    }


def _fingerprint(tables: dict[str, pd.DataFrame], facts: dict[str, str]) -> str:
    seen = hashlib.sha256(json.dumps(facts, sort_keys=True).encode())
    for name in sorted(tables):
        content = tables[name]
        seen.update(name.encode() + json.dumps(list(content.columns)).encode())
        seen.update(pd.util.hash_pandas_object(content, index=False).to_numpy().tobytes())
    return seen.hexdigest()[:12]


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
