"""Kinds of messages that only the tests tell."""

import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from firstline.kernel import clock
from firstline.notify import kinds
from firstline.notify.channels import posting
from firstline.notify.tests.stub import Stub, running

GUARD, SALARY = "test.guard_missing", "test.export_ready"


@pytest.fixture(autouse=True)
def told_kinds() -> Iterator[None]:
    before = dict(kinds._kinds)
    kinds.register(GUARD, "Post without a guard", "Post without a guard: %(count)d")
    kinds.register(SALARY, "Your export is ready", "Your export is ready", group=False)
    yield
    kinds._kinds.clear()
    kinds._kinds.update(before)


@pytest.fixture
def stub(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    """A chat's server whose host is on the list and whose certificate is believed."""
    with running(tmp_path) as found:
        settings.FIRSTLINE_ROBOT_HOSTS = frozenset({found.host})
        monkeypatch.setattr(posting, "trusted", lambda: ssl.create_default_context(cafile=str(found.certificate)))
        posting._pool.cache_clear()
        yield found
        posting._pool.cache_clear()


class Clock:
    """The clock on the wall, which stands until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **span: float) -> None:
        self.now += timedelta(**span)

    def at(self, hour: int, minute: int = 0) -> None:
        """The next time it is so late."""
        here = timezone.localtime(self.now).replace(hour=hour, minute=minute, second=0, microsecond=0)
        self.now = here if here > self.now else here + timedelta(days=1)


@pytest.fixture
def wall_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Ten in the morning of a working day, until the test lets time pass."""
    standing = Clock(datetime(2030, 1, 28, 10, 0, tzinfo=timezone.get_default_timezone()))
    monkeypatch.setattr(clock, "now", standing)
    return standing
