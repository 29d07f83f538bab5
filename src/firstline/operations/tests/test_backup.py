"""A backup is whole or not there, keys lie apart from the data, and every copy of a key is on the register."""

import json
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from firstline.operations.tests.console import Backup, Console

SMALL = 4096


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    data, keys = tmp_path / "data", tmp_path / "keys"
    data.mkdir()
    keys.mkdir()
    return data, keys


def register(console: Console) -> dict[str, int]:
    rows = console.rows(
        "SELECT place, count(*) - count(gone.copy_id) FROM response_keycopy AS copy "
        "LEFT JOIN response_keycopygone AS gone ON gone.copy_id = copy.id GROUP BY place"
    )
    return {str(place): int(count) for place, count in rows}


def test_keys_are_no_part_of_the_data(source: Console, backup: Backup) -> None:
    assert sorted(file.name for file in backup.data.iterdir()) == ["database.dump", "manifest.json"]
    assert sorted(file.name for file in backup.keys.iterdir()) == [*source.key_names(), "manifest.json"]
    secrets = [json.loads((source.keys / name).read_text())["key"] for name in source.key_names()]
    everything = b"".join(file.read_bytes() for file in backup.data.iterdir())
    assert len(secrets) == 2
    assert not any(secret.encode() in everything for secret in secrets)


def test_only_their_owner_reads_them(backup: Backup) -> None:
    for folder in (backup.data, backup.keys):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in backup.keys.glob("*.key")} == {0o600}


def test_the_manifest_says_what_must_come_back(source: Console, backup: Backup) -> None:
    said = json.loads((backup.data / "manifest.json").read_text())
    assert said["counts"]["response_emergency"] == 1
    # Row-level security hides the ledger from the owner; the role that dumps sees all of it.
    assert said["counts"]["audit_ledgerentry"] >= 4
    assert "django_session" not in said["counts"]
    assert {key["id"] + ".key" for key in said["keys"]} == set(source.key_names())
    assert "kernel.0001_initial" in said["migrations"]


def test_every_copy_stands_on_the_register(source: Console, backup: Backup) -> None:
    found = {place: left for place, left in register(source).items() if place.startswith(str(backup.keys))}
    assert list(found.values()) == [2]


def test_one_place_for_both_is_refused(source: Console, folders: tuple[Path, Path]) -> None:
    data, keys = folders
    inside = data / "keys"
    inside.mkdir()
    for one, other in ((data, data), (data, inside)):
        assert "one folder" in source.refused("backup", "--data-to", str(one), "--keys-to", str(other))
    assert "one disk" in source.refused("backup", "--data-to", str(data), "--keys-to", str(keys))
    assert "is not there" in source.refused("backup", "--data-to", str(data), "--keys-to", str(keys / "usb"))
    assert not list(keys.iterdir())


@pytest.mark.fault
def test_a_full_disk_leaves_no_half_backup(source: Console, folders: tuple[Path, Path]) -> None:
    data, keys = folders

    def no_more_than_a_little() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, SMALL))

    with source.cluster.running():  # not started by the backup, whose limits it would inherit
        command = ("backup", "--data-to", str(data), "--keys-to", str(keys), "--together")
        done = source.run(*command, preexec_fn=no_more_than_a_little)
    assert done.returncode == 1
    assert "The disk is full" in done.stderr
    assert [list(data.iterdir()), list(keys.iterdir())] == [[], []]
    assert {left for place, left in register(source).items() if place.startswith(str(keys))} == {0}


@pytest.mark.fault
def test_a_killed_backup_leaves_no_half_backup(source: Console, folders: tuple[Path, Path]) -> None:
    data, keys = folders
    module = [sys.executable, "-m", "firstline.operations.tests.interrupted_backup"]
    arguments = ["backup", "--data-to", str(data), "--keys-to", str(keys), "--together"]
    with source.cluster.running():
        process = subprocess.Popen([*module, *arguments], stdout=subprocess.PIPE, env=source.variables())
        assert process.stdout is not None
        with process.stdout as said:
            assert b"in the middle" in said.readline()
            process.kill()
            process.wait()
        assert [file.suffix for file in (*data.iterdir(), *keys.iterdir())] == [".unfinished"] * 2
        # The register errs towards a copy too many: somebody has to look.
        assert {left for place, left in register(source).items() if place.startswith(str(keys))} == {2}
        source.done(*arguments)
    assert [file.suffix for file in (*data.iterdir(), *keys.iterdir())] == ["", ""]


def test_a_missing_key_is_said_and_nothing_is_kept(source: Console, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir(mode=0o700)
    without = Console(source.var, {"FIRSTLINE_KEY_FOLDER": str(folder)})
    (tmp_path / "data").mkdir()
    (tmp_path / "keys").mkdir()
    assert source.key_names()[0] in without.refused("ready")
    said = without.refused("backup", str(tmp_path), "--together")
    assert source.key_names()[0] in said
    assert not list((tmp_path / "data").iterdir())
