"""Ids that a statement numbers its rows with are version 7, each another, in the order of the rows."""

import pytest
from django.db import connection

from firstline.kernel.ids import numbered, uuid7


@pytest.mark.django_db
def test_rows_are_numbered_from_an_id_on() -> None:
    first = uuid7()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {numbered('first')} FROM generate_series(1, 1000)", {"first": first})
        found = [row[0] for row in cursor.fetchall()]
    assert found == sorted(set(found))
    assert len(found) == 1000
    assert {(one.version, one.variant, one.bytes[:12]) for one in found} == {(7, first.variant, first.bytes[:12])}
