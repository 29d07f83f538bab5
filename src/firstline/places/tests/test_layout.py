"""Doors on floors and in columns, as the building stands."""

from typing import NamedTuple

from firstline.identifiers.door_label import floor_of
from firstline.places.layout import in_rows, is_tower, lane_and_row, lay_out


class Standing(NamedTuple):
    unit: str
    floor: int | None
    room: str


def doors(*labels: str) -> list[Standing]:
    """Doors of ``2-501`` or ``501``, with the floor their room speaks of."""
    parts = [label.rpartition("-") for label in labels]
    return [Standing(unit, floor_of(room), room) for unit, _dash, room in parts]


def drawn(*labels: str) -> list[list[list[str | None]]]:
    layout = lay_out(doors(*labels))
    return [[[door.room if door else None for door in unit] for unit in storey.units] for storey in layout.storeys]


def test_the_top_floor_stands_first_and_rooms_stand_above_each_other() -> None:
    assert drawn("101", "102", "201", "202") == [[["201", "202"]], [["101", "102"]]]


def test_stairwells_stand_side_by_side_in_their_order() -> None:
    layout = lay_out(doors("10-101", "2-101", "1-101"))
    assert layout.units == ["1", "2", "10"]


def test_a_missing_door_leaves_a_hole() -> None:
    assert drawn("1-101", "1-102", "1-202", "2-201") == [[[None, "202"], ["201"]], [["101", "102"], [None]]]


def test_a_floor_with_more_doors_widens_its_stairwell_only() -> None:
    assert drawn("1-101", "1-102", "1-103", "1-201", "2-201") == [
        [["201", None, None], ["201"]],
        [["101", "102", "103"], [None]],
    ]


def test_unlucky_numbers_stand_on_the_floor_they_stand_for() -> None:
    assert drawn("301", "3A01", "501") == [[["501"]], [["3A01"]], [["301"]]]


def test_cellars_stand_below_and_unnumbered_floors_last() -> None:
    cellar, lodge = Standing("", -1, "-101"), Standing("", None, "传达室")
    standing = lay_out([cellar, *doors("101", "201"), lodge])
    assert [storey.floor for storey in standing.storeys] == [2, 1, -1, None]


def test_sides_keep_the_order_they_are_walked_in() -> None:
    east_west = [Standing("", 1, "1层东户"), Standing("", 1, "1层西户")]
    assert [[door.room for door in unit if door] for unit in lay_out(east_west).storeys[0].units] == [
        ["1层东户", "1层西户"]
    ]


def test_no_door_is_lost_or_drawn_twice() -> None:
    labels = [f"{unit}-{floor}{room:02d}" for unit in (1, 2, 3) for floor in range(1, 7) for room in (1, 2)]
    storeys = lay_out(doors(*labels)).storeys
    assert sorted(door for storey in storeys for door in storey.doors()) == sorted(doors(*labels))


def test_what_is_too_tall_or_too_broad_for_a_phone_is_a_tower() -> None:
    assert not is_tower(lay_out(doors(*(f"{floor}01" for floor in range(1, 13)))))
    assert is_tower(lay_out(doors(*(f"{floor}01" for floor in range(1, 14)))))
    assert is_tower(lay_out(doors(*(f"1{room:02d}" for room in range(1, 10)))))


def test_courtyards_stand_in_lines() -> None:
    yards = [Standing("", None, f"{yard}号") for yard in range(1, 6)]
    assert [len(storey.units[0]) for storey in in_rows(yards, 2)] == [2, 2, 1]


def test_rows_belong_to_their_lane() -> None:
    assert lane_and_row("东街3排") == ("东街", "3排")
    assert lane_and_row("5组") == ("5组", "")
