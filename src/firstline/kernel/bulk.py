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

    Values are what JSON and this know: texts, numbers, None, lists, UUIDs, moments, bytes, words of a choice.
    Constraints and row-level security hold as ever; ``save`` and signals are not called. Within ``sent_together``
    nobody knows yet how many, and the answer is -1.
    """
    if not rows:
        return 0
    with prepared.cursor() as cursor:
        cursor.execute(f"{_many(model, tuple(rows[0]), ())} ON CONFLICT DO NOTHING", [records(rows)])
        return int(cursor.rowcount)


def insert_new(model: type[models.Model], rows: Sequence[Mapping[str, Any]], alike: Mapping[str, Any]) -> None:
    """Write rows of which none may be there, in one statement whose answer nobody waits for (``sent_together``).

    ``alike`` are columns that have one value in all rows; it travels once. A row that is there already is an
    IntegrityError, and none is written.
    """
    with prepared.cursor() as cursor:
        cursor.execute(_many(model, tuple(rows[0]), tuple(alike)), [*alike.values(), records(rows)])


def array(values: Iterable[object]) -> str:
    """Ids or numbers as PostgreSQL writes an array, to be cast: quoting a list item by item costs more than asking."""
    return f"{{{msgspec.json.encode(list(values))[1:-1].decode()}}}"


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
def _many(model: type[models.Model], names: tuple[str, ...], alike: tuple[str, ...]) -> str:
    """The statement that writes rows of these columns; the values of ``alike`` come first, then the rows."""
    fields = {field.column: field for field in model._meta.concrete_fields}
    columns = [_Column(fields[name]) for name in names]
    once = [_Column(fields[name]) for name in alike]
    # Names are those of our own tables and columns; every value travels in a parameter.
    return (
        f"INSERT INTO {model._meta.db_table} ({', '.join(column.name for column in [*once, *columns])})"  # noqa: S608
        f" SELECT {', '.join([*(column.given for column in once), *(column.taken for column in columns)])}"
        f" FROM json_to_recordset(%s) AS incoming ({', '.join(column.declared for column in columns)})"
    )


@cache
def _one(model: type[models.Model]) -> tuple[str, list[Any]]:
    given: list[Any] = [field for field in model._meta.concrete_fields if field.db_default is NOT_PROVIDED]
    names, places = ", ".join(f'"{field.column}"' for field in given), ", ".join(["%s"] * len(given))
    return f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({places})", given  # noqa: S608


class _Column:
    """A column as it is named, declared for the JSON, taken from it (bytes are base64 there), or given beside it."""

    def __init__(self, field: Any) -> None:
        self.name = f'"{field.column}"'
        kind = field.db_type(connection)
        coded = kind == "bytea"
        self.declared = f"{self.name} {'text' if coded else kind}"
        self.taken = f"decode({self.name}, 'base64')" if coded else self.name
        self.given = f"%s::{kind}"
