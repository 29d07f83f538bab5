"""Seals: put on an empty door, looked at again, broken."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from firstline.census.actions import record_attempt, void_attempt
from firstline.census.models import Attempt, DoorState
from firstline.census.models.seals import Seal
from firstline.census.seals.actions import check_seal, set_seal
from firstline.census.seals.errors import DoorNotEmpty, SealNumberInvalid, SealNumberTaken
from firstline.config.testing.budget import Budget
from firstline.kernel import clock, scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.kernel.ids import uuid7
from firstline.registry.person_line import PersonSaid
from firstline.testing.cast import Cast


def outcome(cast: Cast) -> str:
    with scope.enter(cast.director):
        return DoorState.objects.get(door=cast.door).outcome


def page(cast: Cast) -> Any:
    return cast.worker.client().get(reverse("census:seals")).context


@pytest.fixture
def seal(cast: Cast) -> Seal:
    record_attempt(cast.worker, door_id=cast.door.pk, result="vacant")
    return set_seal(cast.worker, door_id=cast.door.pk, number=" ａ-017 ")


def test_a_seal_is_an_attempt_and_keeps_the_door_vacant(cast: Cast, seal: Seal) -> None:
    assert seal.number == "A-017"
    with scope.enter(cast.director):
        assert Attempt.objects.get(pk=seal.attempt_id).result == "seal_set"
    assert outcome(cast) == "vacant"


def test_an_intact_seal_is_a_dated_check_and_a_broken_one_takes_the_vacancy_back(cast: Cast, seal: Seal) -> None:
    check_seal(cast.worker, seal_id=seal.pk, intact=True)
    assert outcome(cast) == "vacant"
    check_seal(cast.worker, seal_id=seal.pk, intact=False)
    assert outcome(cast) != "vacant"
    assert [line["number"] for line in page(cast)["broken"]] == ["A-017"]


def test_a_seal_is_due_after_the_campaigns_days(cast: Cast, seal: Seal, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [line["number"] for line in page(cast)["fresh"]] == ["A-017"]
    later = clock.now() + timedelta(days=3, hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    found = page(cast)
    assert ([line["number"] for line in found["due"]], found["fresh"]) == (["A-017"], [])


def test_a_broken_seal_leaves_the_list_when_somebody_is_registered(cast: Cast, seal: Seal) -> None:
    check_seal(cast.worker, seal_id=seal.pk, intact=False)
    record_attempt(cast.worker, door_id=cast.door.pk, result="registered", people=[PersonSaid("王建国")])
    assert page(cast)["broken"] == []


def test_a_seal_taken_back_is_none(cast: Cast, seal: Seal) -> None:
    void_attempt(cast.worker, attempt_id=seal.attempt_id)
    found = page(cast)
    assert found["fresh"] == []
    assert [one["id"] for one in found["empty"]] == [cast.door.pk]


def test_one_number_is_on_one_door(cast: Cast, seal: Seal) -> None:
    with pytest.raises(SealNumberTaken):
        set_seal(cast.worker, door_id=cast.door_of(cast.compound, "1-1-102").pk, number="A-017")


def test_pressed_twice_is_one_seal(cast: Cast) -> None:
    visit = uuid7()
    for _again in range(2):
        set_seal(cast.worker, door_id=cast.door.pk, number="1", attempt_id=visit)
    with scope.enter(cast.director):
        assert (Seal.objects.count(), Attempt.objects.count()) == (1, 1)


@pytest.mark.parametrize("number", ["", " ", "七号", "1" * 21, "-1"])
def test_what_is_no_number_is_refused(cast: Cast, number: str) -> None:
    with pytest.raises(SealNumberInvalid):
        set_seal(cast.worker, door_id=cast.door.pk, number=number)


def test_no_seal_where_somebody_is_registered(cast: Cast) -> None:
    record_attempt(cast.worker, door_id=cast.door.pk, result="registered", people=[PersonSaid("王建国")])
    with pytest.raises(DoorNotEmpty):
        set_seal(cast.worker, door_id=cast.door.pk, number="1")


def test_elsewhere_is_not_there(cast: Cast, seal: Seal) -> None:
    with pytest.raises(NotFound):
        set_seal(cast.worker, door_id=cast.door_next.pk, number="2")
    with pytest.raises(NotFound):
        check_seal(cast.worker_next, seal_id=seal.pk, intact=True)
    assert cast.worker.client().get(reverse("census:seals"), {"at": cast.compound_next.place.path}).status_code == 404
    with pytest.raises(Forbidden):
        check_seal(cast.lapsed, seal_id=seal.pk, intact=True)


class TestPage:
    def test_a_thumb_goes_from_door_to_door(self, cast: Cast, seal: Seal) -> None:
        client = cast.worker.client()
        line = page(cast)["fresh"][0]
        answer: Any = client.post(line["check_url"], {"found": "broken", "visit": line["visit"]}, follow=True)
        assert [one["number"] for one in answer.context["broken"]] == ["A-017"]

    def test_a_number_typed_wrong_is_said_at_its_door(self, cast: Cast) -> None:
        record_attempt(cast.worker, door_id=cast.door.pk, result="vacant")
        answer: Any = cast.worker.client().post(reverse("census:seal_set", args=[cast.door.pk]), {"number": "?"})
        assert (answer.status_code, answer.context["mistake_at"]) == (422, str(cast.door.pk))

    def test_the_director_narrows_it_to_a_compound(self, cast: Cast, seal: Seal) -> None:
        client = cast.director.client()
        asked: Any = client.get(reverse("census:seals"), {"at": cast.compound_next.place.path}).context
        assert asked["fresh"] == []
        assert [one["name"] for one in asked["compounds"] if one["chosen"]] == ["邮电局家属院"]

    def test_statements(self, cast: Cast, seal: Seal, statement_budget: Budget) -> None:
        client = cast.director.client()
        with statement_budget("census.seals"):
            client.get(reverse("census:seals"))
