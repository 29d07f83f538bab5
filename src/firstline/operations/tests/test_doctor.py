"""The doctor says what is wrong, one line a thing, and what to do; its exit code says how bad it is."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.conf import LazySettings
from django.conf import settings as given

from firstline.config.testing.databases import owner_connection
from firstline.database.embedded import PORT
from firstline.database.roles import APPLICATION, BACKUP
from firstline.kernel import clock, crypto, keys
from firstline.kernel.actors import console
from firstline.kernel.ids import uuid7
from firstline.kernel.models import DataKey
from firstline.operations.access import Access, Installation
from firstline.operations.doctor import Finding, State, database, machine, operations, visit
from firstline.operations.doctor.settings import production
from firstline.operations.tests.console import Console
from firstline.response.actions import register_copies


@pytest.fixture
def here(db: None) -> Installation:
    name = str(given.DATABASES["default"]["NAME"])
    reader = Access(str(given.TEST_CLUSTER.socket_directory), str(PORT), BACKUP, name)
    return Installation(reader, Path(given.FIRSTLINE_KEY_FOLDER), "here")


@pytest.fixture
def owner(db: None) -> Iterator[psycopg.Connection[object]]:
    with owner_connection() as connection:
        yield connection


def state(findings: Iterator[Finding], what: str) -> State:
    return next(finding.state for finding in findings if finding.what == what)


def test_a_set_up_in_order(here: Installation) -> None:
    assert {finding.state for finding in database.roles(here)} == {State.OK}
    assert state(database.version(here), "PostgreSQL") == State.OK
    assert state(database.rights(here), "facts") == State.OK
    assert state(database.row_security(here), "row-level security") == State.OK
    assert state(database.migrations(), "schema") == State.OK
    assert state(machine.python(), "Python") == State.OK


def test_a_fact_that_could_be_changed(here: Installation, owner: psycopg.Connection[object]) -> None:
    owner.execute(f"GRANT UPDATE ON census_attempt TO {APPLICATION}")
    try:
        (finding,) = database.rights(here)
    finally:
        owner.execute(f"REVOKE UPDATE ON census_attempt FROM {APPLICATION}")
    assert (finding.state, "census_attempt" in finding.said) == (State.BAD, True)
    assert "migrate" in finding.to_do


@pytest.mark.parametrize(("off", "on"), [("NO FORCE", "FORCE"), ("DISABLE", "ENABLE")])
def test_row_level_security_taken_off(here: Installation, owner: psycopg.Connection[object], off: str, on: str) -> None:
    owner.execute(f"ALTER TABLE registry_mention {off} ROW LEVEL SECURITY".encode())
    try:
        (finding,) = database.row_security(here)
    finally:
        owner.execute(f"ALTER TABLE registry_mention {on} ROW LEVEL SECURITY".encode())
    assert (finding.state, "registry_mention" in finding.said) == (State.BAD, True)


def test_a_transaction_that_runs_on(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    assert state(database.long_transactions(here), "transactions") == State.OK
    monkeypatch.setattr(database, "LONGEST_SECONDS", -1)
    assert state(database.long_transactions(here), "transactions") == State.WARN


def test_a_restore_killed_in_the_middle(here: Installation, owner: psycopg.Connection[object]) -> None:
    assert list(database.leftovers(here)) == []
    owner.execute("CREATE SCHEMA firstline_replaced")
    try:
        assert state(database.leftovers(here), "restore") == State.BAD
    finally:
        owner.execute("DROP SCHEMA firstline_replaced")


@pytest.fixture
def folder(tmp_path: Path, settings: LazySettings) -> Iterator[Path]:
    settings.FIRSTLINE_KEY_FOLDER = tmp_path / "keys"
    crypto.forget_cached_keys()
    keys.forget_standing_key()
    yield tmp_path / "keys"
    crypto.forget_cached_keys()
    keys.forget_standing_key()


def test_keys_that_are_missing_or_read_by_others(db: None, folder: Path) -> None:
    key = keys.make_key(DataKey.Purpose.EMERGENCY)
    file = folder / f"{key.pk}.key"
    assert state(operations.keys_at_hand(), "keys") == State.OK
    assert state(operations.key_folder(), "key files") == State.OK
    file.chmod(0o644)
    assert state(operations.key_folder(), "key files") == State.BAD
    file.unlink()
    crypto.forget_cached_keys()
    assert state(operations.keys_at_hand(), "keys") == State.BAD


def test_a_destroyed_key_that_came_back(db: None, folder: Path) -> None:
    key = keys.make_key(DataKey.Purpose.EMERGENCY)
    DataKey.objects.update(destroyed_at=clock.now())
    assert state(operations.keys_at_hand(), "destroyed keys") == State.BAD
    crypto.destroy_key(key.pk, clock.now())
    assert [finding.what for finding in operations.keys_at_hand()] == ["keys"]


def test_backups_and_their_age(db: None, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = keys.make_key(DataKey.Purpose.EMERGENCY)
    assert state(operations.backups(), "backup") == State.BAD
    register_copies(console(), key_ids=[key.pk, keys.organisation_key()], place="保险柜", backup_id=uuid7())
    assert {finding.state for finding in operations.backups()} == {State.OK}
    keys.make_key(DataKey.Purpose.EMERGENCY)
    assert state(operations.backups(), "copies of keys") == State.BAD
    later = clock.now() + timedelta(days=3)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert state(operations.backups(), "backup") == State.WARN


@pytest.mark.parametrize(
    ("origin", "expected"),
    [("https://firstline.example", State.OK), ("http://127.0.0.1:8000", State.WARN), ("http://10.0.0.4", State.BAD)],
)
def test_how_people_reach_it(settings: LazySettings, tmp_path: Path, origin: str, expected: State) -> None:
    settings.ORIGIN, settings.DEBUG, settings.FIRSTLINE_DEMONSTRATION = origin, False, tmp_path / "none"
    assert state(production(), "address") == expected


def test_debug_is_bad_for_real_data(settings: LazySettings, tmp_path: Path) -> None:
    settings.DEBUG, settings.FIRSTLINE_DEMONSTRATION = True, tmp_path / "none"
    assert state(production(), "debug") == State.BAD


def test_little_room_and_none(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "LITTLE_FREE", 1 << 60)
    assert state(machine.disk(), "disk") == State.WARN
    monkeypatch.setattr(machine, "LEAST_FREE", 1 << 60)
    assert state(machine.disk(), "disk") == State.BAD


def test_swap_in_clear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swaps = tmp_path / "swaps"
    monkeypatch.setattr(machine, "_SWAPS", swaps)
    swaps.write_text("Filename Type Size Used Priority\n/dev/zram0 partition 1 0 100\n")
    assert state(machine.swap(), "swap") == State.OK
    swaps.write_text("Filename Type Size Used Priority\n/dev/sda2 partition 1 0 -2\n")
    assert state(machine.swap(), "swap") == State.WARN


def test_without_a_database_the_rest_is_looked_at() -> None:
    findings = visit(None, "it does not start")
    assert findings[-1] == Finding("database", State.BAD, "it does not start", findings[-1].to_do)
    assert "Python" in {finding.what for finding in findings}


def test_at_the_console(source: Console) -> None:
    done = source.run("doctor", "--json")
    findings = {found["what"]: found for found in json.loads(done.stdout)}
    assert done.returncode == 2, "static files were not collected"
    assert findings["static files"]["state"] == "bad"
    assert findings["facts"]["state"] == "ok"
    assert all(found["to_do"] for found in findings.values() if found["state"] != "ok")
    assert "->" in source.run("doctor").stdout
