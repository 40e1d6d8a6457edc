"""Serve the dashboard: Streamlit on this machine, with the settings the pages rely on."""

import os
import sys
from pathlib import Path
from threading import Thread

HERE = Path(__file__).parent


def _open() -> None:
    """Open the release for all readers, as the first of them would."""
    from measures.views import shelf  # noqa: PLC0415 - slow to import, and the server need not wait

    shelf.opened(shelf.mark())


def serve(release: Path, port: int, *, browser: bool) -> int:
    """Run the dashboard on a release until it is stopped; return its exit status."""
    os.environ["ADOPTION_SUPPORT_RELEASE"] = str(release.resolve())
    # Streamlit looks for its settings in the working folder.
    os.chdir(HERE)
    from streamlit.runtime.pages_manager import PagesManager  # noqa: PLC0415 - slow to import
    from streamlit.web import cli  # noqa: PLC0415

    # Streamlit learns that app.py lists the pages only when it first runs. Until then it would take
    # `pages/` for the list, and tell whoever asks first for any page but the first: not found.
    PagesManager.uses_pages_directory = False

    # Reading a release takes a second or two: it is under way while the server starts, so that the
    # first reader need not wait for it. What cannot be read is told to whoever asks, as ever.
    Thread(target=_open).start()

    # Nobody else's machine can ask, unless whoever hosts it says so.
    os.environ.setdefault("STREAMLIT_SERVER_ADDRESS", "127.0.0.1")
    sys.argv = [
        "streamlit",
        "run",
        str(HERE / "app.py"),
        f"--server.port={port}",
        f"--server.headless={str(not browser).lower()}",
    ]
    try:
        cli.main()
    except SystemExit as stopped:
        return int(stopped.code or 0)
    return 0
