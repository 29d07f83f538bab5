"""Phones given to people: by whom, for whom, how long; taken away, moved, asked to wipe themselves."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from firstline.accounts import actions as accounts
from firstline.accounts.devices import actions, until
from firstline.accounts.devices.enrolling import enrol, wiped_itself
from firstline.accounts.devices.errors import (
    BorrowedTooLong,
    DeviceOver,
    EndsInThePast,
    EnrolmentCodeWrong,
    HatsMissing,
    KeyUnfit,
    LabelUnfit,
    NoRoleThere,
    PersonNotYours,
    StorageNotPersistent,
)
from firstline.accounts.devices.hats import Hat
from firstline.accounts.devices.selectors import device_actor, people_to_enrol
from firstline.accounts.devices.until import Until
from firstline.accounts.models import Device, DeviceGrant, Invitation
from firstline.accounts.roles import Role
from firstline.audit.models import LedgerEntry
from firstline.kernel import clock, scope
from firstline.kernel.actors import console
from firstline.kernel.errors import FirstlineError, Forbidden, NotFound
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, COUNTY, Cast


def new_key(curve: ec.EllipticCurve | None = None) -> bytes:
    public = ec.generate_private_key(curve or ec.SECP256R1()).public_key()
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def invited(cast: Cast, **changed: Any) -> actions.Invited:
    said = {"person_id": cast.worker.person_id, "path": COMMUNITY, "hats": [Hat.DOORS], **changed}
    return actions.invite_device(cast.director, **said)


def enrolled(cast: Cast, **changed: Any) -> Device:
    return enrol(invited(cast, **changed).code, public_key=new_key(), client="0.1.0", persistent=True)


def acts() -> list[str]:
    with scope.enter(console()):
        return list(LedgerEntry.objects.filter(is_look=False).order_by("at", "id").values_list("action", flat=True))


def test_a_phone_comes_in_by_its_code_and_may_what_its_person_may(cast: Cast) -> None:
    device = enrolled(cast)
    assert device.person_id == cast.worker.person_id
    assert [grant.path for grant in device_actor(device).grants] == [cast.compound.place.path]
    assert acts() == ["accounts.invite_device", "accounts.enrol_device"]


def test_of_a_code_only_a_hash_is_kept(cast: Cast) -> None:
    code = invited(cast).code
    assert len(code) == 20
    assert code.encode() not in bytes(Invitation.objects.get().code_hash)


def test_a_code_is_good_once(cast: Cast) -> None:
    code = invited(cast).code
    enrol(code, public_key=new_key(), client="1", persistent=True)
    with pytest.raises(EnrolmentCodeWrong):
        enrol(code, public_key=new_key(), client="1", persistent=True)
    assert Device.objects.count() == 1


def test_the_same_phone_asking_again_is_answered_as_the_first_time(cast: Cast) -> None:
    """Its answer was lost: without this it would need another code, and a device that nobody holds would be left."""
    code, key = invited(cast).code, new_key()
    first = enrol(code, public_key=key, client="1", persistent=True)
    assert enrol(code.lower(), public_key=key, client="1", persistent=True).pk == first.pk
    assert acts().count("accounts.enrol_device") == 1


def test_a_code_is_good_for_ten_minutes(cast: Cast) -> None:
    code, key = invited(cast).code, new_key()
    Invitation.objects.update(expires_at=clock.now())
    with pytest.raises(EnrolmentCodeWrong):
        enrol(code, public_key=key, client="1", persistent=True)


def test_without_lasting_storage_a_phone_is_refused_and_the_code_stays_good(cast: Cast) -> None:
    code = invited(cast).code
    with pytest.raises(StorageNotPersistent):
        enrol(code, public_key=new_key(), client="1", persistent=False)
    enrol(code, public_key=new_key(), client="1", persistent=True)
    ticked = invited(cast, may_be_volatile=True).code
    enrol(ticked, public_key=new_key(), client="1", persistent=False)
    assert Device.objects.count() == 2


@pytest.mark.parametrize("key", [b"", b"no key", new_key(ec.SECP384R1())])
def test_what_is_no_key_of_the_right_kind_is_refused(cast: Cast, key: bytes) -> None:
    with pytest.raises(KeyUnfit):
        enrol(invited(cast).code, public_key=key, client="1", persistent=True)


def test_one_key_is_one_device(cast: Cast) -> None:
    key = new_key()
    enrol(invited(cast).code, public_key=key, client="1", persistent=True)
    with pytest.raises(KeyUnfit):
        enrol(invited(cast).code, public_key=key, client="1", persistent=True)


def test_a_role_that_ended_since_the_code_was_made_lets_no_phone_in(cast: Cast) -> None:
    code = invited(cast).code
    for grant in cast.worker.person.grants.all():
        accounts.end_grant(cast.director, grant_id=grant.pk)
    with pytest.raises(NoRoleThere):
        enrol(code, public_key=new_key(), client="1", persistent=True)
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    ("inviter", "error"),
    [
        ("worker", Forbidden),
        ("typist", Forbidden),
        ("clerk", Forbidden),
        ("county_officer", Forbidden),
        ("lapsed", Forbidden),
        ("director", None),
    ],
)
def test_phones_are_given_by_the_director(cast: Cast, inviter: str, error: type[Exception] | None) -> None:
    said: dict[str, Any] = {"person_id": cast.worker.person_id, "path": cast.compound.place.path, "hats": [Hat.DOORS]}
    if error is None:
        assert actions.invite_device(getattr(cast, inviter), **said).code
        return
    with pytest.raises(error):
        actions.invite_device(getattr(cast, inviter), **said)


def test_a_hat_its_person_has_no_role_for_is_not_given(cast: Cast) -> None:
    said: dict[str, Any] = {"person_id": cast.typist.person_id, "path": COMMUNITY}
    assert actions.invite_device(cast.director, hats=[Hat.DOORS], **said).code
    with pytest.raises(NoRoleThere):
        actions.invite_device(cast.director, hats=[Hat.DOORS, Hat.DUTY], **said)


@pytest.mark.parametrize(
    ("person", "path", "error"),
    [
        ("lapsed", COMMUNITY, NoRoleThere),  # their role ended yesterday
        ("worker_elsewhere", COMMUNITY, NoRoleThere),
        ("worker_elsewhere", COMMUNITY_ELSEWHERE, NotFound),  # not the director's place
        ("county_officer", COMMUNITY, PersonNotYours),  # a superior's roles are not the director's to wear
        ("director", COMMUNITY, None),  # one's own phone
        ("typist", COMMUNITY, None),
    ],
)
def test_a_phone_is_given_no_more_than_its_person_may(
    cast: Cast, person: str, path: str, error: type[Exception] | None
) -> None:
    whose = getattr(cast, person).person_id
    if error is None:
        assert invited(cast, person_id=whose, path=path).code
        return
    with pytest.raises(error):
        invited(cast, person_id=whose, path=path)


def test_somebody_who_is_also_a_superior_is_given_none(cast: Cast) -> None:
    accounts.grant_role(console(), person_id=cast.worker.person_id, role=Role.COUNTY_OFFICER, path=COUNTY)
    with pytest.raises(PersonNotYours):
        invited(cast)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"hats": []}, HatsMissing),
        ({"label": "白俊丽"}, LabelUnfit),
        ({"until": clock.now() - timedelta(minutes=1)}, EndsInThePast),
        ({"borrowed": True}, BorrowedTooLong),
        ({"borrowed": True, "until": clock.now() + timedelta(days=3)}, BorrowedTooLong),
        ({"person_id": uuid.uuid4()}, NotFound),
    ],
)
def test_what_cannot_be_is_not_invited(cast: Cast, said: dict[str, Any], error: type[FirstlineError]) -> None:
    with pytest.raises(error):
        invited(cast, **said)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("chosen", [Until.TONIGHT, Until.SHIFT])
def test_a_borrowed_phone_is_given_for_a_shift(cast: Cast, chosen: Until) -> None:
    device = enrolled(cast, borrowed=True, label="A-07", until=until.moment_of(chosen))
    assert (device.borrowed, device.label) == (True, "A-07")
    assert device_actor(device).grants
    assert not device_actor(device, clock.now() + timedelta(hours=25)).grants
    with pytest.raises(BorrowedTooLong):
        actions.extend_device(cast.director, device_id=device.pk, until=None)


def test_giving_it_for_longer_goes_on_from_before(cast: Cast) -> None:
    device = enrolled(cast, until=until.moment_of(Until.SHIFT))
    actions.extend_device(cast.director, device_id=device.pk, until=None)
    assert DeviceGrant.objects.get().valid_until is None


def test_what_had_ended_begins_anew_and_the_time_between_stays_outside(cast: Cast) -> None:
    device = enrolled(cast)
    ended = clock.now()
    DeviceGrant.objects.update(valid_from=ended - timedelta(hours=2), valid_until=ended - timedelta(hours=1))
    actions.extend_device(cast.director, device_id=device.pk, until=None)
    now = Device.objects.get()
    assert device_actor(now).grants
    assert not device_actor(now, ended - timedelta(minutes=30)).grants
    assert device_actor(now, ended - timedelta(minutes=90)).grants


def test_a_moved_phone_is_judged_by_what_it_was_given_then(cast: Cast) -> None:
    home, following = cast.compound.place.path, cast.compound_next.place.path
    accounts.grant_role(cast.director, person_id=cast.worker.person_id, role=Role.GRID_WORKER, path=following)
    before = clock.now()
    device = enrolled(cast, path=home)
    DeviceGrant.objects.update(valid_from=before - timedelta(days=1))
    moved = actions.move_device(cast.director, device_id=device.pk, path=following)
    assert [grant.path for grant in device_actor(moved).grants] == [following]
    assert [grant.path for grant in device_actor(moved, before).grants] == [home]
    assert moved.path == following


def test_a_phone_is_not_moved_where_its_person_has_no_role(cast: Cast) -> None:
    device = enrolled(cast, path=cast.compound.place.path)
    with pytest.raises(NoRoleThere):
        actions.move_device(cast.director, device_id=device.pk, path=cast.compound_next.place.path)
    with pytest.raises(NotFound):
        actions.move_device(cast.director, device_id=device.pk, path=COMMUNITY_ELSEWHERE)


def test_a_revoked_phone_may_nothing_from_then_on_and_stays_so(cast: Cast) -> None:
    device = enrolled(cast)
    actions.revoke_device(cast.director, device_id=device.pk)
    assert not device_actor(Device.objects.get()).grants
    assert DeviceGrant.objects.count() == 1
    with pytest.raises(DeviceOver):
        actions.revoke_device(cast.director, device_id=device.pk)
    with pytest.raises(DeviceOver):
        actions.extend_device(cast.director, device_id=device.pk, until=None)
    with pytest.raises(DeviceOver):
        actions.move_device(cast.director, device_id=device.pk, path=cast.compound.place.path)


@pytest.mark.parametrize(
    ("person", "error"),
    [
        ("county_officer", None),
        ("director", None),
        ("worker", Forbidden),
        ("other_county_officer", NotFound),
        ("lapsed", Forbidden),
    ],
)
def test_a_phone_is_revoked_from_above(cast: Cast, person: str, error: type[Exception] | None) -> None:
    device = enrolled(cast)
    if error is None:
        assert actions.revoke_device(getattr(cast, person), device_id=device.pk).revoked_at
        return
    with pytest.raises(error):
        actions.revoke_device(getattr(cast, person), device_id=device.pk)


def test_a_wipe_is_asked_for_taken_back_and_done(cast: Cast) -> None:
    device = enrolled(cast)
    assert actions.ask_wipe(cast.director, device_id=device.pk).wipe_asked_at
    assert actions.end_wipe(cast.director, device_id=device.pk).wipe_asked_at is None
    actions.ask_wipe(cast.director, device_id=device.pk)
    wiped_itself(Device.objects.get())
    wiped_itself(Device.objects.get())
    assert not device_actor(Device.objects.get()).grants
    assert acts()[2:] == ["accounts.ask_wipe", "accounts.end_wipe", "accounts.ask_wipe", "accounts.confirm_wipe"]
    with pytest.raises(DeviceOver):
        actions.ask_wipe(cast.director, device_id=device.pk)
    with pytest.raises(DeviceOver):
        actions.end_wipe(cast.director, device_id=device.pk)


def test_who_can_be_given_a_phone(cast: Cast) -> None:
    found = {person.pk for person in people_to_enrol(cast.director)}
    assert found == {one.person_id for one in (cast.director, cast.worker, cast.worker_next, cast.typist)}
    assert not people_to_enrol(cast.county_officer)
