"""One installation with an emergency for the whole run, and its backup; what a test changes, it copies first."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from firstline.operations.tests.console import DIVISIONS, Backup, Console, backed_up, set_up


def room() -> Path:
    """A short path that the database's own user may pass through."""
    path = Path(tempfile.mkdtemp(prefix="fl-"))
    path.chmod(0o755)
    return path


@pytest.fixture(scope="package")
def source() -> Iterator[Console]:
    """Its database runs all the while, so that a command need not start it."""
    var = room()
    console = set_up(var)
    with console.cluster.running():
        yield console
    shutil.rmtree(var)


@pytest.fixture(scope="package")
def backup(source: Console) -> Iterator[Backup]:
    below = room()
    yield backed_up(source, below)
    shutil.rmtree(below)


@pytest.fixture(scope="package")
def restored_once(backup: Backup) -> Iterator[Console]:
    """The backup, restored into an installation of its own; only looked at."""
    var = room()
    console = Console(var)
    console.done("restore", *backup.from_here)
    yield console
    shutil.rmtree(var)


@pytest.fixture
def restored(restored_once: Console) -> Iterator[Console]:
    """The same, and one place more than was backed up; a test may do with it what it likes."""
    var = room()
    shutil.rmtree(var)
    subprocess.run(["cp", "-a", str(restored_once.var), str(var)], check=True)
    console = Console(var)
    console.done("enter-places", *DIVISIONS, "141126=石楼县")
    yield console
    shutil.rmtree(var)


@pytest.fixture
def copied(backup: Backup, tmp_path: Path) -> Backup:
    """A backup that a test may damage."""
    data, keys = tmp_path / "data", tmp_path / "keys"
    shutil.copytree(backup.data, data)
    shutil.copytree(backup.keys, keys)
    return Backup(data, keys)
