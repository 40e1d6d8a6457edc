"""A return held while its owner is there, and no longer, whatever becomes of the session.

A server keeps the session of a closed page for minutes, and longer if nobody else comes. So what
is held forgets itself some time after the last look at it.
"""

import threading
import weakref

from measures.views.checking import Review

IDLE = 30 * 60
"""Seconds after the last look."""


class Lease:
    """A return until it is given back, or until nobody has looked at it for a while."""

    def __init__(self, review: Review, idle: float = IDLE) -> None:
        self._review: Review | None = review
        self._idle = idle
        self._timer: threading.Timer | None = None
        self.look()

    def look(self) -> Review | None:
        """Return the return, which is then held for a while more; None where it is gone."""
        if self._timer:
            self._timer.cancel()
        if self._review is not None:
            # The timer must not hold what it is there to let go of.
            self._timer = threading.Timer(self._idle, _end, [weakref.ref(self)])
            self._timer.daemon = True
            self._timer.start()
        return self._review

    def end(self) -> None:
        """Give the return back."""
        self._review = None
        if self._timer:
            self._timer.cancel()

    def marked_up(self) -> bytes:
        """Return the workbook with its findings in it; nothing where it is gone."""
        review = self.look()
        return review.marked_up() if review else b""

    def findings_csv(self) -> bytes:
        """Return the findings as a file; nothing where they are gone."""
        review = self.look()
        return review.findings_csv() if review else b""


def _end(of: "weakref.ref[Lease]") -> None:
    lease = of()
    if lease is not None:
        lease.end()
