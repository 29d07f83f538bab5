"""Moments as people write them, in both languages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from firstline.kernel import clock
from firstline.web import moments

NOW = datetime(2020, 2, 12, 10, 20, tzinfo=UTC)  # 18:20 in the community


@pytest.fixture(autouse=True)
def evening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2020, 2, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("language", "moment", "precision", "said"),
    [
        ("en", at(12, 12), "minute", "today 12:00"),
        ("en", at(9, 10, 24), "minute", "9 Feb 10:24"),
        ("en", at(9, 10), "half_day", "9 Feb, morning"),
        ("en", at(12, 14), "half_day", "today, afternoon"),
        ("en", at(9, 0), "day", "9 Feb"),
        ("zh-hans", at(9, 10, 24), "minute", "2月9日 10:24"),
        ("zh-hans", at(9, 0), "day", "2月9日"),
        ("zh-hans", at(12, 12), "minute", "今天12:00"),
    ],
)
def test_a_moment_is_said_as_precisely_as_it_is_known(
    language: str, moment: datetime, precision: str, said: str
) -> None:
    with translation.override(language):
        assert moments.moment_text(moment, precision) == said


@pytest.mark.parametrize(
    ("language", "moment", "said"),
    [
        ("en", at(12, 12), "since today 12:00"),
        ("en", at(10, 9), "since 10 Feb"),
        ("zh-hans", at(12, 12), "今天12:00起"),
        ("zh-hans", at(10, 9), "2月10日起"),
    ],
)
def test_since_when(language: str, moment: datetime, said: str) -> None:
    with translation.override(language):
        assert moments.since_text(moment) == said


@pytest.mark.parametrize(
    ("back", "said"),
    [
        (timedelta(seconds=-30), "just now"),  # a device's clock may run ahead
        (timedelta(minutes=1), "for 1 minute"),
        (timedelta(minutes=59), "for 59 minutes"),
        (timedelta(hours=6, minutes=59), "for 6 hours"),
        (timedelta(hours=24), "for 1 day"),
        (timedelta(hours=47), "for 1 day"),
    ],
)
def test_how_long_already(back: timedelta, said: str) -> None:
    with translation.override("en"):
        assert moments.elapsed_text(NOW - back) == said


def test_the_heading_of_a_day() -> None:
    with translation.override("zh-hans"):
        assert moments.full_text(NOW) == "2月12日 星期三 18:20"
    with translation.override("en"):
        assert moments.full_text(NOW) == "Wednesday 12 February 18:20"


def test_the_clock_of_the_community_decides_what_is_today() -> None:
    with translation.override("en"):  # 23:30 UTC on the 11th is the morning of the 12th there
        assert moments.moment_text(datetime(2020, 2, 11, 23, 30, tzinfo=UTC)) == "today 07:30"


def test_a_day_below_a_bar_is_short() -> None:
    assert moments.short_day(date(2020, 2, 3)) == "2/3"
