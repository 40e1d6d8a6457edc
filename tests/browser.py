"""A real browser and a real server, for the tests of the pages and for the screenshots."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Playwright

ROOT = Path(__file__).parents[1]
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
HOW = (
    "No browser for the tests. Set ADOPTION_SUPPORT_BROWSER to a Chromium, or install one: "
    "apt-get install chromium-headless-shell, or python -m playwright install chromium."
)
QUIET = ("--disable-gpu", "--disable-background-networking", "--disable-component-update")


def launched(playwright: Playwright) -> Browser:
    """Start the first browser that there is. On CI its absence is a failure, elsewhere a skip."""
    on_ci = os.environ.get("CI", "").lower() == "true"
    browser = _first(playwright)
    if browser is None and on_ci and shutil.which("apt-get") and os.geteuid() == 0:
        _install("chromium-headless-shell")
        browser = _first(playwright)
    if browser is None:
        (pytest.fail if on_ci else pytest.skip)(HOW)
    return browser


def _first(playwright: Playwright) -> Browser | None:
    is_root = sys.platform == "linux" and os.geteuid() == 0
    arguments = [*QUIET, *(["--no-sandbox"] if is_root else [])]
    for ask in _asked():
        try:
            return playwright.chromium.launch(args=arguments, **ask)  # type: ignore[arg-type]
        except Error:
            continue
    return None


def _asked() -> Iterator[dict[str, str]]:
    """Yield where a browser may be, the likeliest first."""
    if given := os.environ.get("ADOPTION_SUPPORT_BROWSER"):
        yield {"executable_path": given}
    for name in NAMES:
        if found := shutil.which(name):
            yield {"executable_path": found}
    if sys.platform == "win32":
        yield {"channel": "msedge"}
    yield {}


def _install(package: str) -> None:
    quiet = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=600"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "--no-install-recommends", package]):
        subprocess.run([*quiet, *words], check=False, env=environment, capture_output=True)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def served(release: Path, script: Path | None = None) -> Iterator[str]:
    """Serve the dashboard as its command does, or another script; yield its address."""
    with serving(release, script) as (address, _):
        yield address


@contextmanager
def serving(release: Path, script: Path | None = None) -> Iterator[tuple[str, int]]:
    """Serve; yield the address and the number of the process."""
    port = free_port()
    if script:
        words = ["-m", "streamlit", "run", str(script), f"--server.port={port}"]
        words += ["--server.headless=true", "--server.address=127.0.0.1"]
    else:
        call = f"serve(Path({str(release)!r}), {port}, browser=False)"
        words = ["-c", f"from pathlib import Path; from serving import serve; {call}"]
    command = [sys.executable, *words]
    environment = {**os.environ, "ADOPTION_SUPPORT_RELEASE": str(release)}
    running = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        address = f"http://127.0.0.1:{port}"
        begun(address, running)
        yield address, running.pid
    finally:
        running.terminate()
        running.wait(20)


def begun(address: str, running: "subprocess.Popen[bytes]") -> None:
    """Wait until a server answers; fail where it stops instead, or takes too long."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if running.poll() is not None:
            raise RuntimeError(f"the dashboard stopped with status {running.returncode}")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):  # noqa: S310
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the dashboard did not start within a minute")
