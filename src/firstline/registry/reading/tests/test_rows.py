from firstline.registry.reading import Totals
from firstline.registry.reading.tests.lists import asked, file, first_record, read, read_text, told


def test_title_headings_records_blank_and_totals() -> None:
    reading = read_text(
        "锦华苑住户花名册\r\n编号,住址,业主姓名,联系电话,身份证号,人数,说明\r\n"
        "1,1号楼101室,张艳,/,142302197602226845,4,\r\n2,1号楼102室,李海龙,13912345678,,3,自住\r\n\r\n合计:2户\r\n",
        "gb18030",
    )
    assert told(reading) == [
        "no_data:title",
        "no_data:header",
        "1-101",
        "1-102",
        "no_data:blank",
        "no_data:totals",
    ]
    assert reading.header_row == 2
    assert reading.totals == Totals(rows=6, records=2, parked=0, no_data=4, doors=2, people=2)
    first, second = reading.rows[2:4]
    assert (first.people[0].name, first.people[0].phones, first.people[0].id_number, first.persons) == (
        "张艳",
        (),
        "142302197602226845",
        4,
    )
    assert (second.people[0].phones, second.remark, second.cells[1]) == (("13912345678",), "自住", "1号楼102室")


def test_rows_count_as_records_of_the_file() -> None:
    reading = read_text('门牌,姓名,电话\n1-1-101,张艳,"13912345678\n13812345678"\n1-1-102,李海龙,\n')
    assert told(reading) == ["no_data:header", "1-1-101", "1-1-102"]
    assert reading.rows[1].people[0].phones == ("13912345678", "13812345678")


def test_furniture_between_and_below_the_rows() -> None:
    reading = read(
        [
            ["填报单位:某物业   联系人:李经理 电话:13912345678"],
            ["序号", "门牌号", "姓名", "电话"],
            [1, "1-1-101", "张艳", "13912345678"],
            ["序号", "门牌号", "姓名", "电话"],
            [2, "1-1-102", "李海龙", None],
            [3, None, None, None],
            [None, "小计", 2, None],
            ["总计 2"],
            ["注:空户未统计,如有变动请与物业联系"],
            ["制表人:张会计　　审核人:"],
            ["2号楼"],
        ]
    )
    assert told(reading) == [
        "no_data:title",
        "no_data:header",
        "1-1-101",
        "no_data:repeated_header",
        "1-1-102",
        "no_data:number_only",
        "no_data:totals",
        "no_data:totals",
        "no_data:note",
        "no_data:note",
        "no_data:section",
    ]


def test_what_is_neither_door_nor_note_is_parked_not_dropped() -> None:
    found = file(
        [
            ["门牌", "姓名", "电话"],
            ["1-1-101", "张艳", None],
            ["门口小卖部", "李海龙", "13912345678"],
            [None, "王建国", None],
            [None, None, "13812345678"],
            ["问问老王"],
        ]
    )
    (reading,) = found.readings
    assert told(reading)[2:] == [
        "parked:door_unreadable",
        "parked:door_missing",
        "parked:door_missing",
        "parked:door_unreadable",
    ]
    # Each of them is a door of its own, so each is asked for itself.
    assert asked(found) == [
        ("door_missing", (4,)),
        ("door_missing", (5,)),
        ("door_unreadable", (3,)),
        ("door_unreadable", (6,)),
    ]
    assert reading.rows[2].people[0].name == "李海龙"


def test_an_empty_flat_is_a_door_without_people() -> None:
    reading = read([["门牌", "姓名", "电话"], ["1-1-101", "空户", None], ["1-1-102", None, None]])
    assert told(reading)[1:] == ["1-1-101", "1-1-102"]
    assert all(not row.people and not row.doubts for row in reading.rows[1:])


def test_the_same_door_twice_is_a_doubt_for_both_rows() -> None:
    reading = read([["门牌", "姓名"], ["1-1-101", "张艳"], ["1号楼1单元101", "李海龙"], ["1-1-102", "王建国"]])
    assert [(doubt.cause, doubt.rows) for doubt in reading.doubts] == [("door_repeated", (2, 3))]


def test_one_row_a_person_is_no_repetition() -> None:
    reading = read([["门牌", "姓名", "与户主关系"], ["1-1-101", "张艳", "户主"], ["1-1-101", "李海龙", "丈夫"]])
    assert reading.doubts == ()
    assert [row.people[0].relation for row in reading.rows[1:]] == ["head", "spouse"]


def test_persons_are_a_number_or_a_doubt() -> None:
    reading = read(
        [
            ["门牌", "姓名", "人数"],
            *([f"1-1-10{n}", "张艳", said] for n, said in enumerate((3, "4人", 0, "-", "两三个"), 1)),
        ]
    )
    assert [row.persons for row in reading.rows[1:]] == [3, 4, 0, None, None]
    assert reading.rows[5].doubts == ("persons_unreadable",)


def test_a_door_that_is_an_unsaved_formula_is_parked() -> None:
    reading = read([["门牌", "姓名"], ["1-1-101", "张艳"], ["=A2", "李海龙"]])
    assert told(reading)[2] == "parked:door_unsaved_formula"


def test_a_remark_of_several_columns_is_kept_whole() -> None:
    reading = read([["门牌", "姓名", "备注", "说明"], ["1-1-101", "张艳", "有车", "自住"]])
    assert first_record(reading).remark == "有车；自住"
