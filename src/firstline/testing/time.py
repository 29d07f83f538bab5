"""A clock that a test moves by hand."""

from datetime import datetime, timedelta

import pytest

from firstline.kernel import clock


class Clock:
    """The present moment of a test; it stands until the test moves it."""

    def __init__(self) -> None:
        self.moment = clock.now()

    def now(self) -> datetime:
        return self.moment

    def move(self, *, minutes: float = 0, hours: float = 0, days: float = 0) -> datetime:
        """Let time pass; the new moment."""
        self.moment += timedelta(minutes=minutes, hours=hours, days=days)
        return self.moment

    def set(self, moment: datetime) -> None:
        self.moment = moment


@pytest.fixture
def clock_at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """All of the program asks this clock what time it is."""
    moved = Clock()
    monkeypatch.setattr(clock, "now", moved.now)
    return moved
