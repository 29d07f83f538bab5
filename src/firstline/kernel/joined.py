"""Rows of several models by one statement written by hand.

What is asked at every attempt of a county: to put the statement together anew each time would cost the ORM more than
the database takes to answer it.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from django.db import connection, models

from firstline.kernel import prepared


def joined(kinds: Sequence[type[models.Model]], tail: str, parameters: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """For each row the rows of ``kinds``, as models. ``tail`` begins with FROM; tables go by their own names."""
    selected, cuts = _columns(tuple(kinds))
    with prepared.cursor() as cursor:
        # Names of our own columns, and a statement of ours; every value travels in a parameter.
        cursor.execute(f"SELECT {selected} {tail}", parameters)
        rows = cursor.fetchall()
    for row in rows:
        yield tuple(_made(kind, row[begin:end]) for kind, begin, end in cuts)


@cache
def _columns(kinds: tuple[type[models.Model], ...]) -> tuple[str, list[tuple[type[models.Model], int, int]]]:
    names: list[str] = []
    cuts = []
    for kind in kinds:
        begin = len(names)
        names += [f'{kind._meta.db_table}."{field.column}"' for field in kind._meta.concrete_fields]
        cuts.append((kind, begin, len(names)))
    return ", ".join(names), cuts


def _made(kind: type[models.Model], values: Sequence[Any]) -> models.Model:
    read = [
        field.from_db_value(value, None, connection) if hasattr(field, "from_db_value") else value
        for field, value in zip(kind._meta.concrete_fields, values, strict=True)
    ]
    return kind.from_db(connection.alias, [field.attname for field in kind._meta.concrete_fields], read)
