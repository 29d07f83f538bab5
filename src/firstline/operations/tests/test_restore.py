"""What was backed up comes back as it was, into an empty installation, or nothing changes and it is said why."""

import json
from pathlib import Path

import psycopg
import pytest

from firstline.database.roles import OWNER
from firstline.operations.manifest import sum_of
from firstline.operations.tests.console import Backup, Console

FORCED = "SELECT count(*) FROM pg_class WHERE relforcerowsecurity AND relrowsecurity"
LEDGER = "SELECT action, actor_id, sealed FROM audit_ledgerentry WHERE generation = 1 ORDER BY id"
PLACES = "SELECT count(*) FROM places_place"
APPEND_ONLY = "SELECT has_table_privilege('firstline_app', 'audit_ledgerentry', 'UPDATE')"


def altered(backup: Backup, **changes: object) -> None:
    file = backup.data / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))


def test_it_comes_back_as_it_was(source: Console, restored_once: Console) -> None:
    assert restored_once.key_names() == source.key_names()
    before = set(source.rows(LEDGER))
    assert before.issuperset(restored_once.rows(LEDGER))
    assert restored_once.rows(FORCED) == source.rows(FORCED)
    assert restored_once.rows(APPEND_ONLY) == [(False,)]
    restored_once.done("ready")


def test_the_generation_goes_on(restored: Console) -> None:
    entered = "SELECT DISTINCT generation FROM audit_ledgerentry WHERE action = 'places.create_place' ORDER BY 1"
    assert restored.rows(entered) == [(1,), (2,)]


def test_where_the_keys_came_from_is_on_the_register(source: Console, backup: Backup, restored_once: Console) -> None:
    places = [place for (place,) in restored_once.rows("SELECT DISTINCT place FROM response_keycopy")]
    assert any(place.startswith(str(source.keys)) for place in places)
    assert any(place.startswith(str(backup.keys)) for place in places)


def test_data_is_not_overwritten_unasked(backup: Backup, restored: Console) -> None:
    assert "--replace" in restored.refused("restore", *backup.from_here)
    kept = restored.run("restore", *backup.from_here, "--replace", input="yes\n")
    assert (kept.returncode, "nothing was changed" in kept.stderr) == (1, True)
    assert restored.rows(PLACES) == [(4,)]
    said = restored.done("restore", *backup.from_here, "--replace", "--yes")
    assert "as they were backed up" in said
    assert "Opened" in said
    assert restored.rows(PLACES) == [(3,)]
    assert restored.rows("SELECT current_setting('firstline.generation')") == [("3",)]


def test_keys_of_other_data_are_refused(copied: Backup, restored_once: Console) -> None:
    file = next(copied.keys.glob("*.key"))
    content = file.read_bytes()
    file.unlink()
    sums = json.loads((copied.keys / "manifest.json").read_text())
    (copied.keys / "manifest.json").write_text(json.dumps(sums | {"sums": {}}))
    assert f"lacks {file.name}" in restored_once.refused("restore", *copied.from_here)
    other = json.loads(content) | {"key": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}
    file.write_text(json.dumps(other))
    assert "another key of the same name" in restored_once.refused("restore", *copied.from_here)
    assert restored_once.rows(PLACES) == [(3,)]


def test_a_dump_cut_short_is_refused(copied: Backup, restored_once: Console) -> None:
    dump = copied.data / "database.dump"
    dump.write_bytes(dump.read_bytes()[:-1000])
    assert "cut short or altered" in restored_once.refused("restore", *copied.from_here)
    assert restored_once.rows(PLACES) == [(3,)]


def test_a_newer_version_is_named(copied: Backup, restored_once: Console) -> None:
    said = json.loads((copied.data / "manifest.json").read_text())
    altered(copied, program="9.1.0", migrations=[*said["migrations"], "census.0099_later"])
    refused = restored_once.refused("restore", *copied.from_here)
    assert "9.1.0" in refused
    assert "census.0099_later" in refused
    altered(copied, format=2)
    assert "newer Firstline" in restored_once.refused("restore", *copied.from_here)


