"""Another command under the id of one that came before: refused and kept beside it, whatever was granted meanwhile."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from firstline.accounts.devices.actions import move_device, revoke_device
from firstline.accounts.models import DeviceGrant
from firstline.census.models import Attempt, AttemptVoid, DoorState
from firstline.kernel import clock, scope
from firstline.places.models import Door
from firstline.sync.models import Kept, Receipt
from firstline.sync.tests.commands import attempt, command, send
from firstline.sync.tests.phones import Phone, phone_of
from firstline.testing.cast import Cast

Change = Callable[[Cast, Phone], None]


def _moved(cast: Cast, phone: Phone) -> None:
    move_device(cast.director, device_id=phone.device_id, path=cast.compound_next.place.path)
    # All that it made is of before the move, and the move was long ago.
    DeviceGrant.objects.filter(device_id=phone.device_id, path=cast.compound.place.path).update(
        valid_until=clock.now() - timedelta(hours=2)
    )


def _ended(_cast: Cast, phone: Phone) -> None:
    DeviceGrant.objects.filter(device_id=phone.device_id).update(valid_until=clock.now() - timedelta(hours=2))


def _revoked(cast: Cast, phone: Phone) -> None:
    revoke_device(cast.director, device_id=phone.device_id)


GRANTS: dict[str, Change] = {
    "in force": lambda _cast, _phone: None,
    "moved": _moved,
    "ended": _ended,
    "revoked": _revoked,
}


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return phone_of(cast.director.person_id, cast.compound.place.path, valid_from=clock.now() - timedelta(days=1))


@pytest.fixture(params=["fact", "receipt"])
def first(request: pytest.FixtureRequest, cast: Cast) -> dict[str, Any]:
    """A command whose fact bears its id, or one that leaves a receipt."""
    if request.param == "fact":
        return attempt(cast.door.pk)
    return command("places.add_door", _room(cast, "901"))


def _room(cast: Cast, room: str) -> dict[str, Any]:
    door_id = str(Door.id_for(cast.compound.pk, f"1-1-{room}"))
    return {"door_id": door_id, "building_id": str(cast.building.pk), "unit": "1", "room": room}


def _others(cast: Cast, first: dict[str, Any]) -> dict[str, dict[str, Any]]:
    def other(door_id: Any, **more: Any) -> dict[str, Any]:
        made = attempt(door_id, "registered", body={"people": [{"name": "王建国"}]}, **more)
        return made | {"id": first["id"]}

    return {
        "other words": other(cast.door.pk),
        "another door": other(cast.door_of(cast.compound, "2-1-101").pk),
        "elsewhere": other(cast.door_elsewhere.pk),
        "nowhere": other(uuid4()),
        "waits": other(cast.door.pk, after=[str(uuid4())]),
        "another kind": command("places.add_door", _room(cast, "902"), id=first["id"]),
        "unreadable": attempt(cast.door.pk, "flew", id=first["id"]),
        "unknown kind": command("gates.admit", {}, id=first["id"]),
        "no envelope": {"id": first["id"], "kind": 7},
    }


@pytest.mark.parametrize("grant", GRANTS)
def test_another_under_the_id_of_a_fact_is_refused_whatever_is_granted(
    cast: Cast, phone: Phone, first: dict[str, Any], grant: str
) -> None:
    assert send(phone, first).statuses == ["accepted"]
    GRANTS[grant](cast, phone)
    others = _others(cast, first)
    for name, other in others.items():
        (answer,) = send(phone, other).found
        assert (answer["status"], answer["code"]) == ("refused", "command_id_taken"), name
        assert answer["said"]
        # The first stands, and its phone goes on hearing that it does.
        assert send(phone, first).statuses == ["duplicate"], name
    # All of them at once: each is told the same, and nothing is kept twice.
    assert send(phone, *others.values(), first).statuses == ["refused"] * len(others) + ["duplicate"]
    with scope.enter(cast.director):
        assert set(Kept.objects.values_list("code", "state")) == {("command_id_taken", "refused")}
        assert Kept.objects.count() == len(others)
        assert not Kept.objects.filter(pk=first["id"]).exists()
        facts = Attempt.objects.count(), Receipt.objects.count()
    assert facts == ((1, 0) if first["kind"] == "census.record_attempt" else (0, 1))


@pytest.mark.parametrize("grant", ["moved", "revoked"])
def test_two_under_one_id_that_are_both_kept_are_two(cast: Cast, phone: Phone, grant: str) -> None:
    GRANTS[grant](cast, phone)
    made = attempt(cast.door_elsewhere.pk)
    other = made | {"body": made["body"] | {"result": "registered"}}
    assert send(phone, made, other, made).statuses == ["quarantined", "refused", "quarantined"]
    assert send(phone, made, other).statuses == ["quarantined", "refused"]
    with scope.enter(cast.director):
        assert sorted(Kept.objects.values_list("state", flat=True)) == ["quarantined", "refused"]


def test_of_two_in_one_batch_the_one_that_is_a_fact_stands(cast: Cast, phone: Phone) -> None:
    here = attempt(cast.door.pk)
    there = here | {"body": here["body"] | {"door_id": str(cast.door_elsewhere.pk)}}
    void = command("census.void_attempt", {"attempt_id": here["id"]}, id=here["id"])
    assert send(phone, there, void, here).statuses == ["refused", "refused", "accepted"]
    with scope.enter(cast.director):
        assert (Attempt.objects.count(), AttemptVoid.objects.count(), Receipt.objects.count()) == (1, 0, 0)
        assert DoorState.objects.get().attempts == 1
        assert set(Kept.objects.values_list("code", flat=True)) == {"command_id_taken"}
