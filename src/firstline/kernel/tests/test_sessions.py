"""A session that was ended meanwhile is noticed before a request's first statement, at no statement of its own."""

import select
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db.utils import load_backend

from firstline.kernel.postgresql.base import DatabaseWrapper


@pytest.fixture
def session(django_db_setup: None) -> Iterator[DatabaseWrapper]:
    """One of its own: the one a test runs in must not be ended."""
    parts: dict[str, Any] = {**settings.DATABASES["owner"], "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": None}
    own: DatabaseWrapper = load_backend(parts["ENGINE"]).DatabaseWrapper(parts, "own")
    own.connect()
    yield own
    own.close()


def _elsewhere(session: DatabaseWrapper, statement: str, *values: object) -> object:
    """What another session is answered."""
    with psycopg.connect(session.connection.info.dsn, autocommit=True) as other:
        row = other.execute(statement, values).fetchone()
        assert row is not None
        return row[0]


def _end(session: DatabaseWrapper) -> None:
    """As a database does that is stopped."""
    assert _elsewhere(session, "SELECT pg_terminate_backend(%s, 5000)", session.connection.info.backend_pid)


def _asked_last(session: DatabaseWrapper) -> object:
    pid = session.connection.info.backend_pid
    return _elsewhere(session, "SELECT query FROM pg_stat_activity WHERE pid = %s", pid)


def test_one_that_stands_is_not_asked(session: DatabaseWrapper) -> None:
    session.connection.execute("SELECT 42")
    assert session.is_usable()
    assert _asked_last(session) == "SELECT 42"


def test_one_that_was_ended_is_not_taken_over(session: DatabaseWrapper) -> None:
    _end(session)
    assert not session.is_usable()


def test_the_next_request_gets_a_new_one(session: DatabaseWrapper) -> None:
    _end(session)
    # What Django does between two requests (django.db.close_old_connections).
    session.close_if_unusable_or_obsolete()
    with session.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_one_with_something_to_read_is_asked(session: DatabaseWrapper) -> None:
    session.connection.execute("LISTEN something")
    assert _elsewhere(session, "SELECT pg_notify('something', '') IS NOT NULL")
    # It comes when the session's process is next awake.
    assert select.select([session.connection.fileno()], [], [], 30)[0]
    assert session.is_usable()
    assert _asked_last(session) == "SELECT 1"


def test_one_whose_transaction_failed_cannot_be_used(session: DatabaseWrapper) -> None:
    session.connection.execute("BEGIN")
    with pytest.raises(psycopg.errors.DivisionByZero):
        session.connection.execute("SELECT 1 / 0")
    assert not session.is_usable()


def test_none_at_all_is_not_usable(session: DatabaseWrapper) -> None:
    session.close()
    assert not session.is_usable()
