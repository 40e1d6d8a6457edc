"""Processes that work side by side, for as long as a release is being made."""

import gc
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

ENOUGH = 4  # agencies: with fewer, a new process takes longer than the work


@contextmanager
def pool(agencies: int) -> Iterator[Executor | None]:
    """Give a process a core, or nothing where there is one core, or fewer than `ENOUGH` agencies.

    Processes begin at once, so that they are ready when they are wanted.
    """
    cores = os.cpu_count() or 1
    with _no_collecting():
        if cores == 1 or agencies < ENOUGH:
            yield None
            return
        with ProcessPoolExecutor(cores, get_context("spawn"), gc.disable) as executor:
            for _ in range(cores):
                executor.submit(_begin)
            yield executor


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Leave Python's collector out: it goes through millions of names and numbers for nothing."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _begin() -> None:
    """Read the code that does the work."""
    from measures import attack  # noqa: F401, PLC0415
    from measures.disclosure import together  # noqa: F401, PLC0415
