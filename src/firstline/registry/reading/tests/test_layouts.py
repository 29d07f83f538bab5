"""One small list for each layout, to read what becomes of it; `test_ugly` has the breadth."""

from __future__ import annotations

from firstline.registry.reading import Chosen, Meaning, Place, read_file
from firstline.registry.reading.tests.lists import asked, file, read, told
from firstline.tables import Cell, Sheet
from firstline.tables.grid import EMPTY, Area

Rows = list[list[object]]


def sheet(rows: Rows, name: str = "Sheet1", **more: object) -> Sheet:
    cells = [[EMPTY if value is None else Cell(str(value)) for value in row] for row in rows]
    return Sheet(name, cells, **more)  # type: ignore[arg-type]


def labels(*sheets: Sheet) -> list[str]:
    return [word for reading in read_file(sheets).readings for word in told(reading)]


def test_a_row_that_names_a_building_speaks_for_the_rows_below_it() -> None:
    reading = read(
        [
            ["房号", "户主"],
            ["1号楼（3户）"],
            ["一单元"],
            [101, "张艳"],
            ["二单元"],
            [101, "李四"],
            ["2号楼"],
            ["一单元"],
            [101, "王军"],
        ]
    )
    assert [word for word in told(reading) if "section" not in word] == [
        "no_data:header",
        "1-1-101",
        "1-2-101",
        "2-1-101",
    ]


def test_few_numbers_beside_many_rooms_are_buildings_whatever_their_heading() -> None:
    rooms = [101, 102, 201, 202, 301, 302]
    for heading in ("楼房号", "栋楼"):
        rows: Rows = [["序号", heading, "房间号", "户主"]]
        for building in (1, 2):
            rows += [[len(rows), building if room == 101 else None, room, "张艳"] for room in rooms]
        assert labels(sheet(rows))[1:] == [f"{building}-{room}" for building in (1, 2) for room in rooms], heading


def test_a_row_that_stands_alone_speaks_for_all_blocks() -> None:
    reading = read(
        [
            ["房号", "姓名", "房号", "姓名"],
            ["3号楼"],
            ["101", "张艳", "102", "李四"],
            ["5号楼"],
            ["101", "王军", "102", None],
        ]
    )
    assert [(row.row, row.column, row.door_label) for row in reading.rows if row.door] == [
        (3, 1, "3-101"), (3, 3, "3-102"), (5, 1, "5-101"), (5, 3, "5-102"),
    ]  # fmt: skip


def test_a_building_over_blocks_that_share_it() -> None:
    rows: Rows = [
        ["楼栋", "房号", "户主", "房号", "户主"],
        ["1号楼", 101, "张艳", 102, "李四"],
        [None, 201, "王军", 202, "赵云"],
    ]
    assert labels(sheet(rows))[1:] == ["1-101", "1-102", "1-201", "1-202"]


def test_sheets_named_after_buildings() -> None:
    rows: Rows = [["房号", "户主"], ["1-101", "张艳"], ["2-101", "李四"]]
    assert labels(sheet(rows, "1"), sheet(rows, "2")) == [
        "no_data:header", "1-1-101", "1-2-101", "no_data:header", "2-1-101", "2-2-101",
    ]  # fmt: skip


def test_where_each_sheet_begins_its_doors_with_its_own_building_that_is_the_building() -> None:
    one: Rows = [["房号", "户主"], ["1-101", "张艳"], ["1-102", "李四"]]
    two: Rows = [["房号", "户主"], ["2-101", "张艳"], ["2-102", "李四"]]
    assert labels(sheet(one, "1号楼"), sheet(two, "2号楼"))[1::3] == ["1-101", "2-101"]


def test_one_sheet_alone_does_not_tell_building_from_unit() -> None:
    found = read_file([sheet([["房号", "户主"], ["1-101", "张艳"], ["1-102", "李四"]], "1号楼")])
    assert asked(found) == [("door_building_or_unit", (2, 3))]


