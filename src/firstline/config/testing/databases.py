"""The suite's database: made and migrated as the owner, used by the tests as the application."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg import sql

from firstline.config.installation import ROOT, VAR
from firstline.database.embedded import SUPERUSER, Cluster
from firstline.database.roles import OWNER

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

# Rows that migrations write; a test that commits empties everything else.
KEPT_TABLES = ("django_migrations", "django_content_type", "auth_permission")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, django_db_createdb: bool
) -> Iterator[None]:
    """Run the throw-away cluster; migrate when migrations changed since the database was made."""
    from django.test import TransactionTestCase

    cluster, name = _cluster(), _name()
    setattr(TransactionTestCase, "_fixture_teardown", _empty_tables)  # noqa: B010  # private to Django, so untyped
    with cluster.running(), _alone(name), django_db_blocker.unblock():
        _ensure_database(cluster, name, anew=django_db_createdb)
        yield
        _close_connections()


@contextlib.contextmanager
def _alone(name: str) -> Iterator[None]:
    with (VAR / f"{name}.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pytest.exit(f"Another run uses the database {name}; give this one its own: FIRSTLINE_TEST_DB=mine", 3)
        yield


def _ensure_database(cluster: Cluster, name: str, *, anew: bool) -> None:
    from firstline.config.migrating import migrate

    state = _fingerprint()
    with _owner(cluster, "postgres") as connection:
        if not anew and _remembered(connection, name) == state:
            return
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(*map(sql.Identifier, (name, OWNER)))
        )
    migrate(alias="owner", verbosity=0)
    with _owner(cluster, "postgres") as connection:
        connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(state)))


def _fingerprint() -> str:
    """Changes with anything that shapes the schema: migrations, what writes them, the rights, and allauth's version."""
    digest = hashlib.sha256()
    sources = ROOT / "src" / "firstline"
    shaping = [*sources.glob("*/migrations/*.py"), *sources.glob("kernel/*.py"), *sources.glob("*/models.py")]
    for path in sorted([*shaping, sources / "database" / "roles.py", ROOT / "requirements.lock"]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _remembered(connection: psycopg.Connection[Any], name: str) -> str | None:
    row = connection.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", (name,)
    ).fetchone()
    return row[0] if row else None


def _owner(cluster: Cluster, database: str) -> psycopg.Connection[Any]:
    return psycopg.connect(cluster.dsn(OWNER, database), autocommit=True)


def _empty_tables(case: object) -> None:
    """After a test that commits. The application may not delete, so the harness does it, as the one who may pass over
    keys and triggers: few tables hold anything by then, and to truncate all of them takes as long as a test."""
    with psycopg.connect(_cluster().dsn(SUPERUSER, _name()), autocommit=True) as connection:
        connection.execute("SET lock_timeout = '15s'")
        connection.execute("SET session_replication_role = 'replica'")
        rows = connection.execute(
            "SELECT quote_ident(relname) FROM pg_class WHERE relkind IN ('r', 'p') "
            "AND relnamespace = 'public'::regnamespace AND relname <> ALL(%s)",
            (list(KEPT_TABLES),),
        ).fetchall()
        if rows:
            _empty(connection, [name for (name,) in rows])


def _empty(connection: psycopg.Connection[Any], tables: list[str]) -> None:
    """Again when a page that was left open asks something at this very moment: one of the two is told to give way."""
    for _attempt in range(5):
        with contextlib.suppress(psycopg.errors.DeadlockDetected), connection.transaction():
            # What is still being written is waited for, and then seen.
            connection.execute(f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE")
            some = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables)
            for (name,) in connection.execute(some).fetchall():
                connection.execute(f"DELETE FROM {name}")
            return
        time.sleep(0.3)
    raise RuntimeError("the tables could not be emptied: somebody keeps asking")


def _close_connections() -> None:
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()


def owner_connection() -> psycopg.Connection[Any]:
    """For the few tests that must look at what the application cannot reach or undo."""
    return _owner(_cluster(), _name())


def data_directory() -> Path:
    return _cluster().data


def _cluster() -> Cluster:
    from django.conf import settings

    return settings.TEST_CLUSTER


def _name() -> str:
    from django.conf import settings

    return str(settings.DATABASES["default"]["NAME"])
