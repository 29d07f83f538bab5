"""Doors shared out to somebody of whom nothing has come for a shift."""

from datetime import timedelta

import pytest
from django.utils import timezone

from firstline.accounts.models import Device
from firstline.accounts.tests.test_devices_page import phone_of
from firstline.census.actions import record_attempt
from firstline.census.walk import gaps
from firstline.census.walk.actions import share_walk
from firstline.kernel import clock, gap_sources, scope
from firstline.kernel.gap_sources import Cause
from firstline.places.selectors import names_at
from firstline.testing.cast import Cast, Member


@pytest.fixture(autouse=True)
def shared_a_while_ago(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of a compound is the worker's by day, since one short shift.

    What was received is stamped by the database's own clock, so the shift is made short rather than the day long; just
    after midnight it is shorter still, since doors are shared out for a day.
    """
    now = timezone.localtime(clock.now())
    since = min(timedelta(seconds=35), (now - now.replace(hour=0, minute=0, second=0, microsecond=0)) / 2)
    monkeypatch.setattr(gaps, "SHIFT", since / 2)
    with monkeypatch.context() as earlier:
        then = now - since
        earlier.setattr(clock, "now", lambda: then)
        people = [cast.worker.person_id]
        share_walk(cast.director, path=cast.compound.place.path, slot="day", people=people, minutes_each=480)


def silent(actor: Member) -> list[Cause]:
    with scope.enter(actor):
        return [one for one in gap_sources.causes(actor.ranges("gaps.read"), names_at) if one.kind == "walkers_silent"]


def test_after_a_shift_without_a_word_it_is_a_gap(cast: Cast) -> None:
    (cause,) = silent(cast.director)
    assert (cause.stage, cause.count) == ("gap", 24)


def test_before_a_shift_is_over_nobody_is_missed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gaps, "SHIFT", timedelta(hours=4))
    assert silent(cast.director) == []


@pytest.mark.database_time
def test_whoever_has_sent_something_is_heard(cast: Cast) -> None:
    record_attempt(cast.worker, door_id=cast.door.pk, result="no_answer")
    assert silent(cast.director) == []


def test_somebody_elses_attempts_are_no_word_from_them(cast: Cast) -> None:
    record_attempt(cast.director, door_id=cast.door.pk, result="registered")
    (cause,) = silent(cast.director)
    assert cause.count == 23


def test_who_shares_nothing_out_is_not_told(cast: Cast) -> None:
    assert silent(cast.worker) == []


def test_once_it_is_the_phone_that_is_silent_the_doors_are_no_second_line(cast: Cast) -> None:
    device = phone_of(cast, cast.worker)
    (cause,) = silent(cast.director)
    assert cause.count == 24
    Device.objects.filter(pk=device.pk).update(last_contact_at=clock.now() - timedelta(days=2))
    with scope.enter(cast.director):
        found = gap_sources.causes(cast.director.ranges("gaps.read"), names_at)
    assert [one.kind for one in found if one.kind in {"walkers_silent", "devices_silent"}] == ["devices_silent"]
