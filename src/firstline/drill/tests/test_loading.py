"""An empty installation is filled with the demonstration, or with a folder of files, through what people use."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from firstline.census.coverage import coverage
from firstline.drill import community, load
from firstline.drill.divisions import enter_divisions
from firstline.drill.households import Inventor
from firstline.drill.lists import HANDS, dwellings_of, write
from firstline.drill.lists.office import directors_list, keys_list
from firstline.drill.world import load_world
from firstline.kernel import keys
from firstline.kernel.actors import console
from firstline.kernel.paths import subtree
from firstline.places.models import Door, Place
from firstline.places.selectors import place_at

pytestmark = pytest.mark.django_db(transaction=True)

# One of each: a company's list, one still to be brought in, a gatehouse, and nobody at all.
FEW = [one for one in community.ESTATES if one.name in {"物资局家属院", "北川丽都", "供销社家属院", "莲坡村一区"}]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    keys.forget_standing_key()  # of a database that has been emptied since
    monkeypatch.setattr(community, "ESTATES", FEW)
    with override_settings(FIRSTLINE_DIVISIONS=tmp_path / "no-table", FIRSTLINE_DEMONSTRATION=tmp_path):
        yield
    keys.forget_standing_key()


def doors_by_compound() -> dict[str, int]:
    return {one.name: one.account.doors for one in coverage(subtree(community.COMMUNITY)).places}


def test_the_demonstration_is_what_its_files_tell(tmp_path: Path) -> None:
    folder = tmp_path / "demonstration" / "lists"
    assert load.loaded(folder) is load.Loaded.NOTHING
    folder.mkdir(parents=True)
    load.load(lambda _text: None, folder)

    assert load.loaded(folder) is load.Loaded.PARTLY
    load.mark_whole(folder)
    assert load.loaded(folder) is load.Loaded.WHOLE
    assert {file.name for file in folder.iterdir()} == {
        "小区名单.csv",
        "第一书记名单.csv",
        "村级检查点.csv",
        "社区人员名单.csv",
        "钥匙发放登记.csv",
        "派出所人口登记.csv",
        "物资局家属院业主表.csv",
        "北川丽都业主表.txt",
    }
    doors = doors_by_compound()
    # One of them is the flat under the roof that somebody found after the frame was fixed.
    assert (doors["物资局家属院"], doors["供销社家属院"], doors.get("北川丽都", 0)) == (21, 36, 0)
    assert 30 <= doors["莲坡村一区"] <= 42  # as many as keys and the register name


def test_an_installation_of_somebody_elses_is_left_alone(tmp_path: Path) -> None:
    enter_divisions(console())
    assert load.loaded(tmp_path / "demonstration" / "lists") is load.Loaded.OTHER


def test_a_folder_of_files_becomes_a_community(tmp_path: Path) -> None:
    inventor, said = Inventor(5), list[str]()
    listed, keyed = FEW[0], FEW[-1]
    (tmp_path / "property_lists").mkdir()
    (tmp_path / "compounds.csv").write_bytes(directors_list(FEW))
    behind = dwellings_of(listed.line, inventor)
    book = write(HANDS[listed.company], behind, inventor, estate=listed.name, company=listed.company)
    (tmp_path / "property_lists" / book.name).write_bytes(book.content)
    (tmp_path / "property_lists" / "坏的.xlsx").write_bytes(b"\x89PNG")
    (tmp_path / "keys.csv").write_bytes(keys_list({keyed.name: dwellings_of(keyed.line, inventor)}, inventor))
    with (tmp_path / "first_secretaries.csv").open("w", encoding="utf-8") as file:
        csv.writer(file).writerows([["姓名", "乡镇", "村"], ["甲", "灵泉镇", "解家湾"], ["乙", "灵泉", "解家湾村"]])

    load_world(said.append, tmp_path)

    doors = doors_by_compound()
    assert doors[listed.name] == len({one.door.label for one in behind})
    assert Place.objects.filter(name="解家湾村", parent=place_at("141126100")).count() == 1
    # What cannot be read is tried once more when the addresses are known, and said again.
    bad = [at for at, text in enumerate(said) if "坏的.xlsx" in text]
    assert [at for at, text in enumerate(said) if text.startswith("  ")] == [at + 1 for at in bad]
    assert Door.objects.filter(building__compound__place__name=keyed.name).exists()
