"""The director's own list of compounds: what is said is understood, or told; nothing is left out."""

import pytest

from firstline import tables
from firstline.places.believed import Belief, Sense
from firstline.places.believed import read as believed
from firstline.places.compound_list import CompoundList, read_compounds

HEADINGS = "序号,小区名称,小区类型,管理方式,有无门房,户数"


def read(*rows: str, headings: str = HEADINGS, encoding: str = "gb18030") -> CompoundList:
    return read_compounds(tables.read("\n".join([headings, *rows]).encode(encoding)))


@pytest.mark.parametrize(
    ("row", "make_up", "management", "company", "gatehouse"),
    [
        ("1,供销社家属院,单位家属院,只有门房,有,35户", "work_unit", "gatehouse", "", True),
        ("2,锦绣苑,个人开发,丽都物业,有,155多", "developed", "company", "丽都物业", True),
        ("3,枫林苑,开发楼盘,物业,有,200", "developed", "company", "", True),
        ("4,东关旧村片区,与村委混杂,没人管,没有,约59", "mixed_village", "nobody", "", False),
        ("5,莲坡村一区,混杂,无,无,42", "mixed_village", "nobody", "", False),
        ("6,新小区,,,,", "unknown", "unknown", "", None),
    ],
)
def test_what_a_row_says_is_understood(
    row: str, make_up: str, management: str, company: str, gatehouse: bool | None
) -> None:
    (line,) = read(row).lines
    assert (line.make_up, line.management, line.company, line.gatehouse) == (make_up, management, company, gatehouse)
    assert line.problems == ()


def test_what_is_not_understood_is_told_and_the_row_kept() -> None:
    (line,) = read("1,锦绣苑,神秘,随缘,看情况,好多").lines
    assert line.name == "锦绣苑"
    assert line.households == "好多"
    assert dict(line.problems) == {
        "make_up_unclear": "神秘",
        "management_unclear": "随缘",
        "gatehouse_unclear": "看情况",
        "households_unclear": "好多",
    }


def test_a_kind_that_the_name_speaks_against_is_asked() -> None:
    (line,) = read("18,林业局家属院,开发楼盘,只有门房,有,35").lines
    assert (line.make_up, line.problems) == ("developed", (("make_up_against_name", "开发楼盘"),))


def test_totals_repeats_and_rows_without_a_name_are_set_aside_with_their_reason() -> None:
    found = read("1,锦绣苑,,,,70", "2,锦绣苑,,,,80", "3,,单位家属院,,,", "合计,,,,,150", "备注：户数为估计,,,,,")
    assert [line.row for line in found.lines] == [2]
    assert found.aside == [(3, "name_twice"), (4, "name_missing"), (5, "total"), (6, "total")]


def test_headings_in_another_order_with_more_columns() -> None:
    found = read("丽景街1号,70,锦绣苑,锦绣、老八栋", headings="地址,住户数,小区,俗称", encoding="utf-8")
    (line,) = found.lines
    assert (line.name, line.households, line.aliases, line.address) == ("锦绣苑", "70", ("锦绣", "老八栋"), "丽景街1号")


def test_a_file_without_headings_is_set_aside_row_by_row() -> None:
    found = read("锦绣苑,70", headings="甲,乙")
    assert (found.lines, found.aside) == ([], [(1, "no_headings"), (2, "no_headings")])


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("60", Belief(60, Sense.EXACTLY)),
        ("35户", Belief(35, Sense.EXACTLY)),
        ("约70", Belief(70, Sense.ABOUT)),
        ("一百来户", Belief(100, Sense.ABOUT)),
        ("60-70", Belief(65, Sense.ABOUT)),
        ("80多", Belief(80, Sense.MORE)),
        ("近90户", Belief(90, Sense.LESS)),
        ("不知道", None),
    ],
)
def test_a_belief_is_a_number_and_how_it_was_meant(said: str, meant: Belief | None) -> None:
    assert believed(said) == meant


def test_fewer_doors_than_households_is_missing_more_is_no_wonder() -> None:
    assert Belief(70, Sense.EXACTLY).missing(69)
    assert not Belief(70, Sense.EXACTLY).missing(84)
    assert not Belief(70, Sense.ABOUT).missing(64)
    assert Belief(70, Sense.ABOUT).missing(60)
