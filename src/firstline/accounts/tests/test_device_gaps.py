"""Phones that were not heard of for a shift, and those that may have lost what they held: one line a phone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from firstline.accounts.devices import actions
from firstline.accounts.devices.enrolling import wiped_itself
from firstline.accounts.devices.until import a_shift_ago
from firstline.accounts.models import Device, DeviceGrant
from firstline.accounts.tests.test_devices_page import phone_of
from firstline.kernel import clock, gap_sources, scope
from firstline.kernel.paths import subtree
from firstline.places.selectors import names_at
from firstline.testing.cast import COMMUNITY, Cast, Member


def missing(person: Member) -> dict[str, int]:
    with scope.enter(person):
        found = gap_sources.causes([subtree(COMMUNITY)], names_at)
    return {one.kind: one.count for one in found if one.kind.startswith("devices_")}


def ago(**span: int) -> dict[str, Any]:
    return {"last_contact_at": clock.now() - timedelta(**span)}


def test_a_phone_that_is_heard_of_is_no_gap(cast: Cast) -> None:
    phone_of(cast, cast.worker, waiting=30)
    assert missing(cast.director) == {}


def test_a_silent_phone_is_on_the_board_of_whoever_answers_for_phones(cast: Cast) -> None:
    phone_of(cast, cast.worker, **ago(days=2))
    assert missing(cast.director) == {"devices_silent": 1}
    assert missing(cast.county_officer) == {"devices_silent": 1}
    assert missing(cast.worker) == {}
    assert missing(cast.clerk) == {}


def test_with_unsent_visits_it_is_one_line_and_the_graver_one(cast: Cast) -> None:
    phone_of(cast, cast.worker, waiting=12, **ago(days=2))
    assert missing(cast.director) == {"devices_at_risk": 1}


def test_a_phone_whose_time_is_over_need_not_be_heard_of(cast: Cast) -> None:
    phone_of(cast, cast.worker, **ago(days=2))
    DeviceGrant.objects.update(valid_until=clock.now())
    assert missing(cast.director) == {}


@pytest.mark.parametrize("way", ["wiped", "revoked", "enrolled_again"])
def test_what_a_phone_held_that_is_gone_may_be_lost(cast: Cast, way: str) -> None:
    device = phone_of(cast, cast.worker, waiting=3, **ago(minutes=5))
    assert missing(cast.director) == {}
    if way == "wiped":
        wiped_itself(device)
    elif way == "revoked":
        actions.revoke_device(cast.director, device_id=device.pk)
    else:
        phone_of(cast, cast.worker)
    assert missing(cast.director) == {"devices_at_risk": 1}


def test_another_phone_lent_for_the_day_takes_nothing_from_the_first(cast: Cast) -> None:
    phone_of(cast, cast.worker, waiting=3, **ago(minutes=5))
    phone_of(cast, cast.worker, borrowed=True)
    assert missing(cast.director) == {}


def test_what_was_looked_into_is_off_the_board_until_it_says_more(cast: Cast) -> None:
    device = phone_of(cast, cast.worker, waiting=3, **ago(days=2))
    actions.settle_loss(cast.director, device_id=device.pk)
    assert missing(cast.director) == {}
    actions.revoke_device(cast.director, device_id=device.pk)
    Device.objects.update(last_contact_at=clock.now() + timedelta(seconds=1), waiting=2)
    assert missing(cast.director) == {"devices_at_risk": 1}


@given(st.datetimes(datetime(2020, 1, 1), datetime(2021, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_shift_is_twelve_hours_that_are_not_night(now: datetime) -> None:
    began = a_shift_ago(now)
    minutes = int((now - began).total_seconds() // 60)
    awake = sum(6 <= timezone.localtime(began + timedelta(minutes=one)).hour < 22 for one in range(minutes))
    assert abs(awake - 12 * 60) <= 1
    assert timedelta(hours=12) <= now - began <= timedelta(hours=20)
