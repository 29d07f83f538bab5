"""The three roles every installation has, and what each may do.

`firstline_owner` creates and migrates. `firstline_app` is what serves requests: it owns nothing, is no superuser,
cannot bypass row-level security, and cannot change or remove a fact. Append-only is a matter of privilege, not of
triggers, so that the same schema can live on a sharded PostgreSQL. `firstline_backup` reads everything and writes
nothing: row-level security binds the owner too, so a dump by the owner would silently lack rows.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

OWNER = "firstline_owner"
APPLICATION = "firstline_app"
BACKUP = "firstline_backup"
DATABASE = "firstline"

# Django's own record of what was migrated: the application may look (a start checks it), never write.
READ_ONLY_TABLES = frozenset({"django_migrations"})


class Cursor(Protocol):
    """What granting needs of a cursor: psycopg's and Django's both have it."""

    def execute(self, query: str, params: tuple[str, ...] | None = None, /) -> object: ...
    def fetchall(self) -> list[tuple[str, ...]]: ...


def creation_statements() -> list[str]:
    """One statement a line, for an administrator or for the embedded cluster's first start."""
    unprivileged = "NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION INHERIT"
    return [
        f"CREATE ROLE {OWNER} LOGIN {unprivileged} CREATEDB;",
        f"CREATE ROLE {APPLICATION} LOGIN {unprivileged} NOCREATEDB;",
        f"CREATE DATABASE {DATABASE} OWNER {OWNER} ENCODING 'UTF8' TEMPLATE template0;",
        f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC;",
        f"GRANT CONNECT, TEMPORARY ON DATABASE {DATABASE} TO {APPLICATION};",
        *backup_role_statements(),
    ]


def backup_role_statements() -> list[str]:
    """The role that dumps; may be run again, since clusters made before it have to be given it."""
    attributes = "LOGIN NOSUPERUSER BYPASSRLS NOCREATEROLE NOREPLICATION NOCREATEDB"
    missing = f"NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{BACKUP}')"
    return [
        f"DO $$BEGIN IF {missing} THEN CREATE ROLE {BACKUP} {attributes}; END IF; END$$;",
        f"ALTER ROLE {BACKUP} SET default_transaction_read_only = on;",
        f"GRANT pg_read_all_data TO {BACKUP};",
        f"GRANT CONNECT ON DATABASE {DATABASE} TO {BACKUP};",
        # Which life of the database this is: a restore, run by the owner, advances it.
        f"GRANT SET ON PARAMETER firstline.generation TO {OWNER};",
    ]


def grant_application_rights(cursor: Cursor, append_only_tables: Collection[str]) -> None:
    """Make the application's rights on every table and sequence exactly what they should be.

    Runs as the owner after each migration, in one transaction, so that a serving process never sees a moment
    without rights. Rights that a table had before and should not have any more are taken away.
    """
    cursor.execute("SELECT current_schema()")
    schema = cursor.fetchall()[0][0]
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
        "AND relkind IN ('r', 'p', 'v')"
    )
    tables = {name for (name,) in cursor.fetchall()}
    missing = set(append_only_tables) - tables
    if missing:
        raise ValueError(f"Append-only tables that do not exist: {sorted(missing)}")
    cursor.execute(_statement("GRANT USAGE ON SCHEMA {} TO {}", schema, APPLICATION))
    for table in sorted(tables):
        if table in READ_ONLY_TABLES:
            rights = "SELECT"
        elif table in append_only_tables:
            rights = "SELECT, INSERT"
        else:
            rights = "SELECT, INSERT, UPDATE, DELETE"
        cursor.execute(_statement("REVOKE ALL ON {}.{} FROM {}", schema, table, APPLICATION))
        cursor.execute(_statement(f"GRANT {rights} ON {{}}.{{}} TO {{}}", schema, table, APPLICATION))
    cursor.execute(_statement("GRANT USAGE ON ALL SEQUENCES IN SCHEMA {} TO {}", schema, APPLICATION))


def _statement(template: str, *names: str) -> str:
    quoted = ('"{}"'.format(name.replace('"', '""')) for name in names)
    return template.format(*quoted)
