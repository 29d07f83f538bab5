"""`firstline evaluate-import`: its words, its JSON, its exit codes; and the world, where there is one."""

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from firstline.registry.scoring.tests.worlds import link, world

LINKS = [link(2, 1, "door"), link(2, 2, "owner", person="P1"), link(2, 3, "phone", person="P1")]
LIST = "房号,姓名,电话\n{door},王建国,13912345678\n"


def run(directory: Path, *arguments: str) -> tuple[str, int]:
    out = io.StringIO()
    try:
        call_command("evaluate_import", "--world", str(directory), *arguments, stdout=out)
    except CommandError as problem:
        return out.getvalue(), problem.returncode
    return out.getvalue(), 0


def test_goals_that_are_met(tmp_path: Path) -> None:
    said, code = run(world(tmp_path, LINKS, {"a.csv": LIST.format(door="1-1-101")}), "--json")
    answer: dict[str, Any] = json.loads(said)
    assert code == 0 and answer["met"] is True
    assert answer["all"]["measures"]["doors_recall"] == {"share": 1.0, "right": 1, "of": 1}
    assert [file["file"] for file in answer["files"]] == ["a.csv"]


def test_goals_that_are_not(tmp_path: Path) -> None:
    said, code = run(world(tmp_path, LINKS, {"a.csv": LIST.format(door="1-1-102")}), "--misses")
    assert code == 1
    assert "doors_recall a.csv  2: 1-1-101 / 1-1-102" in said


def test_a_list_that_could_not_be_read_is_told_with_its_reason(tmp_path: Path) -> None:
    said, code = run(world(tmp_path, LINKS, {"a.csv": "%PDF-1.7"}), "--json")
    assert code == 1 and "PDF" in json.loads(said)["files"][0]["refused"]


def test_a_directory_that_is_no_world(tmp_path: Path) -> None:
    assert run(tmp_path)[1] == 2


@pytest.mark.skipif(
    not os.environ.get("FIRSTLINE_WORLD"),
    reason="FIRSTLINE_WORLD is not set: no world to score the reading of lists against",
)
def test_the_world() -> None:
    said, code = run(Path(os.environ["FIRSTLINE_WORLD"]), "--json")
    assert (json.loads(said)["short_of"], code) == ([], 0)
