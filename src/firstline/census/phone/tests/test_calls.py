"""The call sheet: one household at a time in one hand, numbers only on record, and what a call changes."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from firstline.audit.models import LedgerEntry
from firstline.census.actions import record_attempt
from firstline.census.channels.actions import choose_channels
from firstline.census.models import Attempt, CallClaim, DoorState
from firstline.census.phone.actions import HELD_FOR, take_call
from firstline.census.phone.errors import CallTaken
from firstline.config.testing.budget import Budget
from firstline.kernel import clock, scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.places.models import Door
from firstline.registry.person_line import PersonSaid
from firstline.testing.cast import Cast, Member

WANG = PersonSaid(name="王建国", phones=("13912345678",))
LI = PersonSaid(name="李秀英", phones=("13987654321", "03583312345"))


@pytest.fixture
def known(cast: Cast) -> Cast:
    """Two households whose numbers are known in part, in a compound that is worked by telephone."""
    choose_channels(cast.director, compound_id=cast.compound.pk, channels=["phone", "door"], chat_group=None)
    for room, person in (("101", WANG), ("301", LI)):
        record_attempt(cast.director, door_id=at(cast, room).pk, result="partial", people=[person])
    return cast


def at(cast: Cast, room: str) -> Door:
    return cast.door_of(cast.compound, f"1-1-{room}")


def calls(member: Member) -> Any:
    answer = member.client().get(reverse("census:calls"))
    assert answer.status_code == 200
    return answer.context


def start(member: Member) -> Any:
    return member.client().post(reverse("census:next_call"), follow=True)


def post(member: Member, door: Door, **form: Any) -> Any:
    return member.client().post(reverse("census:call", args=[door.pk]), form, follow=True)


def attempts(cast: Cast, door: Door) -> list[Attempt]:
    with scope.enter(cast.director):
        return list(Attempt.objects.filter(door=door, channel="phone").order_by("id"))


def test_the_sheet_names_doors_and_nobody(known: Cast) -> None:
    page = known.worker.client().get(reverse("census:calls"))
    assert [one.name for one in page.context["now"]] == ["1号楼1单元301", "1号楼1单元101"]
    for secret in ("王建国", "李秀英", "13912345678", "5678"):
        assert secret not in page.content.decode()


def test_starting_opens_the_first_household_with_its_numbers_on_record(known: Cast) -> None:
    page = start(known.worker)
    shown = page.content.decode()
    assert 'href="tel:13987654321"' in shown
    assert 'href="tel:03583312345"' in shown
    assert "13912345678" not in shown
    with scope.enter(known.director):
        look = LedgerEntry.objects.get(action="registry.reveal_numbers")
    assert (look.actor_id, look.subject_id) == (known.worker.person_id, at(known, "301").pk)


def test_two_callers_never_have_the_same_household(known: Cast) -> None:
    start(known.worker)
    second = start(known.director)
    assert second.context["door"]["name"] == "1号楼1单元101"
    third = calls(known.director)
    assert [one.name for one in third["taken"]] == ["1号楼1单元301"]
    assert [one.who for one in third["taken"]] == [known.worker.name]


def test_one_statement_decides_between_two(known: Cast) -> None:
    take_call(known.worker, door_id=at(known, "301").pk)
    with pytest.raises(CallTaken):
        take_call(known.director, door_id=at(known, "301").pk)
    take_call(known.worker, door_id=at(known, "301").pk)  # one's own again is fine


def test_a_household_is_free_again_after_ten_minutes(known: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    take_call(known.worker, door_id=at(known, "301").pk)
    later = clock.now() + HELD_FOR + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert take_call(known.director, door_id=at(known, "301").pk).person_id == known.director.person_id


def test_taking_the_next_puts_the_last_one_down(known: Cast) -> None:
    for room in ("301", "101"):
        take_call(known.worker, door_id=at(known, room).pk)
    with scope.enter(known.director):
        assert [claim.door_id for claim in CallClaim.objects.all()] == [at(known, "101").pk]


def test_a_link_alone_shows_nobodys_number(known: Cast) -> None:
    answer = known.worker.client().get(reverse("census:call", args=[at(known, "301").pk]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("census:calls"))
    with scope.enter(known.director):
        assert not LedgerEntry.objects.filter(action="registry.reveal_numbers").exists()


@pytest.mark.parametrize("result", ["no_answer", "busy", "switched_off", "suspended", "number_dead", "hung_up"])
def test_a_call_that_reached_nobody_never_changes_the_door(known: Cast, result: str) -> None:
    door = at(known, "301")
    start(known.worker)
    post(known.worker, door, result=result, number="139****4321")
    with scope.enter(known.director):
        assert DoorState.objects.get(door=door).outcome == "partial"
    (attempt,) = attempts(known, door)
    assert attempt.result == result


def test_the_next_household_opens_by_itself(known: Cast) -> None:
    started = start(known.worker)
    page = post(known.worker, at(known, "301"), result="busy", queue=started.context["queue"])
    assert page.context["door"]["name"] == "1号楼1单元101"
    assert page.context["undo"] is not None


def test_another_number_of_the_same_household_comes_first(known: Cast) -> None:
    started = start(known.worker)
    page = post(
        known.worker, at(known, "301"), result="suspended", number="139****4321", queue=started.context["queue"]
    )
    assert page.context["door"]["name"] == "1号楼1单元301"
    chosen = [one.text for person in page.context["people"] for one in person.numbers if one.chosen]
    assert chosen == ["03583312345"]


def test_a_dead_number_is_not_offered_again_and_the_other_one_is(known: Cast) -> None:
    door = at(known, "301")
    take_call(known.worker, door_id=door.pk)
    post(known.worker, door, result="number_dead", number="139****4321")
    take_call(known.worker, door_id=door.pk)
    page = known.worker.client().get(reverse("census:call", args=[door.pk])).content.decode()
    assert "<s>13987654321</s>" in page
    assert 'href="tel:13987654321"' not in page
    assert 'href="tel:03583312345"' in page
    assert "1号楼1单元301" in [one.name for one in calls(known.worker)["now"]]
    post(known.worker, door, result="wrong_number", number="035****2345")
    assert "1号楼1单元301" not in [one.name for one in calls(known.worker)["now"]]


def test_call_later_asks_when_and_waits_until_then(known: Cast) -> None:
    door, client = at(known, "301"), known.worker.client()
    start(known.worker)
    asked = client.post(reverse("census:call", args=[door.pk]), {"ask": "call_later", "number": "139****4321"})
    assert len(asked.context["times"]) >= 3
    chosen = asked.context["times"][-1].value
    again = client.post(reverse("census:call", args=[door.pk]), {"result": "call_later", "again": "yesterday"})
    assert "这不是时间" in again.content.decode()
    post(known.worker, door, result="call_later", again=chosen)
    page = calls(known.worker)
    assert [one.name for one in page["later"]] == ["1号楼1单元301"]
    (attempt,) = attempts(known, door)
    assert attempt.again_at
    assert attempt.again_at > clock.now()


def test_who_answers_is_registered_in_one_line(known: Cast) -> None:
    door, client = at(known, "301"), known.worker.client()
    start(known.worker)
    asked = client.post(
        reverse("census:call", args=[door.pk]), {"ask": "registered", "number": "139****4321", "queue": "x"}
    )
    assert asked.context["entry"]["result"] == "registered"
    assert 'name="number" value="139****4321"' in asked.content.decode()
    post(known.worker, door, result="registered", line="李秀英 女 56", step="done", number="139****4321")
    with scope.enter(known.director):
        assert DoorState.objects.get(door=door).outcome == "registered"
        assert attempts(known, door)[0].open().note == "139****4321"
    assert [one.name for one in calls(known.worker)["now"]] == ["1号楼1单元101"]


def test_pressed_twice_it_is_one_call(known: Cast) -> None:
    door = at(known, "301")
    start(known.worker)
    form = {"result": "busy", "attempt_id": "01900000-0000-7000-8000-000000000001"}
    post(known.worker, door, **form)
    post(known.worker, door, **form)
    assert len(attempts(known, door)) == 1


def test_elsewhere_nobody_is_rung(known: Cast) -> None:
    with pytest.raises(NotFound):
        take_call(known.worker_next, door_id=at(known, "301").pk)
    with pytest.raises(Forbidden):
        take_call(known.typist, door_id=at(known, "301").pk)
    assert calls(known.worker_elsewhere)["now"] == []


def test_the_pages_keep_their_budget(known: Cast, statement_budget: Budget) -> None:
    client = known.worker.client()
    with statement_budget("census.calls"):
        client.get(reverse("census:calls"))
    take_call(known.worker, door_id=at(known, "301").pk)
    address = reverse("census:call", args=[at(known, "301").pk])
    with statement_budget("census.call"):
        client.get(address)
