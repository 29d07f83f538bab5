"""Doors out of addresses in passing: columns or one text, compounds by any name, homes of no compound."""

from collections.abc import Sequence

from firstline import tables
from firstline.identifiers.door_label import Door
from firstline.registry.addresses import AddressReading, AddressRow, Called, Source, address_rows, read_addresses

ESTATE = Called("jxy", "锦绣苑")
VILLAGE = Called("dg", "东关旧村片区")
HOME = Called("home", "散居", scattered=True)


def police(*texts: str) -> list[AddressRow]:
    return [AddressRow(Source.POLICE, number, text=text) for number, text in enumerate(texts, 2)]


def visits(*rows: tuple[str, str, str, str]) -> list[AddressRow]:
    return [
        AddressRow(Source.VISITS, number, compound=place, building=building, unit=unit, room=room, in_columns=True)
        for number, (place, building, unit, room) in enumerate(rows, 2)
    ]


def read(rows: Sequence[AddressRow], *compounds: Called) -> AddressReading:
    return read_addresses(compounds or (ESTATE, VILLAGE, HOME), rows)


def doors(reading: AddressReading) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in reading.evidence:
        found.setdefault(one.compound, set()).add(one.door.label)
    return found


def reasons(reading: AddressReading) -> list[str]:
    return [one.reason for one in reading.unplaced]


def test_the_door_behind_division_street_and_compound() -> None:
    rows = police(
        "山西省吕梁市离石区莲花池街道龙凤南大街148号锦绣苑3号楼1单元403室",
        "离石区丽景街102号东关旧村片区东街一排四号院",
    )
    assert doors(read(rows)) == {"jxy": {"3-1-403"}, "dg": {"东街1排4号"}}


def test_a_street_number_teaches_the_other_names_of_its_compound() -> None:
    rows = police("龙凤南大街148号锦绣苑3号楼1单元403室", "龙凤南大街148号老八栋3号楼1单元404室")
    reading = read([*rows, *visits(("老八栋", "3", "1", "501"))])

    assert doors(reading) == {"jxy": {"3-1-403", "3-1-404", "3-1-501"}}
    assert reading.learned == {"老八栋": "jxy"}


def test_an_estate_of_a_like_name_at_another_street_is_none_of_ours() -> None:
    rows = police(
        "龙凤南大街148号锦绣苑3号楼1单元403室",
        "龙凤南大街148号锦绣苑3号楼1单元404室",
        "莲花池路45号锦绣园1号楼1单元201室",
    )
    reading = read([*rows, *visits(("锦绣园", "1", "1", "301"), ("锦秀园", "1", "1", "302"))])

    assert doors(reading) == {"jxy": {"3-1-403", "3-1-404"}}
    assert reasons(reading) == ["no_compound"] * 3


def test_the_same_door_said_by_several_rows_is_counted_by_source() -> None:
    rows = [*police("锦绣苑3号楼1单元403室", "锦绣苑3-1-403"), *visits(("锦绣苑", "3#", "1单元", "403"))]
    (one,) = read(rows).evidence
    assert (one.door, one.rows) == (Door("3", "1", "403"), {Source.POLICE: 2, Source.VISITS: 1})


def test_whether_buildings_have_stairwells_is_learned_from_all_rows() -> None:
    with_units = [f"锦绣苑1号楼{unit}单元{floor}01室" for unit in (1, 2) for floor in range(1, 7)]
    without = [f"锦绣苑2号楼{floor}01室" for floor in range(1, 9)]
    reading = read([*police(*with_units, *without, "锦绣苑2-901"), *visits(("锦绣苑", "1", "", "302"))])

    assert "2-901" in doors(reading)["jxy"]
    assert reasons(reading) == ["door_incomplete"], "302 may be behind either stairwell"


def test_a_short_lane_is_the_only_one_that_fits_or_is_asked() -> None:
    lanes = police(
        *(
            f"东关旧村片区{lane}{row}排{yard}号"
            for lane in ("后街", "东街", "东巷")
            for row in (1, 2)
            for yard in (1, 2)
        )
    )
    reading = read([*lanes, *police("东关旧村片区 后2排5", "东关旧村片区 东2排5")])

    assert "后街2排5号" in doors(reading)["dg"]
    assert reasons(reading) == ["door_ambiguous"]


def test_an_address_of_no_compound_is_a_scattered_home() -> None:
    rows = [
        *police("山西省吕梁市离石区莲花池街道学院路103号院内东房"),
        *visits(("散户", "学院路103号院内东房", "", ""), ("临街", "北川路 88号", "", "")),
    ]
    assert doors(read(rows)) == {"home": {"学院路103号院内东房", "北川路88号"}}


def test_what_names_no_door_is_told_with_its_reason() -> None:
    rows = [
        *police("离石区龙凤南大街148号锦绣苑", "", "幸福里3号楼1单元403室", "锦绣苑东门口"),
        *visits(("不知道哪", "3", "1", "201")),
    ]
    reading = read(rows)
    assert reasons(reading) == ["door_missing", "empty", "no_compound", "door_unreadable", "no_compound"]
    assert reading.rows == len(rows)


def test_without_scattered_homes_on_record_their_addresses_wait() -> None:
    assert reasons(read(police("学院路103号"), ESTATE)) == ["no_compound"]


def sheet(text: str, source: Source) -> list[AddressRow]:
    return address_rows(tables.read(text.encode()), source)


def test_of_several_addresses_the_one_somebody_lives_at_counts() -> None:
    text = (
        "户号,姓名,户籍地址,现住址,单位地址\nHH1,甲,太原市迎泽区1号,锦绣苑3-1-403,县医院\nHH2,乙,别处,锦绣苑3-1-404,\n"
    )
    assert [row.text for row in sheet(text, Source.POLICE)] == ["锦绣苑3-1-403", "锦绣苑3-1-404"]


def test_columns_of_a_visit_and_a_key_in_one_cell() -> None:
    visits_file = "日期,小区,楼,单元,户号,结果\n1.28,锦绣苑,3号楼,1,403,登记\n,,,,,\n1.29,锦绣苑,3,,404,无人\n"
    rows = sheet(visits_file, Source.VISITS)
    assert [(row.row, row.building, row.unit, row.room) for row in rows] == [
        (2, "3号楼", "1", "403"),
        (4, "3", "", "404"),
    ]

    (key,) = sheet("钥匙编号,门牌,姓名\n001,沙枣沟 西街一排一号院,甲\n", Source.KEYS)
    assert (key.text, key.in_columns) == ("沙枣沟 西街一排一号院", False)


def test_a_compound_and_a_door_in_two_cells_are_one_address() -> None:
    rows = sheet("小区,门牌号,姓名\n东关旧村片区,东街1排4号,甲\n锦绣苑,锦绣苑3-1-403,乙\n", Source.KEYS)
    assert [row.text for row in rows] == ["东关旧村片区 东街1排4号", "锦绣苑3-1-403"]
    assert doors(read(rows)) == {"dg": {"东街1排4号"}, "jxy": {"3-1-403"}}


def test_a_table_without_addresses_has_none() -> None:
    assert sheet("姓名,电话\n甲,1\n", Source.POLICE) == []
