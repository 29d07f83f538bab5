"""`firstline import`: the contract of its words, its JSON and its exit codes."""

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from firstline.kernel import scope
from firstline.places.models import Door
from firstline.registry.mentions import mentions_at
from firstline.registry.models import SourceFile
from firstline.registry.tests.lists import encoded
from firstline.testing.cast import Cast


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "枫林苑名单.csv"
    file.write_bytes(encoded())
    return file


def _run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("import", *map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


def _exit_code(*arguments: object) -> int:
    with pytest.raises(CommandError) as problem:
        _run(*arguments)
    return problem.value.returncode


def test_a_dry_run_needs_no_database(path: Path) -> None:
    # Without the `db` fixture any statement would fail this test.
    said: dict[str, Any] = json.loads(_run(path, "--dry-run", "--json"))
    (file,) = said["files"]
    assert said["totals"] == {"rows": 9, "records": 5, "parked": 1, "no_data": 3, "doors": 5, "people": 4}
    assert [question["rows"] for question in said["questions"]] == [[8]]
    assert file["rows"][2]["door"] == {"building": "1", "unit": "1", "room": "101"}
    assert file["rows"][2]["people"][0]["phones"] == ["13912345678"]


def test_an_import_is_accepted_and_again_changes_nothing(cast: Cast, path: Path) -> None:
    _run(path, "--compound", "枫林苑", "--as", "director")
    doors = Door.objects.filter(building__compound=cast.compound).count()
    assert doors == 25
    with scope.enter(cast.worker):
        assert [seen.name for seen in mentions_at(cast.door.pk)] == ["王建国"]
    _run(path, "--compound", "枫林苑")
    assert Door.objects.filter(building__compound=cast.compound).count() == doors
    with scope.enter(cast.director):
        assert SourceFile.objects.count() == 1


def test_the_compound_may_be_left_out_when_the_name_tells(cast: Cast, path: Path) -> None:
    _run(path)
    with scope.enter(cast.director):
        assert SourceFile.objects.get().compound_id == cast.compound.pk


def test_one_bad_file_does_not_stop_the_others(cast: Cast, path: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.xlsx").write_bytes(b"no workbook at all \x00\x01")
    assert _exit_code(tmp_path / "bad.xlsx", path, "--compound", "枫林苑") == 1
    with scope.enter(cast.director):
        assert SourceFile.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [["--compound", "没有这个小区"], ["--as", "nobody"], ["--compound", "马茂庄小区", "--as", "director"]]
)
def test_a_wrong_call(cast: Cast, path: Path, wrong: list[str]) -> None:
    assert _exit_code(path, *wrong) == 2
    assert _exit_code("no-such-file.csv", "--dry-run") == 2


def test_the_real_list_of_a_world(cast: Cast) -> None:
    world = os.environ.get("FIRSTLINE_WORLD")
    if not world:
        pytest.skip("FIRSTLINE_WORLD names no world")
    path = Path(world) / "property_lists" / "锦绣苑小区名单.csv"
    _run(path, "--compound", "邮电局家属院")
    assert Door.objects.filter(building__compound=cast.compound_next).count() == 12 + 179
