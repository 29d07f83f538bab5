"""Two requests at once: the same batch twice, phones in one building, what waits for each other."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import close_old_connections, connection

from firstline.census.models import Attempt, AttemptVoid, DoorState
from firstline.census.rebuild import rebuild
from firstline.kernel import scope
from firstline.kernel.paths import subtree
from firstline.places.models import Door
from firstline.sync.models import Kept, KeptState
from firstline.sync.tests.commands import Answers, attempt, command, send
from firstline.sync.tests.phones import Phone, phone_of
from firstline.testing.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def phones(transactional_db: None, cast: Cast) -> list[Phone]:
    return [phone_of(cast.worker.person_id, cast.compound.place.path) for _number in range(4)]


def at_once(*acts: Callable[[], Answers]) -> list[Answers]:
    """The answers of requests sent from threads of their own, each with its own connection, as nearly at once as can
    be. Raises what one of them raised."""
    start = threading.Barrier(len(acts))
    found: dict[int, Answers] = {}
    problems: list[BaseException] = []

    def run(number: int, act: Callable[[], Answers]) -> None:
        close_old_connections()
        try:
            start.wait()
            found[number] = act()
        except BaseException as problem:  # noqa: BLE001  # raised again below
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    if problems:
        raise problems[0]
    return [found[number] for number in range(len(acts))]


def nothing_differs(cast: Cast) -> bool:
    return not list(rebuild(cast.director, cast.campaign.pk, subtree(cast.compound.place.path), write=False))


def test_the_same_batch_twice_at_once_is_taken_once(cast: Cast, phones: list[Phone]) -> None:
    doors = list(cast.building.doors.all())
    made = [attempt(door.pk, "registered", body={"people": [{"name": "王建国"}]}) for door in doors]
    first, second = at_once(lambda: send(phones[0], *made), lambda: send(phones[0], *made))
    for one, other in zip(first.statuses, second.statuses, strict=True):
        assert {one, other} == {"accepted", "duplicate"}
    with scope.enter(cast.director):
        assert Attempt.objects.count() == len(doors)
        assert set(DoorState.objects.values_list("attempts", flat=True)) == {1}
    assert nothing_differs(cast)


def test_what_keeps_a_receipt_is_taken_once_too(cast: Cast, phones: list[Phone]) -> None:
    door_id = Door.id_for(cast.compound.pk, "1-1-901")
    body = {"door_id": str(door_id), "building_id": str(cast.building.pk), "unit": "1", "room": "901"}
    first = attempt(cast.door.pk)
    send(phones[0], first)
    made = [command("places.add_door", body), command("census.void_attempt", {"attempt_id": first["id"]})]
    one, other = at_once(lambda: send(phones[0], *made), lambda: send(phones[0], *made))
    assert [{*pair} for pair in zip(one.statuses, other.statuses, strict=True)] == [{"accepted", "duplicate"}] * 2
    with scope.enter(cast.director):
        assert AttemptVoid.objects.count() == 1
    assert nothing_differs(cast)


def test_four_phones_in_one_building(cast: Cast, phones: list[Phone]) -> None:
    doors = list(cast.building.doors.order_by("position"))

    def walk(phone: Phone, number: int) -> Callable[[], Answers]:
        order = doors[number * 3 :] + doors[: number * 3]
        made = [attempt(door.pk) for door in (order if number % 2 else order[::-1])]
        return lambda: send(phone, *made)

    answers = at_once(*(walk(phone, number) for number, phone in enumerate(phones)))
    assert {status for one in answers for status in one.statuses} == {"accepted"}
    with scope.enter(cast.director):
        assert Attempt.objects.count() == 4 * len(doors)
    assert nothing_differs(cast)


def test_one_id_at_two_doors_at_once_is_one_of_them(cast: Cast, phones: list[Phone]) -> None:
    here = attempt(cast.door.pk)
    there = here | {"body": here["body"] | {"door_id": str(cast.door_of(cast.compound, "2-1-101").pk)}}
    one, other = at_once(lambda: send(phones[0], here), lambda: send(phones[1], there))
    assert sorted([*one.statuses, *other.statuses]) == ["accepted", "refused"]
    with scope.enter(cast.director):
        assert Attempt.objects.count() == DoorState.objects.count() == 1
    assert nothing_differs(cast)


@pytest.mark.parametrize("_time", range(5))
def test_what_waits_and_what_it_waits_for_find_each_other(cast: Cast, phones: list[Phone], _time: int) -> None:
    first = attempt(cast.door.pk)
    void: dict[str, Any] = command("census.void_attempt", {"attempt_id": first["id"]}, after=[first["id"]])
    _one, other = at_once(lambda: send(phones[0], first), lambda: send(phones[1], void))
    assert other.statuses in (["held"], ["accepted"])
    with scope.enter(cast.director):
        assert AttemptVoid.objects.count() == 1
        assert not Kept.objects.exclude(state=KeptState.CARRIED_OUT).exists()
    assert nothing_differs(cast)
