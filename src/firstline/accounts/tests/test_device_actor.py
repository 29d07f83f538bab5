"""What a device may: what was given to it and what its person's roles allow, both, as of a moment."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from firstline.accounts.devices.selectors import device_actor, device_with_terms, grants_of
from firstline.accounts.models import Device, DeviceGrant
from firstline.kernel import clock
from firstline.kernel.actors import KNOW_RESIDENTS, Actor
from firstline.testing.cast import COMMUNITY, Cast, Member

DAY = timedelta(days=1)


def device_of(person: Member, path: str = COMMUNITY, *, since: datetime | None = None, **given: Any) -> Device:
    device = Device.objects.create(person_id=person.person_id, path=path, public_key=person.person_id.bytes, client="1")
    begins = since or clock.now() - 2 * DAY
    DeviceGrant.objects.create(
        **{"device": device, "path": path, "hats": ["doors"], "valid_from": begins, "given_by_id": device.pk, **given}
    )
    return device


def places(actor: Actor) -> list[str]:
    return [grant.path for grant in actor.grants]


def test_the_narrower_place_counts_whichever_it_is(cast: Cast) -> None:
    home = cast.compound.place.path
    assert places(device_actor(device_of(cast.worker))) == [home]
    assert places(device_actor(device_of(cast.director, home))) == [home]


def test_places_that_lie_apart_give_nothing(cast: Cast) -> None:
    assert device_actor(device_of(cast.worker, cast.compound_next.place.path)).grants == ()


def test_a_hat_leaves_of_a_role_only_what_it_lists(cast: Cast) -> None:
    actor = device_actor(device_of(cast.director))
    assert actor.may("census.record_attempt", cast.door.path)
    assert actor.may(KNOW_RESIDENTS, cast.door.path)
    assert cast.director.may("census.open_campaign")
    assert not actor.may("census.open_campaign")
    assert not device_actor(device_of(cast.typist, hats=["duty"])).may("census.record_attempt")


def test_nothing_before_it_was_given_and_nothing_after_it_ended(cast: Cast) -> None:
    now = clock.now()
    device = device_of(cast.worker, since=now - 2 * DAY, valid_until=now - DAY)
    assert device_actor(device).grants == ()
    assert device_actor(device, now - 2 * DAY - timedelta(seconds=1)).grants == ()
    assert places(device_actor(device, now - 1.5 * DAY)) == [cast.compound.place.path]


def test_what_was_made_yesterday_passes_todays_checks(cast: Cast) -> None:
    """The role of the lapsed ended yesterday; what their phone holds from the day before is theirs to hand in."""
    device, now = device_of(cast.lapsed, since=clock.now() - 3 * DAY), clock.now()
    actor = device_actor(device, now - 2 * DAY)
    assert actor.may("census.record_attempt", cast.door.path)
    assert [one.lo for one in actor.ranges(KNOW_RESIDENTS)] == [cast.compound.place.path]
    assert device_actor(device, now).grants == ()


def test_the_actor_says_whose_device_it_is(cast: Cast) -> None:
    device = device_of(cast.worker)
    actor = device_actor(device)
    assert (actor.person_id, actor.device_id) == (cast.worker.person_id, device.pk)


def test_a_device_is_read_with_its_terms_in_one_statement(cast: Cast, django_assert_num_queries: Any) -> None:
    made = device_of(cast.worker)
    with django_assert_num_queries(1):
        device = device_with_terms(made.pk)
        assert device is not None
        assert device_actor(device).grants
        assert [one.path for one in grants_of(device)] == [COMMUNITY]


@pytest.mark.django_db
def test_an_id_nobody_has_is_no_device() -> None:
    assert device_with_terms(Device().pk) is None
