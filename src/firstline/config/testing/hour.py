"""The suite at another hour of the day: ``FIRSTLINE_TEST_HOUR=23:57`` moves the clock of the whole run.

Whoever asks ``kernel.clock`` is told that it is so late in China, on the day that lies nearest. The database, Django's
own sessions and cache, processes of their own and browsers keep the real time: what drives a browser or compares with
the database's time (``database_time``) is left out.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

ASKED = os.environ.get("FIRSTLINE_TEST_HOUR", "")
DAY = timedelta(days=1)


def offset(real: datetime, hour: str) -> timedelta:
    """How far the clock is moved, at most half a day, so that it is ``hour`` ("7" or "07:30") in China."""
    if not re.fullmatch(r"([01]?\d|2[0-3])(:[0-5]\d)?", hour):
        raise pytest.UsageError(f"FIRSTLINE_TEST_HOUR is an hour of the day, 7 or 07:30, not {hour}")
    hours, _, minutes = hour.partition(":")
    here = real.astimezone(ZoneInfo("Asia/Shanghai"))
    there = here.replace(hour=int(hours), minute=int(minutes or 0), second=0, microsecond=0)
    moved = (there - here) % DAY
    return moved if moved <= DAY / 2 else moved - DAY


# Before anything of ours is loaded: whoever keeps the function, as the default of a field does, keeps this one.
@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    if ASKED:
        from firstline.kernel import clock

        moved, real = offset(datetime.now(tz=UTC), ASKED), clock.now
        clock.now = lambda: real() + moved


def pytest_report_header() -> str | None:
    return f"clock: it was {ASKED} in China when this run began" if ASKED else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not ASKED:
        return
    left_out = [item for item in items if any(map(item.get_closest_marker, ("browser", "database_time")))]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