def test_what_is_no_backup_is_said(copied: Backup, restored_once: Console, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    said = restored_once.refused("restore", "--data-from", str(tmp_path / "nothing"), "--keys-from", str(copied.keys))
    assert "no manifest.json" in said
    swapped = restored_once.refused("restore", "--data-from", str(copied.keys), "--keys-from", str(copied.data))
    assert "manifest" in swapped


@pytest.mark.fault
@pytest.mark.parametrize("damage", ["dump", "counts"])
def test_a_restore_that_fails_puts_back_what_was_there(copied: Backup, restored: Console, damage: str) -> None:
    """The dump breaks in the middle although its sum is right; or it holds other rows than were counted."""
    if damage == "dump":
        dump = copied.data / "database.dump"
        content = bytearray(dump.read_bytes())
        content[-4000:-2000] = bytes(2000)
        dump.write_bytes(content)
        altered(copied, sha256=sum_of(dump))
    else:
        altered(copied, counts=json.loads((copied.data / "manifest.json").read_text())["counts"] | {"places_place": 7})
    said = restored.refused("restore", *copied.from_here, "--replace", "--yes")
    assert {"dump": "pg_restore failed", "counts": "places_place 7/3"}[damage] in said
    assert restored.rows(PLACES) == [(4,)]
    assert restored.rows("SELECT count(*) FROM pg_namespace WHERE nspname = 'firstline_replaced'") == [(0,)]
    restored.done("ready")


def test_a_restore_under_a_running_program_is_refused(backup: Backup, restored: Console) -> None:
    with restored.cluster.running(), psycopg.connect(restored.cluster.dsn("firstline_app")) as serving:
        serving.execute("SELECT 1")
        assert "stop it first" in restored.refused("restore", *backup.from_here, "--replace", "--yes")


@pytest.mark.fault
def test_a_killed_restore_is_taken_up_again(backup: Backup, restored: Console) -> None:
    """What it had set aside is put back first."""
    with restored.cluster.running(), psycopg.connect(restored.cluster.dsn(OWNER), autocommit=True) as owner:
        owner.execute("ALTER SCHEMA public RENAME TO firstline_replaced")
        owner.execute("CREATE SCHEMA public")
        owner.execute("CREATE TABLE half (id int)")
    restored.done("restore", *backup.from_here, "--replace", "--yes")
    assert restored.rows(PLACES) == [(3,)]
    assert restored.rows("SELECT to_regclass('half')") == [(None,)]


def test_a_key_destroyed_since_does_not_come_back(backup: Backup, restored: Console) -> None:
    """Last night's backup after today's destruction: the rest is restored, that emergency stays closed."""
    ((key,),) = restored.rows("SELECT key_id::text FROM response_emergency")
    (restored.keys / f"{key}.key").unlink()
    (restored.keys / f"{key}.destroyed").write_text(json.dumps({"destroyed_at": "2026-11-25T10:00:00+00:00"}))
    restored.done("restore", *backup.from_here, "--replace", "--yes")
    assert f"{key}.key" not in restored.key_names()
    assert restored.rows("SELECT count(*) FROM kernel_datakey WHERE destroyed_at IS NOT NULL") == [(1,)]


def test_the_drill_restores_beside_and_cleans_up(source: Console, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    said = source.done("drill-restore", "--below", str(tmp_path))
    assert "as they were backed up" in said
    assert " s in all." in said
    assert list(tmp_path.iterdir()) == []
    left = source.rows(
        "SELECT count(*) FROM response_keycopy AS copy WHERE place LIKE '%firstline-drill-%' "
        "AND NOT EXISTS (SELECT FROM response_keycopygone WHERE copy_id = copy.id)"
    )
    assert left == [(0,)]
