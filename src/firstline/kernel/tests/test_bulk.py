"""Rows written in one statement are the same rows that a model would have written."""

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firstline.kernel import bulk, scope
from firstline.registry.models import SourceRow
from firstline.registry.tests.lists import staged
from firstline.testing.cast import Cast

# What PostgreSQL keeps in a text: anything but NUL and halves of characters.
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


def _row(cast: Cast, file: uuid.UUID, **changed: Any) -> dict[str, Any]:
    return {
        "id": uuid.uuid4(),
        "path": cast.compound.place.path,
        "source_file_id": file,
        "sheet": 1,
        "number": 7,
        "column": None,
        "kind": "no_data",
        "reason": "",
        "door_building": "",
        "door_unit": "",
        "door_room": "",
        "door_label": "",
        "doubts": [],
        "sealed": b"",
        **changed,
    }


@given(
    reason=texts,
    doubts=st.lists(texts, max_size=3),
    sealed=st.binary(max_size=60),
    column=st.none() | st.integers(0, 2**31 - 1),
)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_written_is_read_back(
    cast: Cast, reason: str, doubts: list[str], sealed: bytes, column: int | None
) -> None:
    file = staged(cast.director, cast.compound)
    row = _row(cast, file.pk, reason=reason, doubts=doubts, sealed=sealed, column=column)
    with scope.enter(cast.director):
        bulk.insert(SourceRow, [row])
        kept = SourceRow.objects.get(pk=row["id"])
    assert (kept.reason, kept.doubts, bytes(kept.sealed), kept.column) == (reason, doubts, sealed, column)
    assert (kept.path, kept.source_file_id, kept.number) == (row["path"], file.pk, 7)


def test_what_is_there_is_left_alone(cast: Cast) -> None:
    file = staged(cast.director, cast.compound)
    row = _row(cast, file.pk, reason="first")
    with scope.enter(cast.director):
        bulk.insert(SourceRow, [row])
        bulk.insert(SourceRow, [{**row, "reason": "second"}, _row(cast, file.pk, reason="third")])
        kept = SourceRow.objects.filter(number=7, reason__gt="").values_list("reason", flat=True)
        assert sorted(kept) == ["first", "third"]


def test_what_is_alike_in_all_rows_is_said_once(cast: Cast) -> None:
    file = staged(cast.director, cast.compound)
    first, second = (_row(cast, file.pk, number=number) for number in (1, 2))
    alike = {name: first[name] for name in first if name not in {"id", "number", "sealed"}}
    rows = [{name: row[name] for name in row.keys() - alike.keys()} for row in (first, second)]
    with scope.enter(cast.director):
        bulk.insert_new(SourceRow, rows, alike)
        kept = SourceRow.objects.filter(source_file_id=file.pk, pk__in=[row["id"] for row in rows])
        assert sorted(kept.values_list("number", "path", "sheet", "column")) == [
            (number, cast.compound.place.path, 1, None) for number in (1, 2)
        ]


def test_of_rows_that_must_be_new_none_is_written_when_one_is_not(cast: Cast) -> None:
    file = staged(cast.director, cast.compound)
    there, new = _row(cast, file.pk), _row(cast, file.pk)
    with scope.enter(cast.director):
        bulk.insert(SourceRow, [there])
        with pytest.raises(IntegrityError), transaction.atomic():
            bulk.insert_new(SourceRow, [new, there], {})
        assert not SourceRow.objects.filter(pk=new["id"]).exists()


def test_constraints_and_row_security_hold(cast: Cast) -> None:
    file = staged(cast.director, cast.compound)
    elsewhere = cast.compound_other_county.place.path
    with scope.enter(cast.director):
        with pytest.raises(IntegrityError), transaction.atomic():
            bulk.insert(SourceRow, [_row(cast, file.pk, kind="record")])
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            bulk.insert(SourceRow, [_row(cast, file.pk, path=elsewhere)])


def test_nothing_is_nothing(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(0):
        bulk.insert(SourceRow, [])
