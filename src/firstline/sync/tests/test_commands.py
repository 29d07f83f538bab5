"""Handing in commands: what is answered, and what stands afterwards."""

import pytest

from firstline.census.models import Attempt, AttemptVoid, DoorState
from firstline.kernel import scope
from firstline.sync.models import Kept
from firstline.sync.tests.commands import attempt, command, send
from firstline.sync.tests.phones import Phone, phone_of
from firstline.testing.cast import Cast


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return phone_of(cast.worker.person_id, cast.compound.place.path)


def test_attempts_are_facts_and_count(cast: Cast, phone: Phone) -> None:
    first = attempt(cast.door.pk, "registered", body={"people": [{"name": "王建国", "phones": ["13903580001"]}]})
    second = attempt(cast.door_of(cast.compound, "2-1-101").pk)
    assert send(phone, first, second).statuses == ["accepted", "accepted"]
    with scope.enter(cast.director):
        found = Attempt.objects.get(pk=first["id"])
        assert (found.by_person_id, found.by_device_id) == (cast.worker.person_id, phone.device_id)
        assert found.persons_met == 1
        assert DoorState.objects.get(door=cast.door).outcome == "registered"


def test_the_same_again_is_a_duplicate(cast: Cast, phone: Phone) -> None:
    first = attempt(cast.door.pk)
    send(phone, first)
    assert send(phone, first).statuses == ["duplicate"]
    assert send(phone, first, first).statuses == ["duplicate", "duplicate"]


def test_a_void_in_the_same_batch_waits_for_its_attempt(cast: Cast, phone: Phone) -> None:
    first = attempt(cast.door.pk)
    void = command("census.void_attempt", {"attempt_id": first["id"]}, after=[first["id"]])
    answers = send(phone, void, first)
    assert answers.statuses == ["accepted", "accepted"]
    with scope.enter(cast.director):
        assert AttemptVoid.objects.get().attempt_id == Attempt.objects.get().pk
        assert not DoorState.objects.exists()


def test_a_void_is_held_until_its_attempt_comes(cast: Cast, phone: Phone) -> None:
    first = attempt(cast.door.pk)
    void = command("census.void_attempt", {"attempt_id": first["id"]}, after=[first["id"]])
    assert send(phone, void).statuses == ["held"]
    assert send(phone, first).statuses == ["accepted"]
    assert send(phone, void).statuses == ["duplicate"]
    with scope.enter(cast.director):
        assert Kept.objects.get().state == "carried_out"
        assert not DoorState.objects.exists()
