"""Moments as clerks type them; what they leave open is the line above's."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.census.night.moments import Moment, misplaced, read_moment, written
from firstline.kernel.clock import Precision

TODAY = date(2020, 2, 12)
ABOVE = Moment(date(2020, 2, 11), time(19, 30), Precision.MINUTE)
STARTED = datetime(2020, 1, 26, 4, tzinfo=UTC)  # noon there
NOW = datetime(2020, 2, 12, 14, tzinfo=UTC)  # ten at night there


@pytest.mark.parametrize(
    ("typed", "above", "day", "clock", "precision"),
    [
        ("", None, (2, 12), None, Precision.DAY),
        ("", ABOVE, (2, 11), (19, 30), Precision.MINUTE),
        ("=", ABOVE, (2, 11), (19, 30), Precision.MINUTE),
        ("20:05", ABOVE, (2, 11), (20, 5), Precision.MINUTE),
        ("2005", None, (2, 12), (20, 5), Precision.MINUTE),
        ("9.24", None, (2, 12), (9, 24), Precision.MINUTE),
        ("9点", None, (2, 12), (9, 0), Precision.MINUTE),
        ("2-10", ABOVE, (2, 10), None, Precision.DAY),
        ("2月10日 19：30", None, (2, 10), (19, 30), Precision.MINUTE),
        ("10日下午", None, (2, 10), (15, 0), Precision.HALF_DAY),
        ("昨天 930", None, (2, 11), (9, 30), Precision.MINUTE),
        ("晚上", ABOVE, (2, 11), (19, 0), Precision.HALF_DAY),
        ("2020-2-10", None, (2, 10), None, Precision.DAY),
    ],
)
def test_a_moment_is_read(
    typed: str, above: Moment | None, day: tuple[int, int], clock: tuple[int, int] | None, precision: Precision
) -> None:
    moment = read_moment(typed, above, today=TODAY).moment
    assert moment == Moment(date(2020, *day), time(*clock) if clock else None, precision)


@pytest.mark.parametrize("typed", ["25:00", "2-30", "sometime", "9", "2-12 99:99"])
def test_what_is_no_moment_is_said(typed: str) -> None:
    read = read_moment(typed, None, today=TODAY)
    assert read.moment is None and read.problem


def test_a_day_without_a_year_is_the_nearest() -> None:
    new_year = read_moment("12-31", None, today=date(2020, 1, 1)).moment
    assert new_year and new_year.day == date(2019, 12, 31)
    tomorrow = read_moment("2-13", None, today=TODAY).moment
    assert tomorrow and tomorrow.day == date(2020, 2, 13), "a slip by a day is said to lie ahead, not a year back"


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [("2-13", True), ("23:30", True), ("1-25", True), ("1-26", False), ("21:00", False), ("", False)],
)
def test_a_moment_ahead_or_before_the_campaign_is_said(typed: str, wrong: bool) -> None:
    moment = read_moment(typed, None, today=TODAY).moment
    assert moment and bool(misplaced(moment, started_at=STARTED, now=NOW)) is wrong


@given(
    st.dates(TODAY - timedelta(days=100), TODAY),
    st.one_of(st.none(), st.times().map(lambda found: found.replace(second=0, microsecond=0, tzinfo=None))),
)
def test_what_is_written_is_read_again(day: date, clock: time | None) -> None:
    moment = Moment(day, clock, Precision.MINUTE if clock else Precision.DAY)
    assert read_moment(written(moment), None, today=TODAY).moment == moment
