"""Programs that some tests need beside Python: found, installed on CI, or the test is skipped."""

import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest

_HOW = "LibreOffice is not installed: apt-get install libreoffice-calc-nogui, or libreoffice.org."


@cache
def soffice() -> str:
    """Return LibreOffice's command. On CI its absence is a failure, elsewhere a skip."""
    found = _found()
    on_ci = os.environ.get("CI", "").lower() == "true"
    if found is None and on_ci and shutil.which("apt-get") and os.geteuid() == 0:
        _install("libreoffice-calc-nogui")
        found = _found()
    if found is None:
        (pytest.fail if on_ci else pytest.skip)(_HOW)
    return found


def converted(source: Path, kind: str, folder: Path) -> Path:
    """Return a copy of `source` that LibreOffice has opened, recalculated and saved as `kind`."""
    with tempfile.TemporaryDirectory() as profile:  # one each: two at once would refuse
        command = [
            soffice(), f"-env:UserInstallation={Path(profile).as_uri()}", "--headless",
            "--norestore", "--convert-to", kind, "--outdir", str(folder), str(source),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{source.stem}.{kind.partition(':')[0]}"


def _found() -> str | None:
    usual = (
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        r"C:\Program Files\LibreOffice\program\soffice.com",
    )
    names = ("soffice", "libreoffice", *usual)
    return next((found for name in names if (found := shutil.which(name))), None)


def _install(package: str) -> None:
    if sys.platform != "linux":
        return
    import fcntl

    with (Path(tempfile.gettempdir()) / f"install-{package}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # test workers run side by side; one installs
        if _found():
            return
        quiet = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=600"]
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update"], ["install", "--no-install-recommends", package]):
            subprocess.run([*quiet, *words], check=False, env=environment, capture_output=True)
