"""Statements that are asked at every attempt, kept prepared: PostgreSQL reads and plans each once a connection.

Values travel apart from the text, so a statement must say the type of a value that PostgreSQL cannot tell by itself.
For statements whose text is always the same; a connection keeps a hundred of them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper


class _Preparing(psycopg.Cursor[Any]):
    """Django's own cursors put values into the text, which is another one each time."""

    def execute(self, query: Any, params: Any = None, **_how: Any) -> "_Preparing":
        return super().execute(query, params, prepare=True)


@contextmanager
def cursor(*, unchecked: bool = False) -> Iterator[CursorWrapper]:
    """Like ``connection.cursor()``: counted, logged and with its errors, for statements that are always the same.

    ``unchecked`` spares asking whether the connection still lives, which costs as much as a small statement: for who
    knows another way when it does not.
    """
    if not unchecked:
        connection.close_if_health_check_failed()
    connection.ensure_connection()
    preparing: Any = _Preparing(connection.connection)
    wrapped = (
        connection.make_debug_cursor(preparing) if connection.queries_logged else connection.make_cursor(preparing)
    )
    with wrapped as opened:
        yield opened


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
