"""The bare insert of the rows that a server wrote: what the database alone takes, the peer of every faster way."""

import json
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

from firstline.database import roles
from firstline.database.embedded import Cluster

# What a round writes, emptied before the next.
_WRITTEN = (
    "census_attempt",
    "census_doorstate",
    "census_buildingtally",
    "census_channeltally",
    "registry_mention",
    "registry_mentiontoken",
    "audit_ledgerentry",
    "sync_kept",
    "sync_receipt",
)
# The rows of every attempt among them, as the bare insert writes them.
_FACTS = ("census_attempt", "census_doorstate", "registry_mention", "registry_mentiontoken")


def as_owner(var: Path) -> psycopg.Connection[Any]:
    """A connection that sees every row of an installation."""
    owner = psycopg.connect(Cluster(var / "pg").dsn(roles.OWNER), autocommit=True)
    owner.execute("SET row_security = off") if _bypasses(owner) else owner.execute(_EVERYWHERE)
    return owner


def _bypasses(owner: psycopg.Connection[Any]) -> bool:
    row = owner.execute("SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    return bool(row and row[0])


def empty(var: Path) -> None:
    """Take away all that devices handed in, and what followed from it."""
    with as_owner(var) as owner:
        owner.execute(f"TRUNCATE {', '.join(_WRITTEN)} CASCADE")


def bare_insert(var: Path, batch: int, connections: int) -> float:
    """Attempts a second that the database alone takes of the same rows, eight connections at once."""
    with as_owner(var) as owner:
        columns = {table: _columns(owner, table) for table in _FACTS}
        rows = {table: owner.execute(_taken_out(table, columns[table])).fetchall() for table in _FACTS}
        owner.execute(f"TRUNCATE {', '.join(_WRITTEN)} CASCADE")
    attempts = [row[1] for row in rows["census_attempt"]]
    by_attempt: dict[str, dict[str, list[Any]]] = {}
    mentions = {}
    at_door = {attempt["door_id"]: attempt["id"] for attempt in attempts}
    for at, state in rows["census_doorstate"]:
        by_attempt.setdefault(at_door[at], {}).setdefault("census_doorstate", []).append(state)
    for at, said in rows["registry_mention"]:
        mentions[said["id"]] = at
        by_attempt.setdefault(at, {}).setdefault("registry_mention", []).append(said)
    for at, token in rows["registry_mentiontoken"]:
        by_attempt[mentions[at]].setdefault("registry_mentiontoken", []).append(token)
    sendings = [
        _statements(attempts[first : first + batch], by_attempt, columns) for first in range(0, len(attempts), batch)
    ]
    return len(attempts) / _inserted(var, sendings, connections)


def _statements(
    attempts: Sequence[Any], by_attempt: dict[str, dict[str, list[Any]]], columns: dict[str, list[tuple[str, str]]]
) -> list[tuple[str, str]]:
    found = [(_insert("census_attempt", columns["census_attempt"]), json.dumps(attempts))]
    for table in _FACTS[1:]:
        rows = [row for attempt in attempts for row in by_attempt.get(attempt["id"], {}).get(table, [])]
        if rows:
            found.append((_insert(table, columns[table]), json.dumps(rows)))
    return found


def _inserted(var: Path, sendings: list[list[tuple[str, str]]], count: int) -> float:
    """Seconds for all, each a transaction, from as many connections as the server has."""
    left, lock = iter(sendings), threading.Lock()
    dsn = Cluster(var / "pg").dsn(roles.APPLICATION)
    connections = [psycopg.connect(dsn, autocommit=True) for _number in range(count)]

    def work(connection: psycopg.Connection[Any]) -> None:
        while True:
            with lock:
                sending = next(left, None)
            if sending is None:
                return
            with connection.transaction():
                connection.execute(_EVERYWHERE.replace("false", "true"))
                for statement, rows in sending:
                    connection.execute(statement, [rows])

    threads = [threading.Thread(target=work, args=(connection,)) for connection in connections]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    for connection in connections:
        connection.close()
    return took


def _columns(owner: psycopg.Connection[Any], table: str) -> list[tuple[str, str]]:
    rows = owner.execute(
        "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
        " AND attname NOT IN ('txid', 'generation', 'received_at') ORDER BY attnum",
        [table],
    ).fetchall()
    return [(str(name), str(kind)) for name, kind in rows]


def _taken_out(table: str, columns: list[tuple[str, str]]) -> str:
    """Each row as JSON, as the server sent it, with the attempt or mention it belongs to."""
    belongs = _BELONGS[table]
    parts = (f"'{name}', {_coded(name, kind)}" for name, kind in columns)
    order = " ORDER BY received_at, id" if table == "census_attempt" else ""
    return f"SELECT {belongs}::text, json_build_object({', '.join(parts)}) FROM {table}{order}"


def _coded(name: str, kind: str) -> str:
    return f"translate(encode({name}, 'base64'), E'\\n', '')" if kind == "bytea" else name


def _insert(table: str, columns: list[tuple[str, str]]) -> str:
    names = ", ".join(name for name, _kind in columns)
    taken = ", ".join(f"decode({name}, 'base64')" if kind == "bytea" else name for name, kind in columns)
    declared = ", ".join(f"{name} {'text' if kind == 'bytea' else kind}" for name, kind in columns)
    return f"INSERT INTO {table} ({names}) SELECT {taken} FROM json_to_recordset(%s) AS incoming ({declared})"


_BELONGS = {
    "census_attempt": "id",
    "census_doorstate": "door_id",
    "registry_mention": "source_id",
    "registry_mentiontoken": "mention_id",
}
_EVERYWHERE = "SELECT " + ", ".join(
    f"set_config('{reach}.{name}', '{value}', false)"
    for reach in ("firstline", "firstline_residents")
    for name, value in (("lo", ""), ("hi", "~"), ("ranges", ""))
)
