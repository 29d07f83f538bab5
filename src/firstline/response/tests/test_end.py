"""Ending an emergency: it covers nothing any more, what was recorded stays readable, and it says how long."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.urls import reverse

from firstline.kernel import clock
from firstline.kernel.errors import Forbidden, NotFound
from firstline.response.actions import end
from firstline.response.errors import EmergencyDatesWrong, EmergencyOver
from firstline.response.selectors import find_emergency
from firstline.response.tests.keys import NAME, next_one, over, visited
from firstline.testing.cast import COMMUNITY, Cast


def test_an_ended_emergency_covers_nothing_and_is_kept_for_a_while(cast: Cast, settings: LazySettings) -> None:
    settings.FIRSTLINE_KEEP_DAYS = 30
    before = clock.now()
    ended = end(cast.county_officer, emergency_id=cast.emergency.pk)
    assert find_emergency(COMMUNITY) is None
    assert ended.ended_at
    assert ended.ended_at >= before
    assert ended.kept_until == ended.ended_at + timedelta(days=30)


def test_what_was_recorded_stays_readable(cast: Cast) -> None:
    visited(cast)
    over(cast)
    next_one(cast)
    page = cast.worker.client().get(reverse("census:door", args=[cast.door.pk]))
    assert NAME in page.content.decode()


def test_it_ends_once(cast: Cast) -> None:
    over(cast)
    with pytest.raises(EmergencyOver):
        end(cast.county_officer, emergency_id=cast.emergency.pk)


def test_it_does_not_end_tomorrow(cast: Cast) -> None:
    with pytest.raises(EmergencyDatesWrong):
        end(cast.county_officer, emergency_id=cast.emergency.pk, ended_at=clock.now() + timedelta(days=1))
    with pytest.raises(EmergencyDatesWrong):
        end(cast.county_officer, emergency_id=cast.emergency.pk, keep_days=-1)


@pytest.mark.parametrize(("who", "error"), [("director", Forbidden), ("other_county_officer", NotFound)])
def test_ending_is_the_countys(cast: Cast, who: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        end(getattr(cast, who), emergency_id=cast.emergency.pk)
    assert find_emergency(COMMUNITY) == cast.emergency
