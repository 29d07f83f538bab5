"""Rows set aside are put right beside what the source wrote, and taken back again."""

import uuid

import pytest
from django.db import IntegrityError

from firstline.audit.models import LedgerEntry
from firstline.kernel import scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.places.frames import DoorProposal
from firstline.places.models import Building, Door, FrameFact
from firstline.registry import actions, standing
from firstline.registry.actions import PutRight
from firstline.registry.errors import ListUndone, RowSettled
from firstline.registry.mentions import mentions_at
from firstline.registry.models import RowCorrection, RowKind, SourceFile, SourceRow
from firstline.registry.person_line import PersonSaid
from firstline.registry.tests.lists import staged
from firstline.testing.cast import Cast

DOOR = DoorProposal("4", "1", "101", "4-1-101", 1)
ZHANG = PersonSaid("张无门", phones=("13811112222",))


@pytest.fixture
def file(cast: Cast) -> SourceFile:
    return staged(cast.director, cast.compound)


@pytest.fixture
def row(cast: Cast, file: SourceFile) -> uuid.UUID:
    with scope.enter(cast.director):
        return file.rows.get(kind=RowKind.PARKED).pk


def _put_right(cast: Cast, file: SourceFile, row: uuid.UUID, door: DoorProposal | None = DOOR) -> uuid.UUID:
    people = (ZHANG,) if door else ()
    return actions.put_right(cast.typist, file_id=file.pk, rows=[PutRight(row, door, people)])


def _names_at_door(cast: Cast) -> list[str]:
    with scope.enter(cast.director):
        return [seen.name for seen in mentions_at(Door.id_for(cast.compound.pk, DOOR.label))]


def test_the_row_set_aside_keeps_its_people(cast: Cast, row: uuid.UUID) -> None:
    with scope.enter(cast.director):
        assert [person.name for person in SourceRow.objects.get(pk=row).open().people] == ["张无门"]


def test_before_acceptance_it_counts_with_the_list(cast: Cast, file: SourceFile, row: uuid.UUID) -> None:
    _put_right(cast, file, row)
    assert _names_at_door(cast) == []
    assert not Door.objects.filter(label=DOOR.label).exists()
    actions.accept_file(cast.director, file_id=file.pk)
    assert _names_at_door(cast) == ["张无门"]
    assert Door.objects.get(label=DOOR.label).building.door_count == 1


def test_after_acceptance_it_counts_at_once_and_can_be_taken_back(cast: Cast, file: SourceFile, row: uuid.UUID) -> None:
    actions.accept_file(cast.director, file_id=file.pk)
    _put_right(cast, file, row)
    assert _names_at_door(cast) == ["张无门"]
    actions.take_back(cast.typist, file_id=file.pk, row_ids=[row])
    assert _names_at_door(cast) == []
    assert not Building.objects.filter(compound=cast.compound, label="4").exists()
    with scope.enter(cast.director):
        assert standing.accounts_of([file])[file.pk].parked == 1
    _put_right(cast, file, row)
    assert _names_at_door(cast) == ["张无门"]


def test_the_original_stays_and_the_account_closes(cast: Cast, file: SourceFile, row: uuid.UUID) -> None:
    with scope.enter(cast.director):
        before = SourceRow.objects.get(pk=row)
    _put_right(cast, file, row, door=None)
    with scope.enter(cast.director):
        after, account = SourceRow.objects.get(pk=row), standing.accounts_of([file])[file.pk]
    assert (bytes(after.sealed), after.kind) == (bytes(before.sealed), RowKind.PARKED)
    assert (account.rows, account.records, account.put_right, account.parked, account.no_data) == (9, 5, 0, 0, 4)


def test_it_is_on_record_without_names_in_clear(cast: Cast, file: SourceFile, row: uuid.UUID) -> None:
    _put_right(cast, file, row)
    with scope.enter(cast.director):
        entry = LedgerEntry.objects.get(action="registry.put_right")
        assert entry.open().after == {"rows": 1, "records": 1, "no_data": 0, "numbers": [8]}
        assert "张无门".encode() not in bytes(RowCorrection.objects.get().sealed)


def test_twice_is_refused_by_the_action_and_by_the_database(cast: Cast, file: SourceFile, row: uuid.UUID) -> None:
    _put_right(cast, file, row)
    with pytest.raises(RowSettled):
        _put_right(cast, file, row, door=None)
    with pytest.raises(IntegrityError, match="row_put_right_once"):
        _copy_the_correction(cast)


def _copy_the_correction(cast: Cast) -> None:
    with scope.enter(cast.director):
        copy = RowCorrection.objects.get()
        copy.pk = uuid.uuid4()
        copy.save(force_insert=True)


def test_only_rows_set_aside_of_this_very_list(cast: Cast, file: SourceFile, row: uuid.UUID) -> None:
    with scope.enter(cast.director):
        placed = file.rows.filter(kind=RowKind.RECORD).values_list("pk", flat=True)[0]
    other = staged(cast.director, cast.compound_next)
    for wrong, at in ((placed, file), (uuid.uuid4(), file), (row, other)):
        with pytest.raises(NotFound):
            _put_right(cast, at, wrong)
    with pytest.raises(NotFound):
        actions.take_back(cast.typist, file_id=file.pk, row_ids=[row])


def test_rows_of_a_list_that_never_counts_stay_as_they_are(cast: Cast, file: SourceFile, row: uuid.UUID) -> None:
    actions.discard_file(cast.director, file_id=file.pk)
    with pytest.raises(ListUndone):
        _put_right(cast, file, row)


def test_who_may(cast: Cast, file: SourceFile, row: uuid.UUID) -> None:
    for stranger in (cast.worker, cast.clerk, cast.county_officer):
        with pytest.raises(Forbidden):
            actions.put_right(stranger, file_id=file.pk, rows=[PutRight(row)])


def test_a_correction_has_one_frame_fact_of_its_own(cast: Cast, file: SourceFile, row: uuid.UUID) -> None:
    actions.accept_file(cast.director, file_id=file.pk)
    decision = _put_right(cast, file, row)
    assert FrameFact.objects.filter(source_id=decision).count() == 1
    assert FrameFact.objects.filter(source_id=file.pk).exists()
