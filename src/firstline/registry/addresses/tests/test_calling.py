"""Which compound a name means: by half of it, by ear, by a slip; and never one of two."""

import pytest

from firstline.registry.addresses.calling import Calling, core
from firstline.registry.addresses.model import Called

COMPOUNDS = (
    Called("jxy", "锦绣苑"),
    Called("jxhy", "锦绣花园"),
    Called("atxj", "安泰新居", ("安泰小区",)),
    Called("sl", "市水利局家属院"),
    Called("ej", "第二建筑公司家属院"),
    Called("dg", "东关旧村片区"),
    Called("nj", "农机公司宿舍"),
    Called("sjjy", "世纪嘉园"),
    Called("qlc", "前柳村混居区"),
    Called("fcc", "翡翠城一期"),
    Called("lcmz", "莲池明珠"),
    Called("home", "散居", scattered=True),
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("锦绣苑", "jxy"),
        ("锦 绣 苑", "jxy"),
        ("锦绣苑小区", "jxy"),
        ("安泰小区", "atxj"),
        ("安泰萧区", "atxj"),  # by ear
        ("世纪佳园", "sjjy"),
        ("水利局宿舍", "sl"),
        ("水利院", "sl"),
        ("二建宿舍", "ej"),
        ("旧村", "dg"),
        ("农机公司家属院", "nj"),
        ("前柳", "qlc"),
        ("明珠小区", "lcmz"),
        ("翡翠城", "fcc"),
        ("世季嘉园", "sjjy"),
    ],
)
def test_a_name_is_found_however_people_call_it(said: str, meant: str) -> None:
    assert Calling(COMPOUNDS).find(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "锦绣园",  # sounds like 锦绣苑, and may be short for 锦绣花园
        "锦绣",
        "翡翠城二期",  # another phase is another estate
        "后柳",  # another village
        "第三建筑公司家属院",
        "廉租房小区",
        "散居",
        "苑",
        "",
    ],
)
def test_what_may_be_two_compounds_or_none_is_not_guessed(said: str) -> None:
    assert Calling(COMPOUNDS).find(said) is None


def test_a_name_once_learned_decides() -> None:
    calling = Calling(COMPOUNDS)
    calling.learn("锦绣园", "jxhy")
    assert calling.find("锦绣园") == "jxhy"


def test_a_name_of_two_compounds_is_nobodys() -> None:
    calling = Calling([Called("a", "东苑", ("老院子",)), Called("b", "西苑", ("老院子",))])
    assert calling.find("老院子") is None
    assert "老院子" not in calling.names()


@pytest.mark.parametrize(("name", "told"), [("市水利局家属院", "水利局"), ("翡翠城一期", "翡翠"), ("旧村", "旧村")])
def test_the_core_is_what_tells_a_compound_from_others(name: str, told: str) -> None:
    assert core(name) == told
