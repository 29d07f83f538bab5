"""The evening, building by building."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from firstline.census.actions import record_attempt
from firstline.census.campaigns import campaigns_within
from firstline.census.models import DoorState
from firstline.census.next_steps import Slot, Step
from firstline.census.walk.survey import minutes_of, survey
from firstline.config.testing.budget import Budget
from firstline.kernel import clock, scope
from firstline.kernel.actors import console
from firstline.kernel.paths import subtree
from firstline.places.models import Door
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, Cast
from firstline.testing.time import Clock

URL = reverse("census:tonight")


def ask(cast: Cast, who: str = "director", **query: str) -> Any:
    return getattr(cast, who).client().get(URL, query).context


def says(cast: Cast, step: Step, slot: Slot = Slot.ANY, *, due: int | None = None) -> int:
    """How many doors of the compound are on the list when door 1-1-101 has this next step."""
    record_attempt(cast.worker, door_id=cast.door.pk, result="no_answer")
    at = None if due is None else clock.now() + timedelta(days=due)
    with scope.enter(console()):
        DoorState.objects.filter(door_id=cast.door.pk).update(step=step, slot=slot, due_at=at)
    return int(ask(cast, at=cast.compound.place.path)["doors"])


def test_where_nobody_has_been_somebody_goes(cast: Cast) -> None:
    found = ask(cast)
    assert (found["doors"], found["buildings"]) == (36, 3)
    assert [compound.name for compound in found["compounds"]] == ["枫林苑", "邮电局家属院"]
    assert [stop.name for stop in found["compounds"][0].stops] == ["1号楼", "2号楼"]
    assert [(reason.doors) for reason in found["reasons"]] == [36]


@pytest.mark.parametrize(
    ("step", "slot", "due", "doors"),
    [
        (Step.EVENING, Slot.EVENING, 0, 24),
        (Step.SECOND_ROUND, Slot.DAY, 0, 23),
        (Step.TALK_AGAIN, Slot.ANY, 1, 24),
        (Step.AWAIT_CALL, Slot.ANY, 1, 23),
        (Step.AWAIT_CALL, Slot.ANY, -1, 24),
        (Step.CALL_AGAIN, Slot.ANY, 0, 23),
        (Step.FETCH_FORM, Slot.ANY, 1, 23),
        (Step.FETCH_FORM, Slot.ANY, -1, 24),
        (Step.CHECK_SEAL, Slot.ANY, 3, 23),
        (Step.NONE, Slot.ANY, None, 23),
    ],
)
def test_which_steps_want_somebody_tonight(cast: Cast, step: Step, slot: Slot, due: int | None, doors: int) -> None:
    assert says(cast, step, slot, due=due) == doors


@pytest.mark.parametrize(("days", "doors"), [(0, 24), (2, 23)])
def test_a_time_agreed_upon_waits_for_its_day(cast: Cast, days: int, doors: int) -> None:
    evening = clock.now().replace(hour=11, minute=0) + timedelta(days=days)  # 19:00 there
    record_attempt(cast.worker, door_id=cast.door.pk, result="come_back", again_at=evening)
    assert ask(cast, at=cast.compound.place.path)["doors"] == doors


def test_minutes_are_taken_for_granted_until_visits_are_recorded(cast: Cast) -> None:
    found = ask(cast, at=cast.compound_next.place.path)
    assert (found["each"], found["recorded"], found["needed"]) == (3.0, 0, "0.7")
    assert found["compounds"][0].minutes == 12 * 3 + 4
    for floor in (1, 2, 3):
        for unit in (1, 2):
            for room in (1, 2):
                door_id = Door.id_for(cast.compound.pk, f"1-{unit}-{floor}0{room}")
                record_attempt(cast.worker, door_id=door_id, result="no_answer", minutes=6)
    learned = ask(cast, at=COMMUNITY)
    assert learned["recorded"] == 12
    assert 3.0 < learned["each"] < 6.0


def test_the_evening_takes_as_long_as_its_walking_list(cast: Cast, clock_at: Clock) -> None:
    clock_at.set(clock_at.now().replace(hour=2))  # 10:00 there: who was out by day is visited the same evening
    for unit, result, minutes in ((1, "no_answer", 1), (2, "refused", 30)):
        for floor in (1, 2, 3):
            door_id = Door.id_for(cast.compound.pk, f"1-{unit}-{floor}01")
            record_attempt(cast.worker, door_id=door_id, result=result, minutes=minutes)
    (compound,) = ask(cast, at=cast.compound.place.path)["compounds"]
    with scope.enter(cast.director):
        (part,) = campaigns_within([subtree(cast.compound.place.path)])
        listed = survey(part, Slot.EVENING, clock.now()).lines()

    assert compound.doors == len(listed) == 24
    assert minutes_of(listed) <= compound.minutes < minutes_of(listed) + len(compound.stops)


def test_reasons_are_counted_by_building(cast: Cast) -> None:
    record_attempt(cast.worker, door_id=cast.door.pk, result="refused")
    first = ask(cast)["compounds"][0].stops[0]
    assert first.doors == 12
    assert sorted(reason.doors for reason in first.reasons) == [1, 11]


def test_above_communities_one_is_chosen(cast: Cast) -> None:
    found = ask(cast, "county_officer")
    assert [name for name, _url in found["communities"]] == ["马茂庄社区", "丽景街社区"]
    chosen: Any = cast.county_officer.client().get(found["communities"][1][1])
    assert chosen.context["doors"] == 36


def test_elsewhere_and_lapsed(cast: Cast) -> None:
    assert cast.director.client().get(URL, {"at": COMMUNITY_ELSEWHERE}).status_code == 404
    assert cast.lapsed.client().get(URL).status_code == 403


def test_statements(cast: Cast, statement_budget: Budget) -> None:
    client = cast.director.client()
    with statement_budget("census.tonight"):
        client.get(URL)
