"""One door typed in front of its building: understood, asked, or refused; never guessed."""

import pytest

from firstline.kernel.errors import Forbidden, NotFound
from firstline.places import actions
from firstline.places.errors import DoorAmbiguous, DoorElsewhere, DoorNotUnderstood
from firstline.places.models import Door
from firstline.places.typed_doors import read_door
from firstline.testing.cast import Cast


def test_a_door_not_known_yet_is_added_and_counted(cast: Cast) -> None:
    door = actions.add_door(cast.worker, building_id=cast.building.pk, text="2-401")

    assert (door.label, door.floor) == ("1-2-401", 4)
    assert cast.building.door_count == 13


def test_a_door_known_already_is_returned(cast: Cast) -> None:
    assert actions.add_door(cast.worker, building_id=cast.building.pk, text="1号楼2单元301").label == "1-2-301"
    assert cast.building.door_count == 12


def test_a_room_that_may_be_in_two_units_is_asked(cast: Cast) -> None:
    with pytest.raises(DoorAmbiguous) as asked:
        actions.add_door(cast.worker, building_id=cast.building.pk, text="401")
    assert asked.value.data["choices"] == ["1-1-401", "1-2-401"]

    door = actions.add_door(cast.worker, building_id=cast.building.pk, text="401", chosen="1-2-401")
    assert door.label == "1-2-401"
    with pytest.raises(DoorAmbiguous):
        actions.add_door(cast.worker, building_id=cast.building.pk, text="402", chosen="9-9-999")


@pytest.mark.parametrize(
    ("text", "building", "units", "label"),
    [
        ("501", "3", ["1"], "3-1-501"),
        ("2-501", "3", ["1", "2"], "3-2-501"),
        ("3-2-501", "3", ["1", "2"], "3-2-501"),
        ("三号楼二单元五〇一室", "3", ["1", "2"], "3-2-501"),
        ("3单元501", "3", ["1", "2"], "3-3-501"),
        ("501", "A", [""], "A-501"),
        ("A座501", "A", [""], "A-501"),
        ("3-501", "3", [""], "3-501"),
        ("5号", "东街3排", [""], "东街3排5号"),
        ("东街3排5号", "东街3排", [""], "东街3排5号"),
        ("501", "3", [], "3-501"),
    ],
)
def test_a_door_is_read_in_the_light_of_its_building(text: str, building: str, units: list[str], label: str) -> None:
    assert read_door(text, building=building, units=units).label == label


def test_a_unit_left_out_is_not_mistaken_for_one(cast: Cast) -> None:
    with pytest.raises(DoorAmbiguous):
        read_door("3-501", building="3", units=["1", "2", "3"])
    with pytest.raises(DoorAmbiguous):
        read_door("2-501", building="3", units=[""])


@pytest.mark.parametrize("text", ["", "您好", "5", "1号楼"])
def test_what_says_no_door_adds_none(cast: Cast, text: str) -> None:
    with pytest.raises(DoorNotUnderstood):
        actions.add_door(cast.worker, building_id=cast.building.pk, text=text)
    assert cast.building.door_count == 12


def test_a_door_of_another_building_is_not_added_here(cast: Cast) -> None:
    with pytest.raises(DoorElsewhere):
        actions.add_door(cast.worker, building_id=cast.building.pk, text="7-2-501")
    assert not Door.objects.filter(label="7-2-501").exists()


def test_others_cannot_add_doors_here(cast: Cast) -> None:
    for elsewhere in (cast.worker_elsewhere, cast.worker_next):
        with pytest.raises(NotFound):
            actions.add_door(elsewhere, building_id=cast.building.pk, text="2-401")
    with pytest.raises(Forbidden):
        actions.add_door(cast.other_county_officer, building_id=cast.building.pk, text="2-401")
    with pytest.raises(Forbidden):
        actions.add_door(cast.lapsed, building_id=cast.building.pk, text="2-401")
