"""Lit windows: what they say of which doors, and what stays unwritten."""

from typing import Any

import pytest
from django.urls import reverse

from firstline.census.actions import record_attempt
from firstline.census.lights.actions import count_lights
from firstline.census.lights.errors import LitCountIdTaken, LitCountInvalid
from firstline.census.models import Attempt, DoorState
from firstline.census.models.lights import LitCount
from firstline.config.testing.budget import Budget
from firstline.kernel import scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.kernel.ids import uuid7
from firstline.registry.person_line import PersonSaid
from firstline.testing.cast import Cast


def outcome(cast: Cast, label: str) -> str:
    with scope.enter(cast.director):
        state = DoorState.objects.filter(door=cast.door_of(cast.compound, label)).first()
        return state.outcome if state else ""


def seen(cast: Cast) -> list[str]:
    with scope.enter(cast.director):
        found = Attempt.objects.filter(result="window_lit").select_related("door")
        return sorted(attempt.door.label for attempt in found)


@pytest.fixture
def known(cast: Cast) -> Cast:
    """101 registered, 102 vacant, 201 refused; the others untried."""
    people = [PersonSaid("王建国")]
    record_attempt(cast.worker, door_id=cast.door.pk, result="registered", people=people)
    record_attempt(cast.worker, door_id=cast.door_of(cast.compound, "1-1-102").pk, result="vacant")
    record_attempt(cast.worker, door_id=cast.door_of(cast.compound, "1-1-201").pk, result="refused")
    return cast


def count(cast: Cast, *labels: str, **given: Any) -> LitCount:
    doors = [cast.door_of(cast.compound, label).pk for label in labels]
    return count_lights(cast.worker, building_id=cast.building.pk, doors=doors, **given)


def test_light_behind_an_empty_door_takes_the_vacancy_back_and_other_doors_are_left_alone(known: Cast) -> None:
    lit = count(known, "1-1-101", "1-1-102", "1-1-201", "1-2-301")
    assert seen(known) == ["1-1-102", "1-2-301"]
    assert [outcome(known, label) for label in ("1-1-101", "1-1-102", "1-1-201")] == [
        "registered",
        "unknown",
        "refused",
    ]
    assert (lit.lit, lit.by_unit) == (4, {"1": 3, "2": 1})


def test_when_a_household_is_at_home_is_written_nowhere(known: Cast) -> None:
    lit = count(known, "1-1-101")
    assert seen(known) == []
    assert str(known.door.pk) not in str([getattr(lit, field.attname) for field in lit._meta.concrete_fields])


def test_a_number_alone_is_a_count_and_no_attempt(known: Cast) -> None:
    lit = count(known, by_unit={"1": 5, "2": 3})
    assert (lit.lit, seen(known)) == (8, [])


def test_the_larger_of_ticks_and_number_counts(known: Cast) -> None:
    assert count(known, "1-1-101", "1-1-102", by_unit={"1": 4, "2": 0}).by_unit == {"1": 4, "2": 0}


def test_pressed_twice_is_one_count(known: Cast) -> None:
    count_id = uuid7()
    assert count(known, "1-1-102", count_id=count_id) == count(known, "1-1-102", count_id=count_id)
    assert seen(known) == ["1-1-102"]
    with pytest.raises(LitCountIdTaken):
        count(known, "1-2-101", count_id=count_id)


@pytest.mark.parametrize("by_unit", [{"1": -1}, {"1": 501}, {"9": 1}])
def test_a_count_no_building_has_is_refused(known: Cast, by_unit: dict[str, int]) -> None:
    with pytest.raises(LitCountInvalid):
        count(known, by_unit=by_unit)


def test_a_door_of_another_building_is_refused(known: Cast) -> None:
    with pytest.raises(LitCountInvalid):
        count(known, "2-1-101")


def test_elsewhere_is_not_there(cast: Cast) -> None:
    with pytest.raises(NotFound):
        count_lights(cast.worker_next, building_id=cast.building.pk)
    with pytest.raises(Forbidden):
        count_lights(cast.county_officer, building_id=cast.building.pk)


class TestPages:
    def test_the_comparison_puts_more_light_than_homes_first(self, known: Cast) -> None:
        count(known, by_unit={"1": 1})
        other = known.building_of(known.compound, "2")
        count_lights(known.worker, building_id=other.pk, by_unit={"1": 3})
        asked: Any = known.worker.client().get(reverse("census:lights")).context
        assert [(row["lit"], row["lived_in"], row["over"]) for row in asked["counted"]] == [(3, 0, 3), (1, 1, 0)]

    def test_doors_lit_are_to_visit_until_somebody_settled_them(self, known: Cast) -> None:
        count(known, "1-1-102", "1-2-301")
        client = known.worker.client()
        asked: Any = client.get(reverse("census:lights")).context
        assert [one["name"] for one in asked["visit"]] == ["枫林苑 1号楼1单元102", "枫林苑 1号楼2单元301"]
        door = known.door_of(known.compound, "1-1-102")
        record_attempt(known.worker, door_id=door.pk, result="registered", people=[PersonSaid("钱七")])
        asked = client.get(reverse("census:lights")).context
        assert [one["name"] for one in asked["visit"]] == ["枫林苑 1号楼2单元301"]

    def test_counting_by_ticks_and_by_numbers(self, known: Cast) -> None:
        client, address = known.worker.client(), reverse("census:lights_building", args=[known.building.pk])
        assert "s-vacant" not in client.get(address).content.decode().partition('id="fl-main"')[2]
        door = known.door_of(known.compound, "1-1-102")
        answer: Any = client.post(address, {"lit": [str(door.pk)], "unit-2": "4"}, follow=True)
        assert [(row["lit"], row["over"]) for row in answer.context["counted"]] == [(5, 4)]
        assert seen(known) == ["1-1-102"]

    def test_what_is_no_number_is_said_and_ticks_stay(self, known: Cast) -> None:
        door = known.door_of(known.compound, "1-1-102")
        address = reverse("census:lights_building", args=[known.building.pk])
        answer: Any = known.worker.client().post(address, {"lit": [str(door.pk)], "unit-2": "many"})
        assert answer.status_code == 422
        assert answer.content.decode().count(" checked") == 1
        assert [unit["said"] for unit in answer.context["units"]] == ["", "many"]

    def test_statements(self, known: Cast, statement_budget: Budget) -> None:
        count(known, "1-1-102")
        client = known.director.client()
        with statement_budget("census.lights"):
            client.get(reverse("census:lights"))
        with statement_budget("census.lights_building"):
            client.get(reverse("census:lights_building", args=[known.building.pk]))
