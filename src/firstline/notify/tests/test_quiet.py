"""Quiet hours and digests by the clock on the wall: across midnight, at their edges, and never."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from firstline.notify.models import Held
from firstline.notify.quiet import Hours

HERE = ZoneInfo("Asia/Shanghai")


def at(hour: int, minute: int = 0, day: int = 28) -> datetime:
    return datetime(2020, 1, day, hour, minute, tzinfo=HERE)


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        (at(21, 59), None),
        (at(22), at(7, day=29)),
        (at(23, 59), at(7, day=29)),
        (at(0), at(7)),
        (at(6, 59), at(7)),
        (at(7), None),
    ],
)
def test_the_default_night(now: datetime, ends: datetime | None) -> None:
    assert Hours().quiet_ends(now) == ends


def test_within_one_day() -> None:
    siesta = Hours(time(12), time(14))
    assert siesta.quiet_ends(at(13)) == at(14)
    assert siesta.quiet_ends(at(14)) is None


def test_the_same_time_twice_is_never_quiet() -> None:
    assert Hours(time(12), time(12)).quiet_ends(at(12)) is None


def test_a_digest_goes_at_the_next_of_its_hours_and_not_into_the_night() -> None:
    assert Hours(digest_hours=(9, 18)).due(at(10)) == (at(18), Held.DIGEST)
    assert Hours(digest_hours=(9, 18)).due(at(19)) == (at(9, day=29), Held.DIGEST)
    assert Hours(digest_hours=(9,)).due(at(23)) == (at(9, day=29), Held.DIGEST)
    assert Hours(digest_hours=(6,)).due(at(23)) == (at(7, day=29), Held.DIGEST)


def test_a_night_with_a_missing_hour_ends_when_the_clock_on_the_wall_says_so() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    with timezone.override(berlin):
        evening = datetime(2020, 3, 28, 23, 0, tzinfo=berlin)
        ends = Hours().quiet_ends(evening)
        assert ends is not None
        assert timezone.localtime(ends).time() == time(7)
        assert ends.astimezone(ZoneInfo("UTC")) - evening.astimezone(ZoneInfo("UTC")) == timedelta(hours=7)


MINUTES = st.integers(0, 24 * 60 - 1)


@given(MINUTES, MINUTES, MINUTES, st.lists(st.integers(0, 23), max_size=4))
def test_what_is_held_back_is_due_within_two_days_and_never_in_quiet_hours(
    minute: int, begins: int, ends: int, digest: list[int]
) -> None:
    now = at(minute // 60, minute % 60)
    hours = Hours(time(*divmod(begins, 60)), time(*divmod(ends, 60)), digest_hours=digest)
    due, _held = hours.due(now)
    assert now <= due <= now + timedelta(days=2)
    assert hours.quiet_ends(due) is None
