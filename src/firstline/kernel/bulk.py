"""Many rows in one statement: what an import writes, which as model objects would cost more time than all the rest.

The rows travel as one JSON text, which the database takes apart: COPY cannot enter a table with row-level security,
and an array a column is slow to put together.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED

from firstline.kernel import prepared


def insert(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> int:
    """Write rows (column -> value, all of the same columns) in one statement; how many are new, others are left alone.

    Values are what JSON and this know: texts, numbers, None, lists, UUIDs, moments, bytes. Constraints and row-level
    security hold as ever; ``save`` and signals are not called.
    """
    if not rows:
        return 0
    fields = {field.column: field for field in model._meta.concrete_fields}
    columns = [_Column(fields[name]) for name in rows[0]]
    # Names are those of our own tables and columns; every value travels in the parameter.
    statement = (
        f"INSERT INTO {model._meta.db_table} ({', '.join(column.name for column in columns)})"  # noqa: S608
        f" SELECT {', '.join(column.taken for column in columns)}"
        f" FROM json_to_recordset(%s) AS incoming ({', '.join(column.declared for column in columns)})"
        " ON CONFLICT DO NOTHING"
    )
    with prepared.cursor() as cursor:
        cursor.execute(statement, [records(rows)])
        return int(cursor.rowcount)


def array(values: Iterable[object]) -> str:
    """Ids or numbers as PostgreSQL writes an array, to be cast: quoting a list item by item costs more than asking."""
    return f"{{{','.join(map(str, values))}}}"


def records(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as the JSON that ``json_to_recordset`` takes apart."""
    return msgspec.json.encode(rows).decode()


def add(row: models.Model) -> None:
    """Write one new row, as ``save(force_insert=True)`` does, by a statement that is put together once a model.

    No signals are called, and nothing is asked back: what the database fills in stays unknown.
    """
    statement, given = _one(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in given]
    with prepared.cursor() as cursor:
        cursor.execute(statement, values)
    row._state.adding, row._state.db = False, connection.alias


@cache
def _one(model: type[models.Model]) -> tuple[str, list[Any]]:
    given: list[Any] = [field for field in model._meta.concrete_fields if field.db_default is NOT_PROVIDED]
    names, places = ", ".join(f'"{field.column}"' for field in given), ", ".join(["%s"] * len(given))
    return f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({places})", given  # noqa: S608


class _Column:
    """A column as it is named, declared for the JSON, and taken from it (bytes are base64 there)."""

    def __init__(self, field: Any) -> None:
        self.name = f'"{field.column}"'
        kind = field.db_type(connection)
        coded = kind == "bytea"
        self.declared = f"{self.name} {'text' if coded else kind}"
        self.taken = f"decode({self.name}, 'base64')" if coded else self.name