def test_merged_cells_are_about_all_their_rows() -> None:
    rows: Rows = [
        ["门牌", "姓名"],
        ["1-1-101", "张艳"],
        [None, "李四"],
        ["1-1-102", "王军"],
        ["1-1-201", "赵云"],
        [None, "钱芳"],
    ]
    assert labels(sheet(rows, merges=(Area(2, 1, 3, 1),)))[1:] == [
        "1-1-101", "1-1-101", "1-1-102", "1-1-201", "parked:door_missing",
    ]  # fmt: skip


def test_ditto_marks_are_the_cell_above() -> None:
    reading = read(
        [
            ["楼号", "单元", "房号", "姓名"],
            ["1号楼", 1, 101, "张艳"],
            ["同上", "〃", 102, "李四"],
            ["2", 1, 101, "王军"],
        ]
    )
    assert told(reading)[1:] == ["1-1-101", "1-1-102", "2-1-101"]


def test_a_floor_a_row_and_a_room_a_column() -> None:
    reading = read(
        [
            ["3号楼住户分布图"],
            [None, "1单元", None, "2单元", None],
            ["楼层", "01", "02", "01", "02"],
            ["6层", "张艳", "李四 13912345678", "空", "/"],
            ["5层", "王军", None, "赵云", "钱芳"],
        ]
    )
    doors = [row for row in reading.rows if row.door]
    assert [(row.row, row.column, row.door_label, [person.name for person in row.people]) for row in doors] == [
        (4, 2, "3-1-601", ["张艳"]), (4, 3, "3-1-602", ["李四"]), (4, 4, "3-2-601", []), (4, 5, "3-2-602", []),
        (5, 2, "3-1-501", ["王军"]), (5, 3, "3-1-502", []), (5, 4, "3-2-501", ["赵云"]), (5, 5, "3-2-502", ["钱芳"]),
    ]  # fmt: skip


def test_rooms_with_names_and_phones_below_them() -> None:
    reading = read(
        [
            ["2号楼1单元"],
            [601, 602, 603],
            ["张艳", "李四", "赵云"],
            ["13912345678", None, "13812345678"],
            [501, 502, 503],
            ["王军", "钱芳", "孙丽"],
        ]
    )
    told_of = {
        (row.row, row.column): (row.door_label, [(p.name, p.phones) for p in row.people])
        for row in reading.rows
        if row.door
    }
    assert told_of[3, 1] == ("2-1-601", [("张艳", ("13912345678",))])
    assert told_of[2, 2] == ("2-1-602", [])
    assert told_of[6, 3] == ("2-1-503", [("孙丽", ())])


def test_lines_of_a_chat() -> None:
    reading = read(
        [
            ["#接龙"],
            ["1. 3-2-501 王建国 3人 13912345678"],
            ["2. 3号楼1单元101 赵小军，一家四口"],
            ["3. 3-1-102 空"],
            ["4. 不知道写啥"],
        ]
    )
    assert told(reading) == ["no_data:title", "3-2-501", "3-1-101", "3-1-102", "parked:door_missing"]
    assert [row.persons for row in reading.rows] == [None, 3, 4, None, None]
    assert [(person.name, person.phones) for person in reading.rows[1].people] == [("王建国", ("13912345678",))]


def test_headings_of_words_we_never_met() -> None:
    reading = read([["住处标识", "掌柜", "怎么找他"], *([f"1-1-10{n}", "张艳", f"1391234567{n}"] for n in range(1, 5))])
    assert [column.meaning for column in reading.columns] == [Meaning.DOOR, Meaning.NAME, Meaning.PHONE]


def test_a_list_that_begins_at_once() -> None:
    reading = read([[n, 1, 1, 100 + n, "张艳", f"1391234567{n}", 3] for n in range(1, 6)])
    assert (reading.header_row, told(reading)[0]) == (0, "1-1-101")
    assert [column.meaning.value for column in reading.columns] == [
        "number", "building", "unit", "room", "name", "phone", "persons",
    ]  # fmt: skip


