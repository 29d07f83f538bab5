"""Sheets from the printer to the register: what each step changes at the door, who may, what is refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from firstline.audit.models import LedgerEntry
from firstline.census.actions import void_attempt
from firstline.census.models import Attempt, DoorState, Sheet, SheetStep
from firstline.census.paper.actions import MOST_SHEETS, enter, fetch, hand_out, lose, print_sheets, spoil, take_back
from firstline.census.paper.errors import (
    NothingToPrint,
    SheetDoorMissing,
    SheetForAnotherDoor,
    SheetIsNoForm,
    SheetMovedOn,
    SheetUnknown,
    StepNotYours,
    StepTakenBack,
    TooManySheets,
)
from firstline.census.paper.steps import StepKind, Stepped, derive
from firstline.census.paper.tests.sheets import printed, sheet
from firstline.kernel import clock, scope
from firstline.kernel.errors import Forbidden
from firstline.kernel.ids import uuid7
from firstline.registry.models import Mention
from firstline.registry.person_line import PersonSaid
from firstline.testing.cast import COMMUNITY, Cast

WANG = PersonSaid(name="王建国", sex="male", birth_year=1964, relation="head")


def outcome(cast: Cast) -> str | None:
    with scope.enter(cast.director):
        return DoorState.objects.filter(door=cast.door).values_list("outcome", flat=True).first()


def test_a_form_goes_under_its_door_and_the_door_knows(cast: Cast) -> None:
    (number,) = printed(cast)

    attempt = hand_out(cast.worker, number=number)

    assert (attempt.door_id, attempt.result) == (cast.door.pk, "form_slipped")
    assert attempt.source_id == sheet(cast, number).pk
    assert outcome(cast) == "form"
    assert sheet(cast, number).state == StepKind.HANDED_OUT
    assert sheet(cast, number).holder_id == cast.worker.person_id


def test_a_notice_goes_on_its_door_and_is_due_by_the_rules(cast: Cast) -> None:
    (number,) = printed(cast, "notice")

    hand_out(cast.worker, number=number)

    due = sheet(cast, number).due_at
    assert outcome(cast) == "notice"
    assert due is not None
    assert timedelta(days=1) < due - clock.now() < timedelta(days=3)


def test_a_sheet_without_a_door_learns_it_when_it_is_handed_out(cast: Cast) -> None:
    (number,) = printed(cast, blank=1)
    with pytest.raises(SheetDoorMissing):
        hand_out(cast.worker, number=number)

    hand_out(cast.worker, number=number, door_id=cast.door.pk)

    assert sheet(cast, number).door_id == cast.door.pk
    assert sheet(cast, number).path == cast.door.path


def test_fetched_it_waits_and_typed_in_the_door_is_registered(cast: Cast) -> None:
    (number,) = printed(cast)
    hand_out(cast.worker, number=number)
    fetch(cast.worker, numbers=[number])
    assert sheet(cast, number).state == StepKind.FETCHED
    assert outcome(cast) == "form"

    attempt = enter(cast.typist, number=number, people=[WANG])

    assert (attempt.channel, attempt.result) == ("paper", "form_returned")
    assert outcome(cast) == "registered"
    assert sheet(cast, number).state == StepKind.ENTERED
    with scope.enter(cast.worker):
        (mention,) = Mention.objects.filter(source_id=attempt.pk)
        assert mention.open().name == "王建国"


def test_a_form_that_comes_back_empty_is_a_refusal(cast: Cast) -> None:
    (number,) = printed(cast)
    hand_out(cast.worker, number=number)

    enter(cast.typist, number=number, result="refused")

    assert outcome(cast) == "refused"


def test_typing_the_same_form_in_twice_registers_once(cast: Cast) -> None:
    (number,) = printed(cast)
    attempt_id = uuid7()
    for _ in range(2):
        enter(cast.typist, number=number, people=[WANG], attempt_id=attempt_id)
    with pytest.raises(SheetMovedOn):
        enter(cast.typist, number=number, people=[WANG], attempt_id=uuid7())

    with scope.enter(cast.director):
        assert Attempt.objects.count() == 1
        assert SheetStep.objects.filter(kind="entered").count() == 1


def test_pressing_twice_hands_out_once(cast: Cast) -> None:
    (number,) = printed(cast)
    attempt_id = uuid7()
    for _ in range(2):
        hand_out(cast.worker, number=number, attempt_id=attempt_id)
    with pytest.raises(SheetMovedOn):
        hand_out(cast.worker, number=number)

    with scope.enter(cast.director):
        assert Attempt.objects.count() == 1


def test_a_lost_form_that_turns_up_is_fetched(cast: Cast) -> None:
    (number,) = printed(cast)
    hand_out(cast.worker, number=number)
    lose(cast.worker, numbers=[number])
    assert sheet(cast, number).state == StepKind.LOST

    fetch(cast.worker, numbers=[number])

    assert sheet(cast, number).state == StepKind.FETCHED


def test_all_numbers_are_fetched_or_none(cast: Cast) -> None:
    form, notice = printed(cast)[0], printed(cast, "notice")[0]

    with pytest.raises(SheetIsNoForm):
        fetch(cast.worker, numbers=[form, notice])

    assert sheet(cast, form).state == StepKind.PRINTED


def test_taking_back_the_attempt_takes_back_the_step(cast: Cast) -> None:
    (number,) = printed(cast)
    attempt = hand_out(cast.worker, number=number)

    void_attempt(cast.worker, attempt_id=attempt.pk)

    assert outcome(cast) is None
    assert sheet(cast, number).state == StepKind.PRINTED
    hand_out(cast.worker, number=number)


def test_a_step_is_taken_back_by_whoever_made_it_or_the_director(cast: Cast) -> None:
    (number,) = printed(cast)
    hand_out(cast.worker, number=number)
    (step,) = fetch(cast.worker, numbers=[number])
    with pytest.raises(StepNotYours):
        take_back(cast.typist, step_id=step.pk)

    take_back(cast.director, step_id=step.pk)

    assert sheet(cast, number).state == StepKind.HANDED_OUT
    with pytest.raises(StepTakenBack):
        take_back(cast.worker, step_id=step.pk)


def test_only_the_last_step_is_taken_back(cast: Cast) -> None:
    (number,) = printed(cast)
    (fetched,) = fetch(cast.worker, numbers=[number])
    lose(cast.worker, numbers=[number])

    with pytest.raises(StepTakenBack):
        take_back(cast.worker, step_id=fetched.pk)


def test_a_sheet_for_one_door_does_not_go_to_another(cast: Cast) -> None:
    (number,) = printed(cast)

    with pytest.raises(SheetForAnotherDoor):
        hand_out(cast.worker, number=number, door_id=cast.door_of(cast.compound, "1-1-102").pk)


@pytest.mark.parametrize("number", ["", "0001-2", "9999-9", "王建国", "3-2-501"])
def test_a_number_that_no_sheet_has_is_said_so(cast: Cast, number: str) -> None:
    printed(cast)

    with pytest.raises(SheetUnknown):
        hand_out(cast.worker, number=number)


def test_a_spoilt_sheet_goes_nowhere(cast: Cast) -> None:
    (number,) = printed(cast)
    spoil(cast.director, numbers=[number])

    for act in (hand_out, enter):
        with pytest.raises(SheetMovedOn):
            act(cast.director, number=number)


def test_each_number_is_given_out_once(cast: Cast) -> None:
    first = print_sheets(cast.director, kind="form", path=COMMUNITY, blank=3)
    second = print_sheets(cast.director, kind="notice", path=COMMUNITY, blank=2)

    assert (first.first, first.last, second.first, second.last) == (1, 3, 4, 5)


def test_sheets_are_numbered_in_the_order_of_the_walk(cast: Cast) -> None:
    with scope.enter(cast.director):
        labels = ["1-2-102", "1-1-101", "1-1-201"]
        doors = [cast.door_of(cast.compound, label) for label in labels]
    numbers = printed(cast, doors=doors)

    with scope.enter(cast.director):
        found = [sheet(cast, number).printed_for for number in numbers]
        assert [door.label for door in found if door] == ["1-1-101", "1-1-201", "1-2-102"]


def test_nothing_and_too_many_are_not_printed(cast: Cast) -> None:
    with pytest.raises(NothingToPrint):
        print_sheets(cast.director, kind="form", path=COMMUNITY)
    with pytest.raises(TooManySheets):
        print_sheets(cast.director, kind="form", path=COMMUNITY, blank=MOST_SHEETS + 1)


def test_who_is_elsewhere_finds_no_such_number(cast: Cast) -> None:
    (number,) = printed(cast)

    for outsider in (cast.worker_next, cast.worker_elsewhere):
        with pytest.raises(SheetUnknown):
            hand_out(outsider, number=number)
        with pytest.raises(SheetUnknown):
            fetch(outsider, numbers=[number])


def test_whose_role_has_ended_or_is_another_may_not(cast: Cast) -> None:
    (number,) = printed(cast)
    acts: list[tuple[Any, Any]] = [
        (cast.lapsed, hand_out),
        (cast.clerk, hand_out),
        (cast.worker, enter),
        (cast.county_officer, enter),
    ]
    for somebody, act in acts:
        with pytest.raises(Forbidden):
            act(somebody, number=number)
    with pytest.raises(Forbidden):
        print_sheets(cast.worker, kind="form", path=cast.compound.place.path, blank=1)


def test_steps_are_never_changed(cast: Cast) -> None:
    (number,) = printed(cast)
    with scope.enter(cast.director):
        step = SheetStep.objects.get(sheet=sheet(cast, number))
        for statement in ("UPDATE census_sheetstep SET kind = 'lost'", "DELETE FROM census_sheetstep"):
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        assert step.kind == StepKind.PRINTED


def test_every_act_is_in_the_ledger(cast: Cast) -> None:
    (number,) = printed(cast)
    hand_out(cast.worker, number=number)
    fetch(cast.worker, numbers=[number])
    enter(cast.typist, number=number, people=[WANG])

    with scope.enter(cast.director):
        acts = list(LedgerEntry.objects.order_by("at", "id").values_list("action", flat=True))
    assert [act for act in acts if act != "census.record_attempt"] == [
        "census.print_sheets",
        "census.hand_out_sheet",
        "census.fetch_sheets",
        "census.enter_sheet",
    ]


def test_what_is_kept_is_what_the_steps_say(cast: Cast) -> None:
    doors = [cast.door_of(cast.compound, label) for label in ("1-1-101", "1-1-102", "1-1-201", "1-1-202")]
    one, two, three, four = printed(cast, doors=doors)
    hand_out(cast.worker, number=one)
    hand_out(cast.worker, number=two)
    fetch(cast.worker, numbers=[one, two])
    enter(cast.typist, number=two, people=[WANG])
    lose(cast.worker, numbers=[three])
    void_attempt(cast.worker, attempt_id=hand_out(cast.worker, number=four).pk)

    with scope.enter(cast.director):
        for found in Sheet.objects.all():
            steps = [Stepped(s.happened_at, str(s.pk), s.kind) for s in found.steps.filter(void=None)]
            stood = derive(steps)
            assert stood is not None
            assert (found.state, found.since) == (stood.state, stood.since)
        states = [sheet(cast, number).state for number in (one, two, three, four)]
    assert states == ["fetched", "entered", "lost", "printed"]
