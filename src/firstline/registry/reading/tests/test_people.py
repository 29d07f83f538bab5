import pytest

from firstline.registry.reading.tests.lists import first_record, read

HEADINGS = ["门牌", "户主姓名", "电话", "身份证号"]


def person(name: object, phone: object = None, document: object = None, headings: list[str] = HEADINGS):  # type: ignore[no-untyped-def]
    row = first_record(read([headings, ["1-1-101", name, phone, document]]))
    return (row.people[0] if row.people else None), row.doubts


@pytest.mark.parametrize(
    ("written", "name", "doubts"),
    [
        ("刘　鹏", "刘鹏", ()),
        (" 王建国 ", "王建国", ()),
        ("PHAM THI HOA", "PHAM THI HOA", ()),
        ("郭小?", "郭小?", ("name_damaged",)),
        ("王先生", "王先生", ("name_unusual",)),
        ("张艳(已故)", "张艳", ("name_unusual",)),
    ],
)
def test_names_are_one_field_and_kept(written: str, name: str, doubts: tuple[str, ...]) -> None:
    found, said = person(written, "13912345678")
    assert (found.name, said) == (name, doubts)


@pytest.mark.parametrize("nothing", ["/", "无", "空户", "", None, "-"])
def test_signs_for_nobody_are_no_names(nothing: object) -> None:
    assert person(nothing) == (None, ())


def test_a_phone_without_a_name_is_kept_with_a_doubt() -> None:
    found, doubts = person("/", "13912345678")
    assert (found.name, found.phones, doubts) == ("", ("13912345678",), ("name_missing",))


@pytest.mark.parametrize(
    ("written", "phones", "doubts"),
    [
        (13912345678.0, ("13912345678",), ()),
        ("139 1234 5678", ("13912345678",), ()),
        ("１３９１２３４５６７８", ("13912345678",), ()),
        ("13912345678/13812345678", ("13912345678", "13812345678"), ()),
        ("0358-3565092", ("03583565092",), ()),
        ("138471979769", ("138471979769",), ("phone_problem",)),
        ("138471979769 13912345678", ("13912345678", "138471979769"), ("phone_problem",)),
        ("无", (), ()),
    ],
)
def test_phones_are_digits_and_faulty_ones_are_kept_as_written(
    written: object, phones: tuple[str, ...], doubts: tuple[str, ...]
) -> None:
    found, said = person("张艳", written)
    assert (found.phones, said) == (phones, doubts)


@pytest.mark.parametrize(
    ("written", "number", "problem"),
    [
        ("142302197602226845", "142302197602226845", ""),
        ("'14232819661013427x", "14232819661013427X", ""),
        ("142302 19760222 6845", "142302197602226845", ""),
        ("142302197602226846", "142302197602226846", "check_digit"),
        ("14230219675163336", "14230219675163336", "length"),
        (142302197602226845.0, "142302197602226", "precision_lost"),
        ("/", "", ""),
    ],
)
def test_documents_are_kept_with_what_speaks_against_them(written: object, number: str, problem: str) -> None:
    found, doubts = person("张艳", None, written)
    assert (found.id_number, found.id_problem) == (number, problem)
    assert doubts == (("id_problem",) if problem else ())


@pytest.mark.parametrize(("heading", "relation"), [("业主姓名", "owner"), ("户主", "head"), ("姓名", "unspecified")])
def test_the_heading_says_whose_name_it_is(heading: str, relation: str) -> None:
    found, _ = person("张艳", headings=["门牌", heading, "电话", "身份证号"])
    assert found.relation == relation


def test_owner_and_occupant_each_with_a_phone() -> None:
    reading = read(
        [["门牌", "业主", "电话", "住户", "电话"], ["1-1-101", "张艳", "13912345678", "李海龙", "13812345678"]]
    )
    assert [(found.name, found.relation, found.phones) for found in first_record(reading).people] == [
        ("张艳", "owner", ("13912345678",)),
        ("李海龙", "unspecified", ("13812345678",)),
    ]


def test_a_relation_we_do_not_know_is_a_doubt() -> None:
    reading = read([["门牌", "姓名", "关系"], ["1-1-101", "张艳", "干妈"]])
    assert (first_record(reading).people[0].relation, first_record(reading).doubts) == (
        "unspecified",
        ("relation_unknown",),
    )


def test_a_phone_in_the_names_cell_is_the_persons() -> None:
    found, _ = person("张艳13912345678")
    assert (found.name, found.phones) == ("张艳", ("13912345678",))


