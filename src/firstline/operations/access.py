"""How the operator's commands reach a database: as its owner, or as the role that reads everything."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from firstline.database.binaries import find_clients

# Options of psycopg itself, which PostgreSQL's programs would not understand.
_OF_DRIVER = frozenset({"prepare_threshold"})


@dataclass(frozen=True, slots=True)
class Access:
    """One role's way into one database."""

    host: str
    port: str
    user: str
    database: str
    password: str = field(default="", repr=False)
    options: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, parts: Mapping[str, Any]) -> Access:
        """From Django's settings of a database."""
        return cls(
            str(parts.get("HOST", "")),
            str(parts.get("PORT", "")),
            str(parts["USER"]),
            str(parts["NAME"]),
            str(parts.get("PASSWORD", "")),
            {name: value for name, value in parts.get("OPTIONS", {}).items() if name not in _OF_DRIVER},
        )

    def connect(self) -> psycopg.Connection[Any]:
        """A connection of its own, each statement a transaction."""
        return psycopg.connect(self.address(), password=self.password or None, autocommit=True)

    def address(self) -> str:
        """For psycopg and for PostgreSQL's programs; without the password, which others could read from a command."""
        known = {"host": self.host, "port": self.port, "user": self.user, "dbname": self.database, **self.options}
        return make_conninfo("", **{name: value for name, value in known.items() if value})

    def environment(self) -> dict[str, str]:
        """Of a program that connects: the password, and nothing of the caller's own settings for PostgreSQL."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return clean | {"LC_ALL": "C.UTF-8"} | ({"PGPASSWORD": self.password} if self.password else {})


@dataclass(frozen=True, slots=True)
class Installation:
    """What is backed up, or restored into: the database by its two roles, the key folder, and where that is.

    ``owner`` is missing where only reading is asked for.
    """

    reader: Access
    key_folder: Path
    place: str
    owner: Access | None = None


def programs_for(connection: psycopg.Connection[Any]) -> Path:
    """The folder of the programs that fit this server."""
    return find_clients(connection.info.server_version // 10_000)


def schema_of(connection: psycopg.Connection[Any]) -> str:
    """Where our tables are."""
    return str(one(connection, "SELECT current_schema()"))


def one(connection: psycopg.Connection[Any], statement: str, *values: object) -> Any:
    """The first column of the first row, or None."""
    row = connection.execute(statement.encode(), values or None).fetchone()
    return row[0] if row else None


def tables_of(connection: psycopg.Connection[Any]) -> list[str]:
    """The names of our tables."""
    rows = connection.execute(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') "
        "AND relnamespace = current_schema()::regnamespace ORDER BY relname"
    )
    return [name for (name,) in rows]


def counts_of(connection: psycopg.Connection[Any], tables: Sequence[str]) -> dict[str, int]:
    """How many rows each table has; one statement, so one moment."""
    if not tables:
        return {}
    each = [
        sql.SQL("SELECT {}, count(*) FROM {}").format(sql.Literal(table), sql.Identifier(table)) for table in tables
    ]
    return dict(connection.execute(sql.SQL(" UNION ALL ").join(each)).fetchall())
