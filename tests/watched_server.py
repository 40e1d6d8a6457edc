"""The dashboard's server, and beside it somebody who looks through all that it holds when asked.

Run as `watched_server.py SECRET ASKED TOLD SCRIPT PORT`: when the file ASKED is there, every object
of the server is searched for SECRET, and TOLD says what was found.
"""

import gc
import json
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from streamlit.web import bootstrap

SECRET, ASKED, TOLD, SCRIPT, PORT = sys.argv[1:6]
ZIP = b"PK\x03\x04"


def texts() -> Iterator[str | bytes | bytearray]:
    """Yield everything that can hold text, the parts of all objects included."""
    gc.collect()
    seen = set()
    for each in gc.get_objects():
        for part in gc.get_referents(each):
            if isinstance(part, str | bytes | bytearray) and id(part) not in seen:
                seen.add(id(part))
                yield part


def holds(text: str | bytes | bytearray) -> bool:
    """Return whether a text has the secret, or is a workbook, in which it would be packed."""
    if isinstance(text, str):
        return SECRET in text and text != SECRET
    return SECRET.encode() in text or (text[:4] == ZIP and len(text) > len(ZIP))


def answer() -> None:
    """Say of what kind and length each thing found is, and keep nothing of it."""
    found = [f"{type(text).__name__} of {len(text)}" for text in texts() if holds(text)]
    fresh = Path(f"{TOLD}.new")
    fresh.write_text(json.dumps(found), encoding="utf-8")
    Path(ASKED).unlink()
    fresh.replace(TOLD)


def watch() -> None:
    while True:
        time.sleep(0.1)
        if Path(ASKED).exists():
            answer()


if __name__ == "__main__":
    threading.Thread(target=watch, daemon=True).start()
    options = {"server.port": int(PORT), "server.headless": True, "server.address": "127.0.0.1"}
    bootstrap.load_config_options(options)
    bootstrap.run(SCRIPT, False, [], options)
