import pytest

from firstline import tables
from firstline.registry.reading import Meaning, Reading, Totals, read_file
from firstline.registry.reading.tests.lists import file, first_record, read, told
from firstline.tables.tests.samples import xlsx


def meanings(reading: Reading) -> list[str]:
    return [column.meaning.value for column in reading.columns]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["序号", "房屋坐落", "产权人", "手机号码", "公民身份号码"], ["number", "door", "name", "phone", "id_number"]),
        (["NO.", "家庭住址", "户　主", "联系电话(必填)", "家庭人口"], ["number", "door", "name", "phone", "persons"]),
        (["编 号", "楼栋房号", "住户姓名：", "电话1", "电话2"], ["number", "door", "name", "phone", "phone"]),
        (["№", "门牌", "客户名称", "联系方式*", "情况说明"], ["number", "door", "name", "phone", "remark"]),
        (["序号", "门牌", "业主", "租户", "租户联系方式"], ["number", "door", "name", "tenant_name", "tenant_phone"]),
        (["序号", "现居住地址", "户主姓名", "户籍地址", "性别"], ["number", "door", "name", "other", "other"]),
    ],
)
def test_headings_by_many_names(headings: list[str], expected: list[str]) -> None:
    assert meanings(read([headings, [1, "1-1-101", "张艳", None, None]])) == expected


@pytest.mark.parametrize(
    ("headings", "row", "expected"),
    [
        (["房号", "姓名"], ["1-1-101", "张艳"], ["door", "name"]),
        (["楼号", "房号", "姓名"], [1, 101, "张艳"], ["building", "room", "name"]),
        (["楼栋", "单元", "门牌号", "姓名"], ["1号楼", "1单元", "101", "张艳"], ["building", "unit", "room", "name"]),
        (["楼单元", "户号", "姓名"], ["1-1", 101, "张艳"], ["building_unit", "room", "name"]),
        (["幢号", "室号", "姓名"], ["A座", "1203室", "张艳"], ["building", "room", "name"]),
    ],
)
def test_a_room_or_a_whole_door_by_its_neighbours_and_content(
    headings: list[str], row: list[object], expected: list[str]
) -> None:
    reading = read([headings, row])
    assert meanings(reading) == expected
    assert first_record(reading).door_label in ("1-1-101", "1-101", "A-1203")


def test_content_tells_a_column_whose_heading_tells_nothing() -> None:
    people = [[f"1-1-10{n}", "张艳", f"1391234567{n}", "142302197602226845"] for n in range(1, 6)]
    reading = read([["门牌", "业主", "号", "证"], *people])
    assert meanings(reading)[3] == "id_number"
    reading = read([["门牌", "业主", "", "证件"], *people])
    assert [column.confidence for column in reading.columns][2] < 1
    assert meanings(reading) == ["door", "name", "phone", "id_number"]


def test_confidence_falls_when_the_content_speaks_against_the_heading() -> None:
    reading = read([["门牌", "姓名", "电话"], *([f"1-1-10{n}", "张艳", "自住"] for n in range(1, 6))])
    door, _, phone = reading.columns
    assert door.confidence == 1.0
    assert phone.confidence < 0.5


def test_headings_in_two_rows_with_merged_groups() -> None:
    reading = read(
        [
            ["某小区住户表"],
            ["序号", "房屋信息", None, "户主信息", None, "租住信息", None, "备注"],
            [None, "楼号", "房号", "姓名", "电话", "姓名", "电话", None],
            [1, "1", 101, "张艳", 13912345678, "李海龙", "13812345678", "出租"],
        ]
    )
    assert told(reading) == ["no_data:title", "no_data:header", "no_data:header", "1-101"]
    assert [(person.name, person.relation, person.phones) for person in first_record(reading).people] == [
        ("张艳", "unspecified", ("13912345678",)),
        ("李海龙", "tenant", ("13812345678",)),
    ]


def test_without_headings_that_tell_anything_one_question_asks_for_the_columns() -> None:
    found = file([["序号", "姓名", "电话", "备注"], [1, "张艳", "13912345678", None], [2, "李海龙", None, None]])
    assert [(question.cause, question.written) for question in found.questions] == [("columns_unknown", "")]


def test_every_sheet_with_a_list_is_read() -> None:
    rows = [["门牌", "姓名"], ["1-1-101", "张艳"]]
    found = file(rows, more={"二号楼": [["门牌", "姓名"], ["2-1-101", "李海龙"]], "空": []})
    assert [(reading.number, reading.sheet.name, told(reading)[1]) for reading in found.readings] == [
        (1, "Sheet1", "1-1-101"),
        (2, "二号楼", "2-1-101"),
    ]
    assert found.totals == Totals(rows=4, records=2, parked=0, no_data=2, doors=2, people=2)
    assert found.titles == ("Sheet1", "二号楼")


def test_the_same_headings_have_the_same_layout_key() -> None:
    one = read([["某小区"], ["门牌:", "姓名"], ["1-1-101", "张艳"]])
    other = read([["门牌", "姓名"], ["2-1-101", "李海龙"]])
    assert one.layout_key == other.layout_key != read([["门牌", "户主"], ["2-1-101", "李海龙"]]).layout_key


def test_other_sheets_are_told_not_passed_over() -> None:
    sheets = tables.read(
        xlsx([], name="空", more={"说明": [["请各楼长填写"]], "名单": [["门牌", "姓名"], ["1-1-101", "张艳"]]})
    )
    found = read_file(sheets)
    (reading,) = found.readings
    assert reading.sheet.name == "名单"
    assert [(unread.code, unread.data) for unread in found.unread] == [("sheet_unread", {"sheet": "说明", "rows": 1})]


def test_columns_that_are_not_used_are_told() -> None:
    reading = read([["门牌", "业主", "家庭成员", "面积"], ["1-1-101", "张艳", "夫李海龙 女李欣", 88.5]])
    assert [(unread.code, unread.data["column"]) for unread in reading.unread] == [("column_unread", 4)]
    assert [column.meaning for column in reading.columns][2] is Meaning.MEMBERS
    assert [person.name for person in first_record(reading).people] == ["张艳", "李海龙", "李欣"]


def test_kinds_and_days_are_no_names_and_no_doors() -> None:
    given = "军芳国英伟强平红"
    rows = [[f"1-1-10{n}", f"张{one}", "常住" if n % 3 else "时常", f"2020011{n}"] for n, one in enumerate(given, 1)]
    reading = read([["门牌", "业主", "类", "哪天来的"], *rows])
    assert [column.meaning for column in reading.columns] == [Meaning.DOOR, Meaning.NAME, Meaning.REMARK, Meaning.OTHER]


def test_a_column_that_names_its_doors_comes_before_one_of_bare_digits() -> None:
    reading = read([[43850 + n, f"1-1-10{n}", "张艳"] for n in range(1, 7)])
    assert told(reading)[0] == "1-1-101"
