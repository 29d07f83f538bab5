"""Days are those of the place: across midnight, and where clocks are put forward and back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st

from firstline.response.measures.days import day_of, end_of, last_day, minute_of
from firstline.response.measures.in_force import measure_in_force
from firstline.response.measures.tests.drafts import in_days, ordered
from firstline.testing.cast import COMMUNITY, Cast


@pytest.mark.parametrize(
    ("zone", "day", "ends"),
    [
        ("Asia/Shanghai", date(2020, 2, 9), datetime(2020, 2, 9, 16, tzinfo=UTC)),
        ("UTC", date(2020, 2, 9), datetime(2020, 2, 10, tzinfo=UTC)),
        # A day of 23 hours and one of 25.
        ("Europe/Berlin", date(2027, 3, 28), datetime(2027, 3, 28, 22, tzinfo=UTC)),
        ("Europe/Berlin", date(2027, 10, 31), datetime(2027, 10, 31, 23, tzinfo=UTC)),
        # The next day has no midnight: clocks go from 24:00 to 1:00.
        ("America/Havana", date(2020, 3, 7), datetime(2020, 3, 8, 5, tzinfo=UTC)),
        ("America/St_Johns", date(2020, 2, 9), datetime(2020, 2, 10, 3, 30, tzinfo=UTC)),
    ],
)
def test_a_day_ends_where_it_is(settings: LazySettings, zone: str, day: date, ends: datetime) -> None:
    settings.TIME_ZONE = zone
    assert end_of(day) == ends
    assert last_day(ends) == day
    assert day_of(ends) == day + timedelta(days=1)


@given(st.dates(date(2019, 1, 1), date(2030, 12, 31)))
def test_the_end_of_a_day_is_of_that_day(day: date) -> None:
    assert last_day(end_of(day)) == day


def test_a_minute_is_that_of_the_clock_on_the_wall(settings: LazySettings) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    # At one hour in the night of 28 March clocks go from 2 to 3.
    assert [minute_of(datetime(2027, 3, 28, hour, 30, tzinfo=UTC)) for hour in (0, 1)] == [90, 210]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin", "America/St_Johns"])
def test_a_curfew_over_midnight_holds_late_and_early_by_the_clock_there(
    settings: LazySettings, cast: Cast, zone: str
) -> None:
    settings.TIME_ZONE = zone
    ordered(cast, cast.county_officer, "curfew", spans=["22:00-05:00"])
    midnight = end_of(in_days(1))
    for hours, active in ((-0.5, True), (4, True), (5, False), (-2.1, False), (12, False)):
        found = measure_in_force("curfew", COMMUNITY, midnight + timedelta(hours=hours))
        assert found is not None and found.active is active


def test_it_holds_to_the_last_minute_of_its_last_day_there(settings: LazySettings, cast: Cast) -> None:
    settings.TIME_ZONE = "America/St_Johns"
    order = ordered(cast, cast.county_officer, "pass_at_gates")
    assert order.until_at == end_of(in_days(10))
    assert measure_in_force("pass_at_gates", COMMUNITY, order.until_at - timedelta(minutes=1)) is not None
    assert measure_in_force("pass_at_gates", COMMUNITY, order.until_at) is None
