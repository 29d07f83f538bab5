"""Append-only and scope rest on the rights of one role; if that role is too strong, nothing else holds."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from firstline.config.migrating import append_only_tables
from firstline.database.roles import APPLICATION

pytestmark = pytest.mark.django_db


def rows(statement: str, *values: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def granted(table: str) -> list[str]:
    rights = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
    statement = "SELECT has_table_privilege(current_user, %s, %s)"
    return [right for right in rights if rows(statement, table, right)[0][0]]


def all_tables() -> set[str]:
    return set(connection.introspection.table_names())


def test_tests_run_as_the_application() -> None:
    assert rows("SELECT current_user, session_user") == [(APPLICATION, APPLICATION)]


def test_application_is_neither_superuser_nor_free_of_row_security() -> None:
    assert rows(
        "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication FROM pg_roles "
        "WHERE rolname = current_user"
    ) == [(False, False, False, False, False)]


def test_application_owns_nothing_and_belongs_to_no_other_role() -> None:
    assert rows("SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = current_user") == []
    assert rows("SELECT datname FROM pg_database WHERE pg_get_userbyid(datdba) = current_user") == []
    assert rows("SELECT 1 FROM pg_auth_members WHERE member = current_user::regrole") == []


def test_application_cannot_create_tables() -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rows("CREATE TABLE smuggled (id int)")


def test_no_table_can_be_truncated() -> None:
    assert [table for table in all_tables() if "TRUNCATE" in granted(table)] == []


def test_migration_record_can_only_be_read() -> None:
    assert granted("django_migrations") == ["SELECT"]


def test_append_only_tables_take_rows_and_never_give_them_back() -> None:
    tables = append_only_tables()
    assert tables
    for table in tables:
        assert (table, granted(table)) == (table, ["SELECT", "INSERT"])


@pytest.mark.parametrize("statement", ["UPDATE {} SET path = path", "DELETE FROM {}", "TRUNCATE {}"])
def test_a_fact_refuses_to_be_changed(statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rows(statement.format("census_attempt"))


def test_other_tables_can_be_worked_with() -> None:
    for table in all_tables() - set(append_only_tables()) - {"django_migrations"}:
        assert (table, granted(table)) == (table, ["SELECT", "INSERT", "UPDATE", "DELETE"])
