"""Which doors want somebody now, in which order they are walked, and why each is on the list."""

import uuid
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from firstline.census.next_steps import Slot, Step
from firstline.census.results import Outcome
from firstline.census.rules import Rules
from firstline.census.walk.reasons import why
from firstline.census.walk.route import Now, OpenDoor, in_walking_order, is_overdue, slot_at, wanted

NOON = datetime(2020, 2, 12, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
TONIGHT = NOON.replace(hour=21)
DAY, EVENING = Now(NOON, Slot.DAY, Rules()), Now(NOON, Slot.EVENING, Rules())


def door(room: str = "501", unit: str = "1", floor: int | None = 5, position: int = 1, **state: Any) -> OpenDoor:
    return OpenDoor(
        id=uuid.UUID(int=position),
        path="",
        building_id=uuid.UUID(int=0),
        building="3",
        shape="flats",
        compound_id=uuid.UUID(int=0),
        compound="枫林苑",
        unit=unit,
        floor=floor,
        room=room,
        position=position,
        **state,
    )


def test_stairwells_are_walked_one_after_another_each_from_the_top() -> None:
    doors = [
        door(f"{floor}01", unit, floor, position)
        for position, (unit, floor) in enumerate([("1", 1), ("1", 2), ("2", 1), ("2", 2)])
    ]
    assert [(one.unit, one.room) for one in in_walking_order(doors)] == [
        ("1", "201"),
        ("1", "101"),
        ("2", "201"),
        ("2", "101"),
    ]


def test_courtyards_are_walked_along_their_row() -> None:
    doors = [door(str(number), "", None, number)._replace(shape="rows") for number in (3, 1, 2)]
    assert [one.room for one in in_walking_order(doors)] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("state", "agreed", "by_day", "in_the_evening"),
    [
        ({}, False, True, True),
        ({"step": "none"}, False, False, False),
        ({"step": "evening", "slot": "evening", "due_at": TONIGHT}, False, False, True),
        ({"step": "second_round", "slot": "day", "due_at": TONIGHT + timedelta(days=1)}, False, True, False),
        ({"step": "talk_again", "slot": "", "due_at": TONIGHT + timedelta(days=1)}, False, True, True),
        ({"step": "call_again", "slot": "", "due_at": NOON}, False, False, False),
        # A call back that was promised is waited for.
        ({"step": "await_call", "slot": "", "due_at": NOON + timedelta(hours=1)}, False, False, False),
        ({"step": "await_call", "slot": "", "due_at": NOON - timedelta(hours=1)}, False, True, True),
        # Forms and seals on their day.
        ({"step": "fetch_form", "slot": "", "due_at": TONIGHT + timedelta(days=1)}, False, False, False),
        ({"step": "fetch_form", "slot": "", "due_at": TONIGHT}, False, True, True),
        ({"step": "check_seal", "slot": "", "due_at": TONIGHT + timedelta(days=3)}, False, False, False),
        # An agreed time is kept: tomorrow's is not for tonight, whatever the rule would say.
        ({"step": "evening", "slot": "evening", "due_at": TONIGHT + timedelta(days=1)}, True, False, False),
        ({"step": "evening", "slot": "evening", "due_at": TONIGHT + timedelta(days=1)}, False, False, True),
        ({"step": "evening", "slot": "evening", "due_at": TONIGHT.replace(hour=19)}, True, False, True),
    ],
)
def test_who_goes_where_now(state: dict[str, Any], agreed: bool, by_day: bool, in_the_evening: bool) -> None:
    assert (wanted(door(**state), DAY, agreed=agreed), wanted(door(**state), EVENING, agreed=agreed)) == (
        by_day,
        in_the_evening,
    )


def test_late_is_what_should_have_been_done_by_now() -> None:
    assert is_overdue(door(due_at=NOON - timedelta(minutes=1)), DAY)
    assert not is_overdue(door(due_at=NOON + timedelta(minutes=1)), DAY)
    assert not is_overdue(door(), DAY)


def test_the_evening_begins_when_the_campaign_says() -> None:
    six = NOON.replace(hour=18)
    assert slot_at(six, Rules()) == Slot.EVENING
    assert slot_at(six, Rules(evening_from=19)) == Slot.DAY


@pytest.mark.parametrize("step", [step for step in Step if step not in {Step.NONE, Step.CALL_AGAIN}])
@pytest.mark.parametrize("outcome", [Outcome.KNOCKED_TWICE, Outcome.TONIGHT, Outcome.UNKNOWN])
def test_every_step_has_its_reason(step: Step, outcome: Outcome) -> None:
    said = why(door(step=step.value, outcome=outcome.value, attempts=2, slot="evening"))
    assert said
    assert "%(" not in said


def test_second_round_says_how_often_and_when() -> None:
    said = why(door(step="second_round", outcome="knocked2", attempts=3, slot="evening"))
    assert said == "没人3次，换个人晚上去"
