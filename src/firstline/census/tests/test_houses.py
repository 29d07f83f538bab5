"""Pictures of what is no block of flats: lanes of courtyards, scattered homes; and of towers."""

from typing import Any

import pytest
from django.urls import reverse

from firstline.census.actions import record_attempt
from firstline.kernel import scope
from firstline.places.actions import create_compound
from firstline.places.frames import DoorProposal, ensure_doors
from firstline.places.models import Building, Compound, Door, Frame
from firstline.testing.cast import COMMUNITY, Cast


def compound_with(cast: Cast, proposals: list[DoorProposal], *, scattered: bool = False) -> Compound:
    compound = create_compound(cast.director, community_path=COMMUNITY, name="片区", scattered=scattered)
    with scope.enter(cast.director):
        ensure_doors(compound, proposals, how=Frame.DECLARED, by=cast.director)
    return compound


def houses(cast: Cast, compound: Compound, query: str = "") -> list[Any]:
    page: Any = cast.director.client().get(reverse("census:compound", args=[compound.pk]) + query)
    return list(page.context["houses"])


@pytest.fixture
def lane(cast: Cast) -> Compound:
    rows = [
        DoorProposal(f"东街{row}排", "", f"{yard}号", f"东街{row}排{yard}号")
        for row in (1, 2, 10)
        for yard in range(1, 4)
    ]
    return compound_with(cast, rows)


def test_rows_of_one_lane_are_one_picture_in_their_order(cast: Cast, lane: Compound) -> None:
    (house,) = houses(cast, lane)
    assert (house.name, house.shape, house.doors) == ("东街", "rows", 9)
    assert [floor.label for floor in house.floors] == ["1排", "2排", "10排"]
    assert [cell.room for cell in house.floors[2].units[0]] == ["1号", "2号", "3号"]


def test_tonights_walk_through_a_lane_goes_row_by_row(cast: Cast, lane: Compound) -> None:
    record_attempt(cast.director, door_id=Door.id_for(lane.pk, "东街1排2号"), result="vacant")
    (house,) = houses(cast, lane, "?view=tonight")
    walked = [[cell.walk for cell in floor.units[0]] for floor in house.floors]
    assert walked == [[1, None, 2], [3, 4, 5], [6, 7, 8]]


def test_a_row_has_a_page_of_its_own(cast: Cast, lane: Compound) -> None:
    row = Building.objects.get(compound=lane, label="东街2排")
    page: Any = cast.director.client().get(reverse("census:building", args=[row.pk]))
    assert page.status_code == 200
    assert page.context["house"].doors == 3


def test_scattered_homes_are_called_by_their_address(cast: Cast) -> None:
    homes = ["沙枣沟路12号自建房", "水利局对面平房3户"]
    (house,) = houses(cast, compound_with(cast, [DoorProposal("", "", home, home) for home in homes], scattered=True))
    assert house.long_names
    assert {cell.name for floor in house.floors for unit in floor.units for cell in unit} == set(homes)


def test_a_tower_is_known_for_one(cast: Cast) -> None:
    rooms = [f"{floor}{room:02d}" for floor in range(1, 34) for room in range(1, 9)]
    (house,) = houses(
        cast, compound_with(cast, [DoorProposal("1", "", room, f"1-{room}", int(room[:-2])) for room in rooms])
    )
    assert house.tower
    assert [floor.label for floor in house.floors] == [str(floor) for floor in range(33, 0, -1)]
    assert all(len(floor.units[0]) == 8 for floor in house.floors)
