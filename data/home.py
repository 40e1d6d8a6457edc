"""Where the stores are kept: as the settings say, else in the user's data folder."""

import os
from pathlib import Path

import platformdirs


def folder() -> Path:
    """Return the folder of the stores, made if it is not there."""
    return platformdirs.user_data_path("adoption-support", appauthor=False, ensure_exists=True)


def setting(name: str, file: str) -> Path:
    """Return the path in the environment variable `name`, else `file` in the data folder."""
    return Path(os.environ[name]) if os.environ.get(name) else folder() / file


def warehouse() -> Path:
    """Return where the child-level store is (`ADOPTION_SUPPORT_WAREHOUSE`)."""
    return setting("ADOPTION_SUPPORT_WAREHOUSE", "warehouse.duckdb")


def release() -> Path:
    """Return where the published release is (`ADOPTION_SUPPORT_RELEASE`)."""
    return setting("ADOPTION_SUPPORT_RELEASE", "release.duckdb")
