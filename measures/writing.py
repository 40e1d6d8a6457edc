"""A release is written: beside the one that stands, then swapped in whole."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import duckdb
import pandas as pd

from data.rounds import Round
from measures.catalogue import MEASURES
from measures.disclosure.publish import Publishable
from measures.release import FORMAT, Return


@dataclass(frozen=True)
class Origin:
    """Where a release comes from: its round, its inputs' fingerprints, whether they are made up."""

    round: Round
    inputs: tuple[Return, ...]
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
