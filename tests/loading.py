"""What other processes do to a warehouse while a test looks on."""

import multiprocessing
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from data.load import load
from data.warehouse import WarehouseError, opened


def begun(work: Callable[..., None], *words: object) -> tuple[BaseProcess, Connection]:
    """Return another process, ready to work as soon as something is sent on the connection."""
    # Forked from a process that has imported this module: a new one takes a second to begin.
    context = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
    context.set_forkserver_preload([__name__])
    here, there = context.Pipe()
    process = context.Process(target=work, args=(there, *words))
    process.start()
    assert here.recv() == "ready"
    return process, here


def load_all(said: Connection, warehouse: Path, *sources: Path) -> None:
    """Load returns into a warehouse."""
    said.send("ready")
    said.recv()
    try:
        with opened(warehouse) as connection:
            for source in sources:
                load(connection, source)
    except WarehouseError as error:
        said.send(str(error))
    else:
        said.send("done")


def hold(said: Connection, warehouse: Path) -> None:
    """Hold a warehouse open until told to go."""
    with opened(warehouse):
        said.send("ready")
        said.recv()
