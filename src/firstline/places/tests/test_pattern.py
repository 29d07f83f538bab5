"""What a building's pattern speaks for: doors among their neighbours, and never the one that stands alone."""

from hypothesis import given
from hypothesis import strategies as st

from firstline.identifiers.door_label import Door
from firstline.places.pattern import Named, Pattern, Support, judge


def block(building: str = "1", units: tuple[str, ...] = ("1", "2"), floors: int = 6, flats: int = 2) -> list[Door]:
    return [
        Door(building, unit, f"{floor}{flat:02d}")
        for unit in units
        for floor in range(1, floors + 1)
        for flat in range(1, flats + 1)
    ]


def row(lane: str, yards: int) -> list[Door]:
    return [Door(lane, "", f"{yard}号") for yard in range(1, yards + 1)]


def support(door: Door, others: list[Door], *sources: str) -> Support:
    return judge([Named(door, frozenset(sources or {"visits"}))], others)[door.label]


def test_two_sources_are_enough_anywhere() -> None:
    door = Door("9", "1", "地下室5")
    assert support(door, [], "visits", "police") == Support.TWO_SOURCES
    assert support(door, []) == Support.ALONE


def test_a_door_among_its_neighbours_is_believed() -> None:
    others = [door for door in block() if door.label != "1-1-302"]
    assert support(Door("1", "1", "302"), others) == Support.PATTERN


def test_a_door_above_beside_or_apart_from_the_others_waits() -> None:
    for stray in (Door("1", "1", "702"), Door("1", "1", "303"), Door("1", "3", "302"), Door("2", "1", "302")):
        assert support(stray, block()) == Support.ALONE, stray.label


def test_a_pattern_of_few_doors_is_none() -> None:
    assert support(Door("1", "1", "602"), [Door("1", "1", "101"), Door("1", "1", "302")]) == Support.ALONE


def test_a_yard_between_others_or_no_further_than_the_lane_goes() -> None:
    lane = [*row("东街1排", 8), *row("东街2排", 8), *row("东街3排", 8)]
    assert support(Door("东街3排", "", "5号"), [door for door in lane if door.label != "东街3排5号"]) == Support.PATTERN
    assert support(Door("东街3排", "", "8号"), lane[:-1]) == Support.PATTERN
    assert support(Door("东街3排", "", "9号"), lane) == Support.ALONE
    assert support(Door("前街", "", "30号"), row("前街", 9)) == Support.ALONE


def test_a_storey_that_is_called_3a_keeps_its_name_in_a_hole() -> None:
    doors = [door for door in block(units=("",), floors=8, flats=4) if not door.room.startswith("4")]
    doors += [Door("1", "", f"3A{flat:02d}") for flat in (1, 2, 3)]
    assert [door.label for door in Pattern(doors).holes()] == ["1-3A04"]


def test_holes_are_named_where_nearly_all_is_named_and_nowhere_else() -> None:
    whole, sparse = block(), [Door("2", "1", "101"), Door("2", "1", "602")]
    known = [door for door in whole if door.label != "1-2-401"]
    assert [door.label for door in Pattern([*known, *sparse]).holes()] == ["1-2-401"]
    assert [door.label for door in Pattern([*row("东街1排", 3), *row("东街1排", 8)[4:]]).holes()] == ["东街1排4号"]


@given(st.integers(2, 9), st.integers(2, 4), st.data())
def test_of_a_whole_block_any_one_door_is_believed(floors: int, flats: int, data: st.DataObject) -> None:
    doors = block(floors=max(floors, 4), flats=flats)
    one = data.draw(st.sampled_from(doors))
    others = [door for door in doors if door != one]
    assert support(one, others) == Support.PATTERN
    assert [hole.label for hole in Pattern(others).holes()] == [one.label]


def test_what_anybody_can_send_is_no_neighbour_of_others() -> None:
    named = [Named(door, frozenset({"reports"})) for door in block("9")]
    assert set(judge(named, block(), hearsay={"reports"}).values()) == {Support.ALONE}
    assert set(judge(named, block()).values()) == {Support.PATTERN}

    lacking = Named(Door("1", "1", "302"), frozenset({"reports"}))
    known = [door for door in block() if door.label != "1-1-302"]
    assert judge([lacking], known, hearsay={"reports"}) == {"1-1-302": Support.PATTERN}
