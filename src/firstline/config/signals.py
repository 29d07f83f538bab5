"""Being asked to stop (Ctrl-C, SIGTERM) at any moment, without leaving a process behind."""

from __future__ import annotations

import signal
from types import FrameType


class Stopped(BaseException):
    """Somebody asked us to stop; not an Exception, so that nothing on the way takes it for a fault."""


class StopRequests:
    """Turns signals into `Stopped`, except between `hold` and `release`: a child just made must be on record first."""

    def __init__(self) -> None:
        self._held = False
        self._requested = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def hold(self) -> None:
        self._held = True

    def release(self) -> None:
        self._held = False
        if self._requested:
            raise Stopped

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        # Once is enough: an impatient second Ctrl-C must not cut the stopping short.
        if self._requested:
            return
        self._requested = True
        if not self._held:
            raise Stopped
