"""A world's sources against its truth: a small one made here, and the one in FIRSTLINE_WORLD where it is given."""

import json
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from firstline.registry.frame_scoring import score_world

DOORS = [f"1-{unit}-{floor}0{flat}" for unit in (1, 2) for floor in range(1, 7) for flat in (1, 2)]


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """One estate of 24 doors: two lists name 22 of them, one twice over; a visit goes to a door there is not."""
    (tmp_path / "truth").mkdir()
    (tmp_path / "property_lists").mkdir()
    write(tmp_path / "compounds.csv", "小区名称,小区类型,户数", "锦绣苑,开发楼盘,约20")
    write(tmp_path / "truth" / "doors.csv", "door_id,compound,label", *(f"D,锦绣苑,{label}" for label in DOORS))
    write(tmp_path / "police_register.csv", "姓名,现住址", *(f"甲,莲花池路1号锦绣苑{label}" for label in DOORS[:20]))
    visited = [label.split("-") for label in (*DOORS[:1], "1-2-602", "1-9-901")]
    write(tmp_path / "door_visits.csv", "小区,楼,单元,户号", *(f"锦绣苑,{','.join(parts)}" for parts in visited))
    for name in ("锦绣苑业主表.csv", "不认得.csv"):
        write(tmp_path / "property_lists" / name, "楼号,单元,房号,业主姓名,电话", "1,2,601,张建国,13812345678")
    return tmp_path


def write(path: Path, *lines: str) -> None:
    path.write_text("\n".join(lines), encoding="utf-8")


def test_what_is_known_proposed_wrong_and_missing_is_counted(world: Path) -> None:
    score = score_world(world)

    assert (score.true, score.listed, score.false_listed) == (24, 1, 0)
    assert (score.accepted, score.false_accepted) == (21, 0)
    assert (score.waiting, score.false_waiting) == (1, 1), "9th stairwell: one row says so, and nothing around it"
    assert score.missing == {"锦绣苑": ["1-2-501", "1-2-502"]}
    assert score.unread == {"不认得.csv": "compound_unclear"}


def test_the_command_answers_in_words_and_as_json(world: Path) -> None:
    said, as_json = StringIO(), StringIO()
    call_command("evaluate_frame", world=world, stdout=said)
    call_command("evaluate_frame", world=world, json=True, stdout=as_json)

    assert "91.67 %" in said.getvalue()
    assert json.loads(as_json.getvalue())["known_or_proposed"] == 0.9167


def test_a_folder_without_truth_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("evaluate_frame", world=tmp_path)
    assert refused.value.returncode == 2


@pytest.mark.skipif(not os.environ.get("FIRSTLINE_WORLD"), reason="FIRSTLINE_WORLD is not set: no world to score")
def test_of_the_worlds_doors_nearly_all_are_known_and_hardly_one_is_false() -> None:
    score = score_world(Path(os.environ["FIRSTLINE_WORLD"]))
    assert score.known_or_proposed >= 0.97
    assert score.false_share <= 0.01