FAMILIES = [
    ("卫天珍 老婆刘改莲 女儿卫梦", [("卫天珍", "head"), ("刘改莲", "spouse"), ("卫梦", "child")]),
    ("张三、李四", [("张三", "head"), ("李四", "unspecified")]),
    ("胡永辉　妻子郭婧", [("胡永辉", "head"), ("郭婧", "spouse")]),
    ("许艳斌,皇甫海琴(妻子)", [("许艳斌", "head"), ("皇甫海琴", "spouse")]),
    ("王亮妻子刘改莲", [("王亮", "head"), ("刘改莲", "spouse")]),
    ("户主:张三；妻:李四；子 张小五", [("张三", "head"), ("李四", "spouse"), ("张小五", "child")]),
    ("孙瑞华\n妻史建芳\n长子孙子豪", [("孙瑞华", "head"), ("史建芳", "spouse"), ("孙子豪", "child")]),
    ("孙强 长子:孙子宇", [("孙强", "head"), ("孙子宇", "child")]),
    ("刘　鹏、樊 敏(妻)", [("刘鹏", "head"), ("樊敏", "spouse")]),
    ("薛旭龙 配偶PHAM THI HOA", [("薛旭龙", "head"), ("PHAM THI HOA", "spouse")]),
    ("王建国李秀珍", [("王建国", "head"), ("李秀珍", "unspecified")]),
    ("王建国（夫）/ 孙子王浩", [("王建国", "spouse"), ("王浩", "grandchild")]),
]  # fmt: skip


@pytest.mark.parametrize(("family", "people"), FAMILIES, ids=[family for family, _ in FAMILIES])
def test_a_whole_family_in_a_cell_is_taken_apart(family: str, people: list[tuple[str, str]]) -> None:
    reading = read([["门牌", "户主"], ["1-1-101", family], ["1-1-102", "张艳"]])
    assert [(person.name, person.relation) for person in reading.rows[1].people] == people


def test_each_phone_and_number_in_a_family_stays_with_whom_it_stands_behind() -> None:
    reading = read(
        [
            ["门牌", "户主", "家庭成员", "电话"],
            ["1-1-101", "张艳", "夫李海龙13812345678，女李欣 142302197602226845", "13912345678"],
        ]
    )
    assert [(person.name, person.phones, person.id_number) for person in first_record(reading).people] == [
        ("张艳", ("13912345678",), ""),
        ("李海龙", ("13812345678",), ""),
        ("李欣", (), "142302197602226845"),
    ]


def test_where_only_members_are_named_the_first_is_the_head() -> None:
    reading = read(
        [["门牌", "居住人员", "电话"], ["1-1-101", "张艳 共3人", "13912345678"], ["1-1-102", "张三 妻李四", None]]
    )
    assert [[person.name for person in row.people] for row in reading.rows[1:]] == [["张艳"], ["张三", "李四"]]
    assert first_record(reading).persons == 3


def test_columns_of_the_family_say_who_they_are() -> None:
    reading = read([["门牌", "姓名", "配偶", "子女1", "子女2"], ["1-1-101", "张艳", "李海龙", "李欣", "李明"]])
    assert [person.relation for person in first_record(reading).people] == ["unspecified", "spouse", "child", "child"]


@pytest.mark.parametrize(
    ("remark", "people"),
    [
        ("租户李某 13912345678", [("李某", "tenant", ("13912345678",))]),
        ("出租，陈旭刚13378112233", [("陈旭刚", "tenant", ("13378112233",))]),
        ("租户 李永红", [("李永红", "tenant", ())]),
        ("租出去了:旺小伟", [("旺小伟", "tenant", ())]),
        ("房子卖了:吴鑫17658298899", [("吴鑫", "unspecified", ("17658298899",))]),
        ("现租王先生，电话：13912345678", [("王先生", "tenant", ("13912345678",))]),
        ("出租 13912345678", [("", "tenant", ("13912345678",))]),
        ("过年回来了", []),
        ("有车", []),
        ("高层", []),
        ("租户 已搬走", []),
        ("空 高层住户", []),
        ("老人独居", []),
    ],
)  # fmt: skip
def test_who_is_named_in_a_remark(remark: str, people: list[tuple[str, str, tuple[str, ...]]]) -> None:
    reading = read([["门牌", "业主", "备注"], ["1-1-101", "张艳", remark]])
    assert [(person.name, person.relation, person.phones) for person in first_record(reading).people[1:]] == people
    assert first_record(reading).remark == remark
