"""Statements that are asked at every attempt, kept prepared: PostgreSQL reads and plans each once a connection.

Values travel apart from the text, so a statement must say the type of a value that PostgreSQL cannot tell by itself.
For statements whose text is always the same; a connection keeps a hundred of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.utils import CursorWrapper


class _Preparing(psycopg.Cursor[Any]):
    """Django's own cursors put values into the text, which is another one each time."""

    def execute(self, query: Any, params: Any = None, **_how: Any) -> "_Preparing":
        return super().execute(query, params, prepare=True)


@contextmanager
def cursor() -> Iterator[CursorWrapper]:
    """Like ``connection.cursor()``: counted, logged and with its errors, for statements that are always the same."""
    with _opened() as opened:
        yield opened


def ask(statement: str, values: Sequence[Any] | Mapping[str, Any]) -> Callable[[], list[tuple[Any, ...]]]:
    """Send a question now, and have its rows when they are called for.

    Within ``sent_together`` nobody waits between the two: what is asked meanwhile comes on the same way back.
    """
    asked: CursorWrapper = _opened()
    asked.execute(statement, values)
    return lambda: list(asked.fetchall())


@contextmanager
def sent_together() -> Iterator[None]:
    """Statements in this block do not wait for each other's answers; one that is asked for its rows waits for all.

    They run in their order, each with its own snapshot, as ever. What one of them violates is raised at the end of the
    block, or where rows are asked for, and nothing after it is carried out: for callers who then undo it all.
    """
    connection.ensure_connection()
    raw: Any = connection.connection
    with connection.wrap_database_errors, raw.pipeline():
        yield


def _opened() -> CursorWrapper:
    # The connection itself: what stands for it looks up the thread's own at every word.
    own = connections[DEFAULT_DB_ALIAS]
    own.close_if_health_check_failed()
    own.ensure_connection()
    preparing: Any = _Preparing(own.connection)
    return own.make_debug_cursor(preparing) if own.queries_logged else own.make_cursor(preparing)
