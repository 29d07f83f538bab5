"""Telling: in the caller's transaction, to people and to the robots above, set-based."""

import uuid
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from firstline.kernel.ids import uuid7
from firstline.kernel.keys import organisation_key
from firstline.notify import actions
from firstline.notify.models import Message, Receipt, Robot, RobotDetails
from firstline.notify.tests.conftest import GUARD, SALARY
from firstline.testing import queue
from firstline.testing.cast import COMMUNITY, COUNTY, OTHER_COUNTY, Cast


def _robot(path: str, *, least: int = 0) -> Robot:
    robot = Robot(path=path, kind="generic", min_severity=least, added_by_id=uuid7())
    robot.seal(RobotDetails("duty group", "https://example.org/hook"), organisation_key())
    robot.save(force_insert=True)
    return robot


def _telling(cast: Cast, **changed: Any) -> actions.Telling:
    told: dict[str, Any] = {
        "kind": GUARD,
        "path": cast.compound.place.path,
        "to": [cast.worker.person_id, cast.director.person_id],
        "words": {"count": 2},
        "url": "/gaps/",
        "severity": 70,
    }
    return actions.Telling(**told | changed)


def test_each_receiver_has_it_once(cast: Cast) -> None:
    told = _telling(cast)
    actions.tell(
        cast.director,
        kind=told.kind,
        path=told.path,
        to=[*told.to, told.to[0]],
        subject=None,
        words=told.words,
        url=told.url,
        severity=told.severity,
    )
    message = Message.objects.get()
    assert (message.words, message.url, message.told_by_id) == ({"count": 2}, "/gaps/", cast.director.person_id)
    assert set(Receipt.objects.values_list("receiver_id", flat=True)) == set(told.to)


def test_the_same_id_again_changes_nothing(cast: Cast) -> None:
    told = _telling(cast)
    actions.tell_many(cast.director, [told])
    actions.tell_many(cast.director, [told])
    assert (Message.objects.count(), Receipt.objects.count()) == (1, 2)


def test_robots_of_the_places_above_hear_what_is_severe_enough(cast: Cast) -> None:
    near, county = _robot(COMMUNITY), _robot(COUNTY, least=70)
    deaf, elsewhere, paused = _robot(COUNTY, least=71), _robot(OTHER_COUNTY), _robot(COMMUNITY)
    Robot.objects.filter(pk=paused.pk).update(paused_at=paused.added_at)
    actions.tell_many(cast.director, [_telling(cast, to=[])])
    heard = set(Receipt.objects.filter(to_robot=True).values_list("receiver_id", flat=True))
    assert heard == {near.pk, county.pk}
    assert not heard & {deaf.pk, elsewhere.pk, paused.pk}


def test_what_concerns_one_person_goes_to_no_group(cast: Cast) -> None:
    _robot(COMMUNITY)
    actions.tell_many(cast.director, [_telling(cast, kind=SALARY, words={})])
    assert not Receipt.objects.filter(to_robot=True).exists()


def test_told_to_nobody_nothing_is_kept(cast: Cast) -> None:
    actions.tell_many(cast.director, [_telling(cast, to=[])])
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "https://example.org/"},
        {"url": "//example.org/"},
        {"url": "/\\example.org/"},
        {"words": {"count": 1, "note": "x" * 81}},
        {"words": {"other": 1}},
    ],
)
def test_a_mistake_of_the_caller_is_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=GUARD):
        actions.tell_many(cast.director, [_telling(cast, **wrong)])


def test_a_kind_nobody_registered_is_refused(cast: Cast) -> None:
    with pytest.raises(LookupError):
        actions.tell_many(cast.director, [_telling(cast, kind="test.unknown")])


def test_ten_thousand_at_once_are_few_statements(cast: Cast) -> None:
    people = [uuid.uuid4() for _ in range(200)]
    told = [_telling(cast, to=[people[number % 200]]) for number in range(10_000)]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        actions.tell_many(cast.director, told)
    assert len(asked) == 3
    assert Receipt.objects.filter(receiver_id=people[0]).count() == 50


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_told_and_calls_no_worker(cast: Cast) -> None:
    with transaction.atomic():
        actions.tell_many(cast.director, [_telling(cast)])
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert not queue.waiting()


@pytest.mark.django_db(transaction=True)
def test_the_worker_is_called_once_and_told_no_name(cast: Cast) -> None:
    with transaction.atomic():
        actions.tell_many(cast.director, [_telling(cast)])
        actions.tell_many(cast.director, [_telling(cast)])
    [job] = queue.waiting()
    assert job["task_name"] == "notify.deliver"
