"""Calls to the community's number: logged, returned, written down; one that reaches nobody changes no door."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from firstline.census.actions import void_attempt
from firstline.census.callbacks.actions import call_back, close, complete, hand_over, log_call, set_number, take_back
from firstline.census.callbacks.errors import CallEnded, CallNumberUnreadable, CallStepTakenBack, HolderUnknown
from firstline.census.callbacks.selectors import call_for, calls_shown, held_by, number_at
from firstline.census.callbacks.standing import Standing, stands_at
from firstline.census.errors import HappenedInFuture
from firstline.census.models import Attempt, Callback, CallStepKind, DoorState
from firstline.census.paper.actions import hand_out
from firstline.census.paper.tests.sheets import printed, sheet
from firstline.kernel import clock, scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.kernel.ids import uuid7
from firstline.kernel.paths import subtree
from firstline.registry.person_line import PersonSaid
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, Cast

NUMBER = "13912345678"
WANG = PersonSaid(name="王建国", sex="male", birth_year=1964, relation="head")


def missed(cast: Cast, number: str = NUMBER, **more: Any) -> Callback:
    return log_call(cast.director, path=COMMUNITY, number=number, taken=False, **more)


def taken(cast: Cast, number: str = NUMBER) -> Callback:
    return log_call(cast.director, path=COMMUNITY, number=number, taken=True)


def standing(cast: Cast, call: Callback) -> Standing:
    with scope.enter(cast.director):
        return call_for(cast.director, call.pk).standing


def open_numbers(cast: Cast) -> list[str]:
    with scope.enter(cast.director):
        return [call.callback.open().number for call in calls_shown(subtree(COMMUNITY))[0]]


def test_a_missed_call_is_to_be_returned_and_changes_no_door(cast: Cast) -> None:
    call = missed(cast)

    assert standing(cast, call) == Standing.TO_CALL_BACK
    with scope.enter(cast.director):
        assert not Attempt.objects.exists()
        assert not DoorState.objects.exists()


def test_calling_back_in_vain_leaves_it_to_be_done_and_changes_no_door(cast: Cast) -> None:
    call = missed(cast)
    for _ in range(3):
        call_back(cast.typist, callback_id=call.pk, reached=False)

    with scope.enter(cast.director):
        assert call_for(cast.director, call.pk).tries == 3
        assert not Attempt.objects.exists()
    assert standing(cast, call) == Standing.TO_CALL_BACK


def test_reached_it_waits_to_be_written_down(cast: Cast) -> None:
    call = missed(cast)
    call_back(cast.director, callback_id=call.pk, reached=True)

    assert standing(cast, call) == Standing.TO_WRITE_DOWN


def test_written_down_the_door_is_registered_and_its_notice_answered(cast: Cast) -> None:
    (number,) = printed(cast, "notice")
    hand_out(cast.worker, number=number)
    call = taken(cast)

    attempt = complete(cast.director, callback_id=call.pk, door_id=cast.door.pk, result="registered", people=[WANG])

    assert (attempt.channel, attempt.source_id) == ("callback", call.pk)
    assert standing(cast, call) == Standing.DONE
    assert sheet(cast, number).state == "answered"
    with scope.enter(cast.director):
        assert DoorState.objects.get(door=cast.door).outcome == "registered"


def test_taken_back_at_the_door_everything_stands_as_before(cast: Cast) -> None:
    (number,) = printed(cast, "notice")
    hand_out(cast.worker, number=number)
    call = taken(cast)
    attempt = complete(cast.director, callback_id=call.pk, door_id=cast.door.pk, result="registered", people=[WANG])

    void_attempt(cast.director, attempt_id=attempt.pk)

    assert standing(cast, call) == Standing.TO_WRITE_DOWN
    assert sheet(cast, number).state == "posted"
    with scope.enter(cast.director):
        assert DoorState.objects.get(door=cast.door).outcome == "notice"


def test_writing_it_down_twice_writes_once(cast: Cast) -> None:
    call, attempt_id = taken(cast), uuid7()
    said: dict[str, Any] = {"callback_id": call.pk, "door_id": cast.door.pk, "result": "registered", "people": [WANG]}
    for _ in range(2):
        complete(cast.director, **said, attempt_id=attempt_id)
    with pytest.raises(CallEnded):
        complete(cast.director, **said, attempt_id=uuid7())

    with scope.enter(cast.director):
        assert Attempt.objects.count() == 1


def test_whoever_calls_again_need_not_be_called_back(cast: Cast) -> None:
    earlier, other = missed(cast), missed(cast, "13800001111")

    taken(cast, "+86 139 1234 5678")

    assert standing(cast, earlier) == Standing.DONE
    assert standing(cast, other) == Standing.TO_CALL_BACK


def test_hidden_numbers_are_not_taken_for_one_another(cast: Cast) -> None:
    earlier = missed(cast, "")

    taken(cast, "")

    assert standing(cast, earlier) == Standing.TO_CALL_BACK


def test_the_number_is_sealed(cast: Cast) -> None:
    missed(cast)

    with scope.enter(cast.director), connection.cursor() as cursor:
        cursor.execute("SELECT callback::text FROM census_callback AS callback")
        (row,) = cursor.fetchone()
    assert NUMBER not in row
    assert NUMBER.encode().hex() not in row


@pytest.mark.parametrize("words", ["王建国", "不知道", "12"])
def test_words_are_no_number(cast: Cast, words: str) -> None:
    with pytest.raises(CallNumberUnreadable):
        missed(cast, words)


def test_a_call_that_has_not_come_yet_is_refused(cast: Cast) -> None:
    with pytest.raises(HappenedInFuture):
        missed(cast, happened_at=clock.now() + timedelta(hours=1))


def test_logging_twice_logs_once(cast: Cast) -> None:
    call_id = uuid7()
    for _ in range(2):
        missed(cast, callback_id=call_id)

    assert open_numbers(cast) == [NUMBER]


def test_a_call_about_something_else_is_closed_and_opened_again(cast: Cast) -> None:
    call = taken(cast)
    step = close(cast.director, callback_id=call.pk)
    assert standing(cast, call) == Standing.DONE
    with pytest.raises(CallEnded):
        close(cast.director, callback_id=call.pk)

    take_back(cast.director, step_id=step.pk)

    assert standing(cast, call) == Standing.TO_WRITE_DOWN
    with pytest.raises(CallStepTakenBack):
        take_back(cast.director, step_id=step.pk)


def test_the_phone_is_handed_over_and_they_see_it(cast: Cast) -> None:
    hand_over(cast.director, path=COMMUNITY, person_id=cast.director.person_id)
    hand_over(cast.director, path=COMMUNITY, person_id=cast.typist.person_id)

    with scope.enter(cast.typist):
        desk = held_by(cast.typist)
    assert desk is not None
    assert desk.place.path == COMMUNITY
    with scope.enter(cast.director):
        assert held_by(cast.director) is None


def test_whoever_has_the_phone_hands_it_back(cast: Cast) -> None:
    hand_over(cast.director, path=COMMUNITY, person_id=cast.typist.person_id)

    hand_over(cast.typist, path=COMMUNITY, person_id=cast.director.person_id)

    with scope.enter(cast.director):
        assert held_by(cast.director) is not None


def test_the_phone_goes_only_to_whoever_may_take_calls_for_all(cast: Cast) -> None:
    for nobody in (cast.worker, cast.lapsed, cast.worker_elsewhere, cast.clerk):
        with pytest.raises(HolderUnknown):
            hand_over(cast.director, path=COMMUNITY, person_id=nobody.person_id)


def test_the_number_on_the_notices_is_the_latest(cast: Cast) -> None:
    set_number(cast.director, path=COMMUNITY, number="0358-8223456")
    set_number(cast.director, path=COMMUNITY, number="138 0000 1111")

    with scope.enter(cast.director):
        assert number_at(cast.door.path) == "138 0000 1111"
        assert number_at(COMMUNITY_ELSEWHERE) == ""


def test_who_is_elsewhere_finds_nothing(cast: Cast) -> None:
    call = missed(cast)

    for somebody in (cast.worker_elsewhere, cast.worker):
        with pytest.raises((NotFound, Forbidden)):
            log_call(somebody, path=COMMUNITY, taken=False)
        with pytest.raises((NotFound, Forbidden)):
            call_back(somebody, callback_id=call.pk, reached=True)


def test_whose_role_has_ended_or_is_another_may_not(cast: Cast) -> None:
    call = missed(cast)
    for somebody in (cast.lapsed, cast.clerk, cast.county_officer):
        with pytest.raises(Forbidden):
            log_call(somebody, path=COMMUNITY, taken=True)
        with pytest.raises(Forbidden):
            complete(somebody, callback_id=call.pk, door_id=cast.door.pk, result="refused")
    with pytest.raises(Forbidden):
        set_number(cast.typist, path=COMMUNITY, number=NUMBER)


@pytest.mark.parametrize(
    ("was_taken", "kinds", "where"),
    [
        (False, [], Standing.TO_CALL_BACK),
        (False, ["not_reached", "not_reached"], Standing.TO_CALL_BACK),
        (False, ["not_reached", "reached"], Standing.TO_WRITE_DOWN),
        (True, [], Standing.TO_WRITE_DOWN),
        (True, ["completed"], Standing.DONE),
        (False, ["called_again"], Standing.DONE),
        (False, ["mistake"], Standing.DONE),
    ],
)
def test_where_a_call_stands(was_taken: bool, kinds: list[str], where: Standing) -> None:
    assert set(kinds) <= set(CallStepKind.values)
    assert stands_at(taken=was_taken, kinds=kinds) == where
