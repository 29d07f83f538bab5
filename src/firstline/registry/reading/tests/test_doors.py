import datetime

import pytest

from firstline.registry.reading.tests.lists import asked, file, first_record, read, told


def doors(*labels: object, heading: str = "门牌") -> list[str]:
    return told(read([[heading, "姓名"], *([label, "张艳"] for label in labels)]))[1:]


def test_all_spellings_of_a_door_are_one() -> None:
    written = [
        "3-2-501",
        "3号楼2单元501室",
        "三号楼二单元五〇一室",
        "3#2-501",
        "3栋2-501",
        "３－２－５０１",
        " 3-2-501 ",
    ]
    assert set(doors(*written)) == {"3-2-501"}


def test_building_and_room_alone_when_no_door_of_the_list_names_a_unit() -> None:
    assert doors("1-101", "1-102", "2-101", "2-1203") == ["1-101", "1-102", "2-101", "2-1203"]


def test_the_same_label_is_asked_where_the_others_name_their_unit() -> None:
    assert doors("1-1-101", "1-2-102", "2-1-101", "2-101")[3] == "parked:door_building_or_unit"


def test_unit_and_room_under_a_heading_that_says_so_are_not_taken_for_building_and_room() -> None:
    assert set(doors("1-101", "2-101", heading="单元房号")) == {"parked:building_missing"}


def test_an_ambiguous_door_offers_its_readings() -> None:
    reading = read([["门牌", "姓名"], ["1-1-101", "张艳"], ["2-1-101", "李海龙"], ["97-6", "王建国"]])
    assert reading.rows[3].reason in ("door_short_room", "door_building_or_unit")
    assert reading.rows[3].door is None


def test_courtyards_and_scattered_homes() -> None:
    reading = read([["住址", "姓名"], ["东街3排5号", "张艳"], ["丽景二巷156号", "李海龙"]])
    yard, home = (row.door for row in reading.rows[1:])
    assert yard is not None and (yard.building, yard.unit, yard.room) == ("东街3排", "", "5号")
    assert home is not None and (home.building, home.unit, home.room, home.label) == ("", "", "", "丽景二巷156号")


@pytest.mark.parametrize(
    ("building", "unit", "room", "label"),
    [
        ("1号楼", "2单元", "501室", "1-2-501"),
        (1, 2, 501, "1-2-501"),
        ("A座", "", 1203, "A-1203"),
        ("三号楼", "二", "五〇一", "3-2-501"),
    ],
)
def test_doors_in_columns(building: object, unit: object, room: object, label: str) -> None:
    reading = read([["楼号", "单元", "房号", "姓名"], [building, unit, room, "张艳"]])
    assert first_record(reading).door_label == label


def test_parts_left_out_are_filled_between_equals_and_asked_elsewhere() -> None:
    reading = read(
        [
            ["楼号", "单元", "房号", "姓名"],
            ["1号楼", "1", 101, "张艳"],
            [None, None, 102, "李海龙"],
            ["1", "1", 103, "王建国"],
            ["1", None, 104, "孙丽"],
            ["1", "2", 101, "周平"],
            ["1", "2", None, "赵云"],
            ["2号楼", None, 201, "钱芳"],
            ["2号楼", None, 202, "吴迪"],
        ]
    )
    assert told(reading)[1:] == [
        "1-1-101",
        "1-1-102",
        "1-1-103",
        "parked:unit_missing",  # between units 1 and 2
        "1-2-101",
        "parked:room_missing",
        "2-201",  # no row of building 2 names a unit
        "2-202",
    ]
    assert reading.rows[2].doubts == ("door_filled",)


def test_a_list_that_never_names_the_building_is_one_question() -> None:
    found = file([["单元", "房号", "姓名"], *([1, room, "张艳"] for room in (101, 102, 201))])
    assert asked(found) == [("building_missing", (2, 3, 4))]


def test_building_and_unit_that_a_spreadsheet_made_a_date_of() -> None:
    rows: list[list[object]] = [
        ["楼单元", "房号", "姓名"],
        [datetime.date(2020, 3, 2), 501, "张艳"],
        ["3-2", 502, "李海龙"],
    ]
    reading = read([*rows, [datetime.date(1930, 2, 1), 101, "王建国"]])
    assert told(reading)[1:] == ["3-2-501", "3-2-502", "parked:door_date_shaped"]
    assert reading.rows[1].doubts == ("door_was_date",)


def test_a_whole_door_that_became_a_date_is_asked() -> None:
    assert doors("1-1-101", datetime.date(2020, 3, 2))[1] == "parked:door_date_shaped"


def test_the_door_completed_from_the_buildings_own_column() -> None:
    reading = read([["楼栋", "住址", "姓名"], ["3号楼", "2单元501", "张艳"], ["3号楼", "2单元502", "李海龙"]])
    assert told(reading)[1:] == ["3-2-501", "3-2-502"]
