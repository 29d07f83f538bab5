"""`firstline restore`: a backup's data and keys into an installation, checked before and after."""

from __future__ import annotations

import contextlib
import subprocess
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from firstline.kernel import crypto
from firstline.kernel.errors import FirstlineError, KeyMissing
from firstline.operations import manifest
from firstline.operations.access import (
    Access,
    Installation,
    counts_of,
    one,
    programs_for,
    schema_of,
    tables_of,
)
from firstline.operations.backup import LEFT_OUT, generation_of
from firstline.operations.errors import OperationError
from firstline.operations.manifest import DataManifest, KeyManifest, KeySaid

# A schema of this name holds what a restore replaced, until the restore is known to be good.
SET_ASIDE = "firstline_replaced"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A backup that was looked at and can be restored."""

    data: Path
    keys: Path
    said: DataManifest


def choose(data: Path, keys: Path, known_migrations: set[str]) -> Chosen:
    """Look at a backup before anything is touched. Raises OperationError: damaged, newer, or keys of other data."""
    said, key_said = manifest.read(data, DataManifest), manifest.read(keys, KeyManifest)
    if unknown := sorted(set(said.migrations) - known_migrations):
        raise OperationError(
            f"{data} was made by Firstline {said.program}, which is newer than this one (it knows {unknown[-1]}). "
            "Install that version first."
        )
    dump = data / manifest.DUMP
    if not dump.is_file() or dump.stat().st_size != said.size or manifest.sum_of(dump) != said.sha256:
        raise OperationError(f"{dump} is cut short or altered: it is not what was backed up. Use another backup.")
    for name, expected in key_said.sums.items():
        if not (keys / name).is_file() or manifest.sum_of(keys / name) != expected:
            raise OperationError(f"{keys / name} is missing or altered. Use another copy of the keys.")
    _check_keys(said, keys)
    return Chosen(data, keys, said)


def _check_keys(said: DataManifest, keys: Path) -> None:
    for key in _wanted(said):
        try:
            check = crypto.check_value(uuid.UUID(key.id), keys)
        except KeyMissing:
            raise OperationError(
                f"{keys} lacks {key.id}.key ({key.purpose}): these are not the keys of this data. The right set was "
                f"made with backup {said.backup}."
            ) from None
        if check.hex() != key.check:
            raise OperationError(f"{key.id}.key in {keys} is another key of the same name: the wrong set of keys.")


def _wanted(said: DataManifest) -> list[KeySaid]:
    """The keys that must come back: all but those destroyed then, or here since. Their rows stay closed for good."""
    return [key for key in said.keys if not key.destroyed and crypto.destroyed_at(uuid.UUID(key.id)) is None]


def restore(
    installation: Installation, chosen: Chosen, *, replace: bool, bring_up_to_date: Callable[[], None]
) -> dict[str, int]:
    """Restore, verify, and advance the generation; gives the rows of each table. Raises OperationError.

    ``bring_up_to_date`` migrates and grants the rights. Whatever fails, what stood there before stands there again.
    """
    if installation.owner is None:
        raise OperationError("Restoring needs the owner's role; see FIRSTLINE_OWNER_DATABASE_URL.")
    with installation.owner.connect() as owner:
        _refuse_older_server(owner, chosen.said)
        _refuse_in_use(owner)
        _refuse_data(installation.reader, replace=replace)
        _adopt_keys(chosen)
        with _aside(owner):
            _load(installation.owner, owner, chosen)
            counts = _verified(installation.reader, chosen.said)
            _advance(owner, installation.reader, chosen.said)
            bring_up_to_date()
    return counts


def _refuse_older_server(owner: psycopg.Connection[Any], said: DataManifest) -> None:
    major = owner.info.server_version // 10_000
    if major < said.postgresql:
        raise OperationError(
            f"The backup was made on PostgreSQL {said.postgresql}; this server is {major}. Use a newer one."
        )


def _refuse_in_use(owner: psycopg.Connection[Any]) -> None:
    others = one(
        owner,
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND usename = 'firstline_app'",
    )
    if others:
        raise OperationError(f"Firstline is running on this database ({others} connections); stop it first.")


def _refuse_data(reader: Access, *, replace: bool) -> None:
    with reader.connect() as connection:
        tables = tables_of(connection)
        telling = [table for table in ("kernel_datakey", "audit_ledgerentry", "places_place") if table in tables]
        if any(counts_of(connection, telling).values()) and not replace:
            raise OperationError(
                "This installation holds data. Restore into an empty one, or say --replace: what is here is then lost."
            )


def _adopt_keys(chosen: Chosen) -> None:
    try:
        for key in _wanted(chosen.said):
            crypto.adopt_key(uuid.UUID(key.id), chosen.keys)
    except FirstlineError as problem:
        raise OperationError(str(problem)) from None
    except OSError as problem:
        raise OperationError(f"The keys could not be put into the key folder ({problem.strerror}).") from None


@contextlib.contextmanager
def _aside(owner: psycopg.Connection[Any]) -> Iterator[None]:
    """Work in a fresh schema; the one before is put back when anything fails, and dropped when nothing does.

    Also when a restore was killed: the next one finds what it set aside, and puts it back first.
    """
    schema = sql.Identifier(schema_of(owner))
    aside = sql.Identifier(SET_ASIDE)
    if one(owner, "SELECT 1 FROM pg_namespace WHERE nspname = %s", SET_ASIDE):
        _put_back(owner, schema, aside)
    owner.execute(sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(schema, aside))
    owner.execute(sql.SQL("CREATE SCHEMA {}").format(schema))
    try:
        yield
    except BaseException:
        _put_back(owner, schema, aside)
        raise
    owner.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(aside))


def _put_back(owner: psycopg.Connection[Any], schema: sql.Identifier, aside: sql.Identifier) -> None:
    with owner.transaction():
        owner.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(schema))
        owner.execute(sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(aside, schema))


def _load(access: Access, owner: psycopg.Connection[Any], chosen: Chosen) -> None:
    """All of the dump in one transaction, or nothing."""
    command = [
        str(programs_for(owner) / "pg_restore"),
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        f"--schema={chosen.said.schema}",
        f"--dbname={access.address()}",
        str(chosen.data / manifest.DUMP),
    ]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=access.environment())
    if done.returncode != 0:
        raise OperationError(f"pg_restore failed, nothing was changed: {done.stderr.strip()[-500:]}")


def _verified(reader: Access, said: DataManifest) -> dict[str, int]:
    with reader.connect() as connection:
        found = counts_of(connection, [table for table in tables_of(connection) if table not in LEFT_OUT])
    if differing := [table for table in {**said.counts, **found} if said.counts.get(table) != found.get(table)]:
        said_and_found = ", ".join(f"{name} {said.counts.get(name)}/{found.get(name)}" for name in sorted(differing))
        raise OperationError(f"After restoring, rows differ from what was backed up: {said_and_found}.")
    return found


def _advance(owner: psycopg.Connection[Any], reader: Access, said: DataManifest) -> None:
    """Transaction ids start anew here; a position means something only within its generation."""
    with reader.connect() as connection:
        following = max(said.generation, generation_of(connection)) + 1
        database = str(connection.info.dbname)
    _set_generation(owner, database, following)


def _set_generation(owner: psycopg.Connection[Any], database: str, generation: int) -> None:
    statement = sql.SQL("ALTER DATABASE {} SET firstline.generation = {}")
    try:
        owner.execute(statement.format(sql.Identifier(database), sql.Literal(str(generation))))
    except psycopg.errors.InsufficientPrivilege:
        raise OperationError(
            "The owner may not advance the generation. As an administrator of the server, once: "
            "GRANT SET ON PARAMETER firstline.generation TO firstline_owner; then restore again."
        ) from None
