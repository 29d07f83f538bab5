"""One address looked up among the doors that stand: placed at the one door it means, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.identifiers.door_label import Door, from_label
from firstline.registry.addresses import Called, Placed, StandingDoors, Unsure, read_free, read_parts

COMPOUNDS = (
    Called("lc", "莲池明珠", ("明珠小区",)),
    Called("xf", "学府雅居", ("学府小区",)),
    Called("jxy", "锦绣苑"),
    Called("jxh", "锦绣花园", ("锦绣园",)),
    Called("at", "安泰新居", ("安泰小区",)),
    Called("hl", "后柳村混居区"),
    Called("home", "散居", scattered=True),
)
DOORS = {
    "lc": ["7-1-301", "7-2-301", "7-1-302", "1-1-101", "1-2-102"],
    "xf": ["2-201", "2-1201", "3-1702", "2-604"],
    "jxy": ["2-202", "2-301"],
    "jxh": ["3-2-201", "3-1-402"],
    "at": ["5-1803", "2-1003"],
    "hl": ["东街14号", "东街3排5号"],
}
HOMES = ["丽景街174号", "莲花池路165号", "龙凤南大街54号门面楼上"]


@pytest.fixture
def doors() -> StandingDoors:
    def of(key: str) -> list[Door]:
        if key == "home":
            return [Door("", "", "", address) for address in HOMES]
        return [door for label in DOORS[key] if (door := from_label(label))]

    return StandingDoors(COMPOUNDS, of, ("山西省", "吕梁市", "离石区", "莲花池街道", "丽景街社区"))


@pytest.mark.parametrize(
    ("said", "compound", "label"),
    [
        ("丽景街社区学府雅居，2号楼201", "xf", "2-201"),
        ("学府小区2楼201", "xf", "2-201"),
        ("离石区薛府雅居2楼604", "xf", "2-604"),
        ("离石丽景街莲池鸣珠  7号楼一单元三〇一", "lc", "7-1-301"),
        ("锦秀苑小区 2-202", "jxy", "2-202"),
        ("锦绣华园小区3号楼2单元201", "jxh", "3-2-201"),
        ("安泰肖区 2#1003", "at", "2-1003"),
        ("离石丽景街后柳村混居区东街14号", "hl", "东街14号"),
        ("莲池明珠7号楼302", "lc", "7-1-302"),
        ("丽景街社区丽景街174号", "home", "丽景街174号"),
        ("莲花池路165号", "home", "莲花池路165号"),
        ("3号楼1702室", "xf", "3-1702"),
    ],
)
def test_an_address_is_placed_at_the_one_door_it_means(
    doors: StandingDoors, said: str, compound: str, label: str
) -> None:
    found = read_free(said, doors)
    assert isinstance(found, Placed)
    assert (found.compound, found.door.label) == (compound, label)


@pytest.mark.parametrize(
    ("said", "reason", "choices"),
    [
        ("莲池明珠7号楼301", "door_incomplete", ["7-1-301", "7-2-301"]),
        ("莲池明珠7号楼", "door_incomplete", []),
        ("莲池明珠", "door_missing", []),
        ("学府雅居2号楼9999", "no_such_door", ["2-1201", "2-201", "2-604"]),
        ("丽景街9999号楼99单元9999", "no_compound", []),
        ("东湖花园3号楼1702", "no_compound", []),
        ("花果山水帘洞", "door_unreadable", []),
        ("   ", "empty", []),
        ("😀" * 5_000_000, "door_unreadable", []),
    ],
    ids=range(9),
)
def test_what_a_person_must_place_is_not_guessed(
    doors: StandingDoors, said: str, reason: str, choices: list[str]
) -> None:
    found = read_free(said, doors)
    assert isinstance(found, Unsure)
    assert (found.reason, [door.label for _key, door in found.choices]) == (reason, choices)


def test_a_form_of_one_compound_needs_no_name_and_heeds_another(doors: StandingDoors) -> None:
    assert read_free("7-1-301", doors, "lc") == Placed("lc", Door("7", "1", "301"))
    assert read_free("学府雅居3-1702", doors, "lc") == Placed("xf", Door("3", "", "1702"))
    assert isinstance(read_free("3-1702", doors, "lc"), Unsure)


def test_cells_of_a_row_are_placed_as_text_is(doors: StandingDoors) -> None:
    assert read_parts(doors, compound="明珠小区", building="7#", unit="2单元", room="301") == Placed(
        "lc", Door("7", "2", "301")
    )
    assert read_parts(doors, compound="后柳", building="东街", unit="3排", room="5号院") == Placed(
        "hl", Door("东街3排", "", "5号")
    )
    assert read_parts(doors, compound="临街", building="龙凤南大街54号门面楼上") == Placed(
        "home", Door("", "", "", "龙凤南大街54号门面楼上")
    )
    wrong_unit = read_parts(doors, compound="莲池明珠", building="7", unit="3", room="301")
    assert isinstance(wrong_unit, Unsure)
    assert wrong_unit.reason == "no_such_door"


@given(st.text(max_size=60))
def test_any_text_is_answered_and_only_standing_doors_are_named(said: str) -> None:
    standing = [Door("1", "1", "101"), Door("2", "", "201")]
    found = read_free(said, StandingDoors([Called("a", "莲池明珠")], lambda _key: standing))
    assert not isinstance(found, Placed) or found.door in standing
