"""Clocks of gaps are of hours that pass, not of the clock on the wall; days are those of the place."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings
from django.http import QueryDict
from django.utils import timezone

from firstline.census import actions as census
from firstline.gaps import actions
from firstline.gaps.errors import GapTakenTooLong
from firstline.gaps.escalation import Rules
from firstline.gaps.inputs import set_aside_of, until_of
from firstline.gaps.models import Gap, GapEvent, Reach, What
from firstline.gaps.sweeping import sweep
from firstline.kernel.actors import console
from firstline.testing.cast import Cast
from firstline.testing.time import Clock

BERLIN = ZoneInfo("Europe/Berlin")
# One night has the hour from two to three twice, another not at all; the third is over midnight at a year's end.
NIGHTS = [
    pytest.param(datetime(2036, 10, 26, 0, 30, tzinfo=BERLIN), id="the hour twice"),
    pytest.param(datetime(2036, 3, 30, 0, 30, tzinfo=BERLIN), id="the hour missing"),
    pytest.param(datetime(2036, 12, 31, 23, 30, tzinfo=ZoneInfo("Asia/Shanghai")), id="midnight"),
]


@pytest.fixture(params=NIGHTS)
def night(request: pytest.FixtureRequest, settings: LazySettings, clock_at: Clock) -> datetime:
    """Shortly before the hour that matters, in the zone of the installation."""
    moment: datetime = request.param
    settings.TIME_ZONE = str(moment.tzinfo)
    clock_at.set(moment.astimezone(UTC))
    return moment


@pytest.fixture
def gap(night: datetime, cast: Cast, clock_at: Clock) -> Gap:
    """A door of the worker's compound that has just fallen due."""
    due = clock_at.now()
    clock_at.move(hours=-1)
    census.record_attempt(cast.worker, door_id=cast.door.pk, result="come_back", again_at=due)
    clock_at.move(hours=1, minutes=1)
    sweep(console())
    return Gap.objects.get(kind="steps_overdue")


def again(gap: Gap) -> Gap:
    return Gap.objects.get(pk=gap.pk)


def test_it_climbs_after_so_many_hours_whatever_the_wall_says(gap: Gap, night: datetime, clock_at: Clock) -> None:
    alone = Rules().band_of(gap.severity).village_minutes
    assert gap.opened_at == night
    clock_at.set(gap.opened_at + timedelta(minutes=alone - 1))
    sweep(console())
    assert again(gap).tier == Reach.VILLAGE
    clock_at.move(minutes=1)
    sweep(console())
    assert again(gap).tier == Reach.TOWNSHIP


def test_taken_for_three_hours_it_stands_for_three_hours(gap: Gap, cast: Cast, clock_at: Clock) -> None:
    clock_at.move(minutes=30)
    actions.take(cast.worker, gap_id=gap.pk, until=until_of(QueryDict("hours=3")))
    climbs_at = gap.climbs_at
    assert climbs_at is not None
    clock_at.set(climbs_at + timedelta(hours=3, minutes=-1))
    sweep(console())
    assert again(gap).tier == Reach.VILLAGE
    clock_at.move(minutes=1)
    sweep(console())
    assert again(gap).tier == Reach.TOWNSHIP


@pytest.mark.parametrize(
    ("zone", "ends"),
    [
        ("Asia/Shanghai", datetime(2036, 3, 8, 16, tzinfo=UTC)),
        # In St John's the day begins at half past three, and clocks were put forward on the 9th itself.
        ("America/St_Johns", datetime(2036, 3, 9, 3, 30, tzinfo=UTC)),
        # In Havana the 9th has no midnight.
        ("America/Havana", datetime(2036, 3, 9, 5, tzinfo=UTC)),
    ],
)
def test_set_aside_until_a_day_it_comes_back_as_that_day_is_over_there(
    settings: LazySettings, zone: str, ends: datetime
) -> None:
    settings.TIME_ZONE = zone
    with timezone.override(ZoneInfo(zone)):
        day_over = set_aside_of(QueryDict("decide=set_aside&until=2036-03-08"))
    assert day_over is not None and day_over.astimezone(UTC) == ends


@pytest.mark.parametrize("days", [-1, 0])
def test_it_is_not_set_aside_until_what_is_past(cast: Cast, gap: Gap, clock_at: Clock, days: int) -> None:
    actions.dispute(cast.director, gap_id=gap.pk, reason="这户已经搬走")
    with pytest.raises(GapTakenTooLong):
        actions.settle_dispute(cast.clerk, gap_id=gap.pk, set_aside_until=clock_at.now() + timedelta(days=days))
    assert again(gap).disputed
    assert not GapEvent.objects.filter(gap=gap, what=What.SET_ASIDE).exists()
