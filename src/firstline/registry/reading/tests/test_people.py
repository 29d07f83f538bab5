import pytest

from firstline.registry.reading.tests.lists import first_record, read, told

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


@pytest.mark.parametrize(
    "family",
    ["卫天珍 老婆刘改莲 女儿卫梦", "张三、李四", "胡永辉　妻子郭婧", "许艳斌,皇甫海琴(妻子)", "王亮妻子刘改莲"],
)
def test_a_whole_family_in_a_cell_is_asked_not_taken_for_a_name(family: str) -> None:
    reading = read([["门牌", "户主"], ["1-1-101", family], ["1-1-102", "张艳"]])
    assert told(reading)[1:] == ["parked:several_people_in_cell", "1-1-102"]


def test_where_only_members_are_named_single_names_are_read() -> None:
    reading = read([["门牌", "居住人员", "电话"], ["1-1-101", "张艳", "13912345678"], ["1-1-102", "张三 妻李四", None]])
    assert told(reading)[1:] == ["1-1-101", "parked:several_people_in_cell"]
    assert first_record(reading).people[0].name == "张艳"
