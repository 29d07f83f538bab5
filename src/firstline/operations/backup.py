"""`firstline backup`: the database and the keys, each whole or not at all, for two different places."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import socket
import subprocess
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

import psycopg
from django.db import DatabaseError

from firstline.kernel import clock, crypto
from firstline.kernel.actors import console
from firstline.kernel.errors import FirstlineError
from firstline.kernel.ids import uuid7
from firstline.operations import folders, manifest
from firstline.operations.access import Installation, counts_of, one, programs_for, schema_of, tables_of
from firstline.operations.errors import OperationError
from firstline.operations.manifest import DataManifest, KeyManifest, KeySaid
from firstline.response.actions import copy_destroyed, register_copies
from firstline.response.models import KeyCopy

# Sessions in a dump would open the running program to whoever takes it; the cache holds counts of failed logins.
LEFT_OUT = ("django_session", "kernel_cache")
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Made:
    """Two folders, and what the data says of itself."""

    data: Path
    keys: Path
    said: DataManifest


def back_up(installation: Installation, *, data_to: Path, keys_to: Path, together: bool = False) -> Made:
    """Make a backup: data below ``data_to``, keys below ``keys_to``; each copy of a key goes on the register first.

    Killed or out of space at any moment, it leaves no folder that looks like a backup. Raises OperationError.
    """
    folders.check_apart(data_to, keys_to, together=together)
    for folder in {data_to, keys_to}:
        folders.clear_leftovers(folder)
    made_at, backup_id = clock.now(), uuid7()
    stamp = f"{made_at:%Y%m%dT%H%M%SZ}-{backup_id.hex[-4:]}"
    names = f"{folders.PREFIX}data-{stamp}", f"{folders.PREFIX}keys-{stamp}"
    copies: list[KeyCopy] = []
    try:
        with (
            folders.whole_or_nothing(data_to, names[0]) as data,
            folders.whole_or_nothing(keys_to, names[1]) as keys,
        ):
            place = f"{keys_to.absolute() / names[1]} ({socket.gethostname()})"
            with _snapshot(installation) as (connection, snapshot):
                found = _keys(connection)
                copies = _register([key.id for key in found if not key.destroyed], place, backup_id)
            # Anew, so that the dump holds the register of its own copies.
            with _snapshot(installation) as (connection, snapshot):
                said = _said(connection, backup_id, installation.place)
                missed = {key.id for key in said.keys if not key.destroyed} - {str(copy.key_id) for copy in copies}
                copies += _register(sorted(missed), place, backup_id)
                said.size, said.sha256 = _dump(installation, connection, snapshot, data / manifest.DUMP)
            _copy_keys(said, keys)
            manifest.write(data, said)
            return Made(keys=folders.finish(keys), data=folders.finish(data), said=said)
    except BaseException as problem:
        shutil.rmtree(keys_to / names[1], ignore_errors=True)
        _take_back(copies)
        if isinstance(problem, OSError) and problem.errno in {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}:
            raise OperationError("The disk is full. Nothing of this backup was left; make room, then repeat.") from None
        raise


@contextlib.contextmanager
def _snapshot(installation: Installation) -> Iterator[tuple[psycopg.Connection[Any], str]]:
    """One moment of the database, which pg_dump shares."""
    try:
        connection = installation.reader.connect()
    except psycopg.OperationalError as problem:
        raise OperationError(
            f"The database cannot be entered as {installation.reader.user} ({str(problem).strip()}); "
            "see docs/deployment.md on the role for backups."
        ) from None
    with connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield connection, str(one(connection, "SELECT pg_export_snapshot()"))
        connection.execute("COMMIT")


def _keys(connection: psycopg.Connection[Any]) -> list[KeySaid]:
    rows = connection.execute(
        "SELECT id::text, purpose, encode(check_value, 'hex'), destroyed_at IS NOT NULL FROM kernel_datakey ORDER BY id"
    )
    return [KeySaid(*row) for row in rows]


def _said(connection: psycopg.Connection[Any], backup_id: uuid.UUID, place: str) -> DataManifest:
    tables = [table for table in tables_of(connection) if table not in LEFT_OUT]
    migrations = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
    return DataManifest(
        format=manifest.FORMAT,
        backup=str(backup_id),
        made_at=clock.now(),
        made_on=place,
        program=version("firstline"),
        postgresql=connection.info.server_version // 10_000,
        schema=schema_of(connection),
        generation=generation_of(connection),
        position=str(one(connection, "SELECT pg_snapshot_xmin(pg_current_snapshot())::text")),
        migrations=[name for (name,) in migrations],
        counts=counts_of(connection, tables),
        keys=_keys(connection),
        size=0,
        sha256="",
    )


def generation_of(connection: psycopg.Connection[Any]) -> int:
    """Which life of the database this is (see ``kernel.fields.GenerationField``)."""
    setting = one(
        connection, "SELECT coalesce(nullif(current_setting('firstline.generation', true), ''), '1')::integer"
    )
    written = one(connection, "SELECT coalesce(max(generation), 1) FROM audit_ledgerentry")
    return max(int(setting), int(written))


def _dump(
    installation: Installation, connection: psycopg.Connection[Any], snapshot: str, target: Path
) -> tuple[int, str]:
    """Size and SHA-256 of the dump. It comes through us, so that pg_dump ends when we are killed."""
    command = [
        str(programs_for(connection) / "pg_dump"),
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        f"--schema={schema_of(connection)}",
        f"--snapshot={snapshot}",
        *(f"--exclude-table-data={table}" for table in LEFT_OUT),
        f"--dbname={installation.reader.address()}",
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=installation.reader.environment()
    ) as dump:
        assert dump.stdout is not None  # noqa: S101  # a pipe was asked for
        assert dump.stderr is not None  # noqa: S101
        try:
            size, digest = _keep(dump.stdout, target)
        except BaseException:
            dump.kill()
            raise
        complaint = dump.stderr.read().decode(errors="replace").strip()
    if dump.returncode != 0:
        raise OperationError(f"pg_dump failed, nothing was kept: {complaint[-500:]}")
    return size, digest


def _keep(source: IO[bytes], target: Path) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with target.open("xb") as file:
        while piece := source.read(_PIECE):
            file.write(piece)
            digest.update(piece)
            size += len(piece)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def _copy_keys(said: DataManifest, folder: Path) -> None:
    try:
        copies = [crypto.copy_key(uuid.UUID(key.id), folder) for key in said.keys if not key.destroyed]
    except FirstlineError as problem:
        raise OperationError(f"{problem} A backup without it could not be read; nothing was kept.") from None
    sums = {copy.name: manifest.sum_of(copy) for copy in copies}
    manifest.write(folder, KeyManifest(manifest.FORMAT, said.backup, said.made_at, said.made_on, sums))


def _register(key_ids: list[str], place: str, backup_id: uuid.UUID) -> list[KeyCopy]:
    if not key_ids:
        return []
    ids = [uuid.UUID(key_id) for key_id in key_ids]
    return register_copies(console(), key_ids=ids, place=place, backup_id=backup_id)


def _take_back(copies: list[KeyCopy]) -> None:
    """The copies never came to be. A killed process cannot say so: then they stand until somebody looks."""
    with contextlib.suppress(DatabaseError):
        for copy in copies:
            copy_destroyed(console(), copy_id=copy.pk)
