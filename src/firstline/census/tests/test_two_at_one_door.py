"""Two people at one door at once: both are recorded, and the door and its building come out right."""

import threading
from collections.abc import Callable

import pytest
from django.db import close_old_connections, connection

from firstline.census.actions import record_attempt, void_attempt
from firstline.census.errors import AlreadyVoided
from firstline.census.models import Attempt, BuildingTally, DoorState
from firstline.census.rebuild import rebuild
from firstline.census.results import Outcome
from firstline.kernel import scope
from firstline.kernel.ids import uuid7
from firstline.kernel.paths import subtree
from firstline.places.actions import merge_doors, split_door
from firstline.places.errors import DoorEnded
from firstline.places.models import Door
from firstline.testing.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[BaseException]:
    """Run acts in threads of their own, each with its own connection, as nearly at once as can be."""
    start, refused = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        close_old_connections()
        try:
            start.wait()
            act()
        except BaseException as problem:  # noqa: BLE001  # handed to the test, which judges it
            refused.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return refused


def test_both_knocks_count(transactional_db: None, cast: Cast) -> None:
    door_id = cast.door.pk
    people = [cast.worker, cast.director, cast.typist, cast.worker]

    refused = at_once(*(lambda who=who: record_attempt(who, door_id=door_id, result="no_answer") for who in people))

    assert refused == []
    with scope.enter(cast.director):
        assert Attempt.objects.filter(door_id=door_id).count() == 4
        state = DoorState.objects.get(door_id=door_id)
    assert (state.outcome, state.attempts) == (Outcome.KNOCKED_TWICE, 4)
    tally = BuildingTally.objects.get(building=cast.building)
    assert (tally.knocked1, tally.knocked2) == (0, 1)


def test_many_doors_of_one_building_at_once_make_one_right_count(transactional_db: None, cast: Cast) -> None:
    doors = list(cast.building.doors.values_list("pk", flat=True))

    refused = at_once(*(lambda door=door: record_attempt(cast.worker, door_id=door, result="vacant") for door in doors))

    assert refused == []
    assert BuildingTally.objects.get(building=cast.building).vacant == len(doors)
    within = subtree(cast.compound.place.path)
    assert list(rebuild(cast.director, cast.campaign.pk, within, write=False)) == []


def test_the_same_attempt_sent_twice_at_once_is_one_attempt(transactional_db: None, cast: Cast) -> None:
    door_id, attempt_id = cast.door.pk, uuid7()

    def send() -> None:
        record_attempt(cast.worker, door_id=door_id, result="refused", attempt_id=attempt_id)

    assert at_once(send, send, send) == []
    with scope.enter(cast.worker):
        assert Attempt.objects.filter(door_id=door_id).count() == 1
    assert BuildingTally.objects.get(building=cast.building).refused == 1


def test_taken_back_twice_at_once_is_taken_back_once(transactional_db: None, cast: Cast) -> None:
    attempt = record_attempt(cast.worker, door_id=cast.door.pk, result="vacant")

    refused = at_once(
        lambda: void_attempt(cast.worker, attempt_id=attempt.pk),
        lambda: void_attempt(cast.director, attempt_id=attempt.pk),
    )

    assert [type(problem) for problem in refused] == [AlreadyVoided]
    assert BuildingTally.objects.get(building=cast.building).vacant == 0


def test_a_rebuild_waits_for_whoever_records_and_leaves_nothing_wrong(transactional_db: None, cast: Cast) -> None:
    door_id, within = cast.door.pk, subtree(cast.compound.place.path)
    acts: list[Callable[[], object]] = [
        lambda: record_attempt(cast.worker, door_id=door_id, result="no_answer") for _ in range(4)
    ]

    refused = at_once(*acts, lambda: list(rebuild(cast.director, cast.campaign.pk, within)))

    assert refused == []
    assert list(rebuild(cast.director, cast.campaign.pk, within, write=False)) == []


def test_a_door_that_ends_while_somebody_records_there_counts_nothing(transactional_db: None, cast: Cast) -> None:
    gone = Door.id_for(cast.compound.pk, "1-1-102")
    acts = [
        lambda: record_attempt(cast.worker, door_id=gone, result="no_answer"),
        lambda: merge_doors(cast.director, door_ids=[cast.door.pk, gone], into="101"),
        lambda: record_attempt(cast.typist, door_id=gone, result="registered"),
    ]

    assert at_once(*acts) == []

    with scope.enter(cast.director):
        assert Attempt.objects.filter(door_id=gone).count() == 2
        assert not DoorState.objects.filter(door_id=gone).exists()
    within = subtree(cast.compound.place.path)
    assert list(rebuild(cast.director, cast.campaign.pk, within, write=False)) == []


def test_of_two_people_who_end_one_door_the_second_is_told(transactional_db: None, cast: Cast) -> None:
    gone = Door.id_for(cast.compound.pk, "1-1-102")
    refused = at_once(
        lambda: merge_doors(cast.director, door_ids=[cast.door.pk, gone], into="101"),
        lambda: split_door(cast.worker, door_id=gone, into=["102A", "102B"]),
    )
    assert [type(problem) for problem in refused] == [DoorEnded]
    building = cast.building
    assert building.door_count == building.doors.filter(ended_at=None).count()
