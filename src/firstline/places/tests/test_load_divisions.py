"""Divisions from our table: whole, once, under their codes; and villages that have none."""

import csv
import gzip
import os
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from firstline.kernel.actors import console
from firstline.places import actions
from firstline.places.division_table import read_table
from firstline.places.models import Place, PlaceCode, PlaceKind
from firstline.places.selectors import place_by_code
from firstline.places.village_list import spoken_name
from firstline.testing.cast import Cast

SINCE = date(2019, 1, 1)
DIVISIONS = """code,name
14,山西省
1411,吕梁市
141102,离石区
141102003,莲花池街道
141102003005,丽景街社区居委会
141102003006,南村村委会
141126,石楼县
44,广东省
4419,东莞市
441900003,东城街道
"""
built = pytest.mark.skipif(
    not Path(settings.FIRSTLINE_DIVISIONS).is_file(), reason="the table of divisions is not made: make setup"
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "divisions.csv.gz"
    path.write_bytes(gzip.compress(DIVISIONS.encode()))
    return path


def load(table: Path, below: str = "") -> str:
    said = StringIO()
    call_command("load_divisions", table=table, below=below, stdout=said)
    return said.getvalue()


@pytest.mark.django_db
def test_every_division_gets_its_code_its_parent_and_the_name_people_use(table: Path) -> None:
    load(table)

    community = Place.objects.select_related("parent").get(path="141102003005")
    assert (community.name, community.kind, community.parent.path) == (  # type: ignore[union-attr]
        "丽景街社区",
        PlaceKind.COMMUNITY,
        "141102003",
    )
    code = PlaceCode.objects.get(place=community)
    assert (code.code, code.name, code.valid_from) == ("141102003005", "丽景街社区居委会", SINCE)
    dongguan = place_by_code("441900003", date(2020, 2, 1))
    assert dongguan is not None
    assert dongguan.parent == Place.objects.get(path="4419"), "a city without counties"


@pytest.mark.django_db
def test_the_same_again_enters_nothing_and_one_county_only_its_own(table: Path) -> None:
    load(table, below="141126")
    assert set(Place.objects.values_list("path", flat=True)) == {"14", "1411", "141126"}

    load(table)
    before = Place.objects.count(), PlaceCode.objects.count()
    assert "10" in load(table)
    assert (Place.objects.count(), PlaceCode.objects.count()) == before == (10, 10)


def test_places_entered_by_hand_stay_as_they_are(cast: Cast, table: Path) -> None:
    place = Place.objects.get(path="141102003005")
    Place.objects.filter(pk=place.pk).update(name="我们社区")
    actions.enter_villages(console(), township_path="141102003", names=["南村"])

    load(table)

    place.refresh_from_db()
    assert place.name == "我们社区"
    assert Place.objects.get(path="141102003006").name == "南村村委会", "the name was taken by a place without a code"


@pytest.mark.django_db
def test_without_a_table_it_is_said_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="make setup"):
        load(tmp_path / "none.csv.gz")


@pytest.mark.parametrize(
    ("official", "spoken"),
    [
        ("丽景街社区居委会", "丽景街社区"),
        ("王家庄村委会", "王家庄村"),
        ("南村村委会", "南村"),
        ("李村村民委员会", "李村"),
        ("虎城社区居民委员会", "虎城社区"),
        ("西街居委会", "西街居委会"),
    ],
)
def test_what_people_call_a_community(official: str, spoken: str) -> None:
    assert spoken_name(official) == spoken


def test_villages_without_a_code_get_a_path_and_one_day_their_code(cast: Cast) -> None:
    said = StringIO()
    call_command("enter_villages", "141126100", "解家湾村", "李家坡村", "解家湾村", stdout=said)
    call_command("enter_villages", "141126100", "李家坡村", "王家河村", stdout=said)

    villages = Place.objects.filter(path__startswith="141126100V").order_by("path")
    assert [(village.path[-3:], village.name) for village in villages] == [
        ("V01", "解家湾村"),
        ("V02", "李家坡村"),
        ("V03", "王家河村"),
    ]
    assert not PlaceCode.objects.filter(place__in=villages).exists()

    actions.renumber_place(
        cast.other_county_officer, place_id=villages[0].pk, code="141126100201", valid_from=date(2020, 1, 1)
    )
    assert place_by_code("141126100201", date(2020, 2, 1)) == villages[0]
    with pytest.raises(CommandError):
        call_command("enter_villages", "141126999", "哪里村")


def test_the_villages_of_a_list_come_once_however_they_are_written(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "返乡.csv"
    path.write_text(
        "灵泉镇返乡人员,,\n姓名,乡镇,村\n甲,灵泉镇,解家湾\n乙,灵泉,解家湾村\n丙,罗村镇,贺家畔村\n丁,灵泉镇,\n戊,灵泉镇,李家坡村委会\n",
        encoding="utf-8",
    )
    call_command("enter_villages", "141126100", file=path, stdout=StringIO())
    villages = Place.objects.filter(path__startswith="141126100V").order_by("path")
    assert [village.name for village in villages] == ["解家湾村", "李家坡村"]


@built
@pytest.mark.django_db
def test_both_counties_come_whole() -> None:
    call_command("load_divisions", below="1411", stdout=StringIO())

    townships = Place.objects.filter(kind=PlaceKind.TOWNSHIP)
    assert townships.filter(parent__path="141126").count() == 9
    assert townships.filter(parent__path="141102").count() == 11
    below = Place.objects.filter(kind=PlaceKind.COMMUNITY)
    assert below.filter(path__startswith="141126").count() == 68
    assert below.filter(path__startswith="141102").count() > 100
    assert Place.objects.get(path="141102003005").name == "丽景街社区"


@built
@pytest.mark.skipif(not os.environ.get("FIRSTLINE_WORLD"), reason="FIRSTLINE_WORLD is not set: no list to compare with")
def test_the_table_says_what_the_official_lists_beside_the_world_say() -> None:
    folder = Path(os.environ["FIRSTLINE_WORLD"]).parent / "divisions"
    if not folder.is_dir():
        pytest.skip("no folder of divisions beside the world")
    ours = {row.path: row.official for row in read_table(settings.FIRSTLINE_DIVISIONS)}
    for level in ("provinces", "cities", "areas", "streets"):
        with (folder / f"{level}.csv").open(encoding="utf-8-sig", newline="") as file:
            theirs = {row["code"]: row["name"] for row in csv.DictReader(file)}
        # A city without counties stands among the counties once more, padded with zeros.
        differing = {code: name for code, name in theirs.items() if ours.get(code) != name and not code.endswith("00")}
        assert differing == {}, level
