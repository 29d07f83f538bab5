"""Statements kept prepared: planned once a connection, and counted and explained like any other."""

import uuid

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from firstline.kernel import prepared
from firstline.kernel.models import DataKey

pytestmark = pytest.mark.django_db


def test_the_same_statement_is_prepared_once() -> None:
    for number in (1, 2):
        with prepared.cursor() as cursor:
            cursor.execute("SELECT 40000 + %s::integer", [number])
            assert cursor.fetchall() == [(40_000 + number,)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT 40000 +%'")
        assert cursor.fetchall() == [(1,)]


def test_it_is_counted_like_any_other() -> None:
    with CaptureQueriesContext(connection) as sent, prepared.cursor() as cursor:
        cursor.execute("SELECT %s::uuid", [uuid.uuid4()])
    assert len(sent) == 1


def test_its_errors_are_those_of_the_database_layer() -> None:
    with pytest.raises(DatabaseError), prepared.cursor() as cursor:
        cursor.execute(f"SELECT nothing FROM {DataKey._meta.db_table} WHERE id = %s", [uuid.uuid4()])
