"""Ending an emergency: it covers nothing any more, what was recorded stays readable, and it says how long."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.urls import reverse
from django.utils import timezone

from firstline.kernel import clock
from firstline.kernel.errors import Forbidden, NotFound
from firstline.response.actions import call_off_end, end, rotate_key
from firstline.response.errors import EmergencyDatesWrong, EmergencyOver, EndNotSaid
from firstline.response.levels.actions import lower_level
from firstline.response.levels.errors import LevelOutsideEmergency
from firstline.response.levels.selectors import level_at
from firstline.response.measures.in_force import measure_in_force
from firstline.response.measures.tests.drafts import ordered
from firstline.response.models import Level
from firstline.response.selectors import find_emergency
from firstline.response.tests.keys import NAME, next_one, over, visited
from firstline.testing.cast import COMMUNITY, PASSWORD, Cast
from firstline.testing.time import Clock


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


def test_an_end_to_come_comes_by_itself(cast: Cast, clock_at: Clock) -> None:
    order = ordered(cast, cast.county_officer, "curfew", spans=["22:00-05:00"])
    end(cast.county_officer, emergency_id=cast.emergency.pk, ended_at=clock.now() + timedelta(days=1), keep_days=3)
    assert find_emergency(COMMUNITY) == cast.emergency
    assert level_at(COMMUNITY) == Level.I
    assert measure_in_force("curfew", COMMUNITY) is not None
    with pytest.raises(EmergencyOver):
        end(cast.county_officer, emergency_id=cast.emergency.pk)
    gone = clock_at.move(days=1, minutes=1)
    assert find_emergency(COMMUNITY) is None
    assert level_at(COMMUNITY) is None
    assert measure_in_force("curfew", COMMUNITY) is None
    assert order.from_at < gone
    with pytest.raises(EmergencyOver):
        call_off_end(cast.county_officer, emergency_id=cast.emergency.pk)


def test_an_end_to_come_is_called_off_and_may_be_said_again(cast: Cast, clock_at: Clock) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    with pytest.raises(EndNotSaid):
        call_off_end(cast.county_officer, emergency_id=cast.emergency.pk)
    end(cast.county_officer, emergency_id=cast.emergency.pk, ended_at=tomorrow)
    called_off = call_off_end(cast.county_officer, emergency_id=cast.emergency.pk)
    assert (called_off.ended_at, called_off.kept_until) == (None, None)
    clock_at.move(days=2)
    assert level_at(COMMUNITY) == Level.I
    end(cast.county_officer, emergency_id=cast.emergency.pk)
    assert level_at(COMMUNITY) is None


def test_until_then_its_level_changes_and_its_key_is_rotated(cast: Cast, clock_at: Clock) -> None:
    officer, emergency = cast.county_officer, cast.emergency.pk
    end(officer, emergency_id=emergency, ended_at=clock.now() + timedelta(days=2))
    lower_level(officer, emergency_id=emergency, level=Level.II, legal_basis="晋政发〔2020〕2号")
    rotate_key(officer, emergency_id=emergency)
    assert level_at(COMMUNITY) == Level.II
    after = clock.now() + timedelta(days=3)
    with pytest.raises(LevelOutsideEmergency):
        lower_level(officer, emergency_id=emergency, level=Level.III, legal_basis="x", from_at=after)
    clock_at.move(days=3)
    assert level_at(COMMUNITY) is None
    with pytest.raises(EmergencyOver):
        rotate_key(officer, emergency_id=emergency)


def test_dates_that_cannot_be_are_refused(cast: Cast) -> None:
    with pytest.raises(EmergencyDatesWrong):
        end(cast.county_officer, emergency_id=cast.emergency.pk, ended_at=clock.now() + timedelta(days=400))
    with pytest.raises(EmergencyDatesWrong):
        end(cast.county_officer, emergency_id=cast.emergency.pk, keep_days=-1)


def test_on_the_page_it_is_said_for_later_and_called_off(cast: Cast) -> None:
    client, keys = cast.county_officer.client(), reverse("response:keys")
    at = timezone.localtime(clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    said = {"password": PASSWORD, "keep_days": "30", "at": at}
    wrong = client.post(reverse("response:end", args=[cast.emergency.pk]), said | {"at": "soon"})
    assert wrong.status_code == 422
    assert client.post(reverse("response:end", args=[cast.emergency.pk]), said).status_code == 303
    off = reverse("response:call_off_end", args=[cast.emergency.pk])
    page = client.get(keys).text
    assert off in page
    assert "在那之前一切照常" in page
    assert client.post(off).status_code == 303
    assert off not in client.get(keys).text


@pytest.mark.parametrize(("who", "error"), [("director", Forbidden), ("other_county_officer", NotFound)])
def test_calling_it_off_is_the_countys(cast: Cast, who: str, error: type[Exception]) -> None:
    end(cast.county_officer, emergency_id=cast.emergency.pk, ended_at=clock.now() + timedelta(days=1))
    with pytest.raises(error):
        call_off_end(getattr(cast, who), emergency_id=cast.emergency.pk)


@pytest.mark.parametrize(("who", "error"), [("director", Forbidden), ("other_county_officer", NotFound)])
def test_ending_is_the_countys(cast: Cast, who: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        end(getattr(cast, who), emergency_id=cast.emergency.pk)
    assert find_emergency(COMMUNITY) == cast.emergency