def test_a_street_number_in_every_row_is_no_door_beside_the_rooms() -> None:
    rows: Rows = [["地址", "户号", "楼栋", "单元", "室", "业主"]]
    rows += [["莲花池路174号", at, 1, 1, 100 + at, "张艳"] for at in range(1, 5)]
    assert labels(sheet(rows))[1:] == ["1-1-101", "1-1-102", "1-1-103", "1-1-104"]


def test_a_former_owner_stands_behind_the_present_one() -> None:
    reading = read(
        [["房号", "原业主", "现业主", "旧电话", "联系电话"], ["1-1-101", "张艳", "李四", "13900000000", "13912345678"]]
    )
    assert [(person.name, person.phones) for person in reading.rows[1].people] == [
        ("李四", ("13912345678", "13900000000")),
        ("张艳", ()),
    ]


def test_comments_are_read_as_remarks() -> None:
    (reading,) = read_file(
        [sheet([["房号", "业主"], ["1-1-101", "张艳"]], comments={(2, 2): "租给李四，13912345678"})]
    ).readings
    assert [(person.name, person.relation) for person in reading.rows[1].people] == [
        ("张艳", "owner"),
        ("李四", "tenant"),
    ]


def test_what_a_person_chose_counts_more_than_what_we_understand() -> None:
    rows: Rows = [["甲", "乙", "丙"], ["2-501", "张艳", "李四"], ["2-502", "王军", "赵云"]]
    chosen = Chosen(1, {1: Meaning.UNIT_ROOM, 3: Meaning.NAME}, building="7号楼")
    (reading,) = read_file([sheet(rows)], chosen={1: chosen}).readings
    assert told(reading) == ["no_data:header", "7-2-501", "7-2-502"]
    assert [person.name for row in reading.rows for person in row.people] == ["李四", "赵云"]
    (reading,) = read_file([sheet(rows)], chosen={1: Chosen(None, {1: Meaning.BUILDING_ROOM})}).readings
    assert told(reading)[1:] == ["2-501", "2-502"]


def test_a_question_about_single_doors_brings_what_is_written_and_what_fits() -> None:
    found = file([["房号", "业主"], ["1-1-101", "张艳"], ["97-6", "李四"], ["97-6", "王军"]])
    (question,) = found.questions
    assert (question.cause, question.written, question.choices) == ("door_short_room", "97-6", ("97-6",))
    assert question.places == (Place(1, 3), Place(1, 4))


def test_rooms_that_begin_anew_without_a_new_building_are_asked_not_taken_for_the_old_one() -> None:
    rooms: Rows = [[room, "张艳"] for room in (101, 102, 201, 202)]
    found = file([["房号", "户主"], ["1号楼"], *rooms, ["（字迹不清）", None], *rooms, [301, "李四"]])
    (reading,) = found.readings
    assert [row.door_label for row in reading.rows[2:6]] == ["1-101", "1-102", "1-201", "1-202"]
    assert ("building_missing", (8, 9, 10, 11, 12)) in asked(found)
    assert reading.rows[7].choices == ("1-101",)


def test_what_is_no_building_is_not_carried_down() -> None:
    rows: Rows = [
        ["楼号", "单元", "房号", "户主"],
        ["1号楼", 1, 101, "张艳"],
        [None, None, 102, "李四"],
        ["待定", 1, 101, "王军"],
        [None, None, 102, "赵云"],
        [None, None, 201, "钱芳"],
    ]
    found = read_file([sheet(rows)])
    assert labels(sheet(rows))[1:3] == ["1-1-101", "1-1-102"]
    assert all(row.door is None for row in found.readings[0].rows[3:])
    assert ("building_missing", (4, 5, 6)) in asked(found)


def test_rows_above_headings_that_stand_too_low_are_not_lost() -> None:
    reading = read(
        [
            ["幸福里1号楼"],
            ["??", "张艳", None],
            ["101", "李四", None],
            ["幸福里2号楼"],
            ["房号", "户主", "电话"],
            ["101", "王军", None],
        ]
    )
    assert [row.door_label for row in reading.rows if row.door] == ["1-101", "2-101"]
