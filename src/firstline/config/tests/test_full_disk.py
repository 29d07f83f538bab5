"""The disk under the database really fills up in the middle of a list: it is said, and with room again all goes on."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from firstline.config.testing.served import cluster_of, command, environment, throw_away
from firstline.testing.small_disk import small_disk

pytestmark = pytest.mark.fault

_DOORS = 24_000
_COMMUNITY = "141102003005"
# A fresh database and its journal take some 90 MB of it; the list would take more than the rest.
_SMALL, _ROOMY = "112m", "1g"


@pytest.fixture
def installation() -> Iterator[Path]:
    """An installation whose database lies on a disk of its own."""
    with throw_away() as var, small_disk(cluster_of(var).directory, _SMALL):
        yield var


def run(var: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), env=environment(var), check=False, capture_output=True, text=True, timeout=300
    )


def test_a_list_that_finds_the_disk_full_says_so_and_is_finished_when_there_is_room(installation: Path) -> None:
    var = installation
    compounds, names = var / "compounds.csv", var / "枫林苑名单.csv"
    compounds.write_text("序号,小区名称,户数\n1,枫林苑,9999\n", encoding="utf-8")
    rows = [
        f"{1 + n // 2400}-{1 + n // 240 % 10}-{1 + n // 10 % 24:02d}{n % 10:02d},王建国{n},139{n:08d}"
        for n in range(_DOORS)
    ]
    names.write_text("房号,姓名,电话\n" + "\n".join(rows), encoding="utf-8")
    with cluster_of(var).running():
        for step in (
            ("migrate",),
            (
                "enter-places",
                "14=山西省",
                "1411=吕梁市",
                "141102=离石区",
                "141102003=莲花池街道",
                f"{_COMMUNITY}=丽景街社区",
            ),
            ("declare", "--place", "141102", "--name", "演练", "--level", "1", "--legal-basis", "演练"),
            ("import-compounds", str(compounds), "--community", _COMMUNITY),
        ):
            assert run(var, *step).returncode == 0, step

        # As when it is served: the database goes on while its disk is full.
        full = run(var, "import", str(names))
        assert full.returncode == 1
        assert "Traceback" not in full.stderr + full.stdout

        subprocess.run(["mount", "-o", f"remount,size={_ROOMY}", str(cluster_of(var).directory)], check=True)
        done = run(var, "import", str(names), "--json")
        assert done.returncode == 0, done.stderr
        totals = json.loads(done.stdout)["totals"]
        assert (totals["records"], totals["doors"]) == (_DOORS, _DOORS)
        assert run(var, "rebuild-census", "--check").returncode == 0
