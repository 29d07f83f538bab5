"""Rows set aside are put right beside what the source wrote, and that can be taken back too."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count

from firstline.kernel import ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.ids import uuid7
from firstline.places import frames, leaving
from firstline.places.frames import DoorProposal
from firstline.places.models import Door, Frame
from firstline.registry import selectors, standing
from firstline.registry.errors import ListUndone, RowSettled
from firstline.registry.holding import locked, people_changed
from firstline.registry.mentions import NewMention, details_of, write
from firstline.registry.models import (
    CorrectionContents,
    MentionSource,
    RowCorrection,
    RowKind,
    SourceFile,
    SourceRow,
    SourceVoid,
)
from firstline.registry.person_line import PersonSaid
from firstline.registry.selectors import FileState


@dataclass(frozen=True, slots=True)
class PutRight:
    """What a row set aside really says: people at a door, or, without a door, nothing that counts."""

    row_id: uuid.UUID
    door: DoorProposal | None = None
    people: tuple[PersonSaid, ...] = ()


@action("registry.put_right")
def put_right(actor: Actor, *, file_id: uuid.UUID, rows: Sequence[PutRight]) -> uuid.UUID:
    """Settle rows set aside, all or none, as one decision; the id by which it is known.

    The rows stay as they came. In an accepted list their doors and names count at once, else with the list. Raises
    NotFound, RowSettled when one of them was put right already, ListUndone when the list never counts again.
    """
    file = _open(actor, file_id, "registry.put_right")
    parked = _parked(file, rows)
    voided = _versions(file, parked)
    decision_id, key_id = uuid7(), selectors.key_of(file)
    written = []
    for row in rows:
        correction = _correction(file, row, decision_id, actor)
        correction.version = voided[row.row_id] + 1
        people = [details_of(person) for person in row.people]
        correction.seal(CorrectionContents(people), key_id)
        written.append(correction)
    RowCorrection.objects.bulk_create(written)
    write([one for row, made in zip(rows, written, strict=True) for one in _mentions(file, row, made)], key_id=key_id)
    doors = [row.door for row in rows if row.door]
    if selectors.state_of(file, 0) == FileState.ACCEPTED and doors:
        frames.ensure_doors(file.compound, doors, how=Frame.LISTED, by=actor, source_id=decision_id)
        people_changed(file.compound, (door.building for door in doors))
    after = {
        "rows": len(rows),
        "records": len(doors),
        "no_data": len(rows) - len(doors),
        "numbers": sorted(parked.values()),
    }
    ledger.record(path=file.path, subject=file, after=after, key_id=key_id)
    return decision_id


@action("registry.take_back")
def take_back(actor: Actor, *, file_id: uuid.UUID, row_ids: Collection[uuid.UUID]) -> SourceFile:
    """What was put right in these rows counts no longer: they are set aside again, as they came.

    Doors that came with them go as far as nothing leans on them. Raises NotFound when none of the rows is put right.
    """
    file = _open(actor, file_id, "registry.take_back")
    found = list(
        standing.corrections().filter(source_file=file, source_row__in=list(row_ids)).select_related("source_row")
    )
    if not found:
        raise NotFound
    SourceVoid.objects.bulk_create(SourceVoid.about(file, by=actor, source_id=one.id) for one in found)
    if selectors.state_of(file, 0) == FileState.ACCEPTED:
        people_changed(file.compound, (one.door_building for one in found))
        leaving.take_away(file.compound, standing.decision_of(file, found), by=actor)
    before = {"rows": len(found), "numbers": sorted(one.source_row.number for one in found)}
    ledger.record(path=file.path, subject=file, before=before, key_id=selectors.key_of(file))
    return file


def _open(actor: Actor, file_id: uuid.UUID, needs: str) -> SourceFile:
    """A list whose rows may be put right: accepted and standing, or not decided yet."""
    file = locked(actor, file_id, needs)
    decided = selectors.decision_of(file) is not None
    if decided and selectors.state_of(file, 0) != FileState.ACCEPTED:
        raise ListUndone
    return file


def _parked(file: SourceFile, rows: Sequence[PutRight]) -> dict[uuid.UUID, int]:
    """Row number by id. Raises NotFound unless each row is set aside in this list, and asked about once."""
    ids = [row.row_id for row in rows]
    found = SourceRow.objects.filter(source_file=file, pk__in=ids, kind=RowKind.PARKED)
    numbers = dict(found.values_list("pk", "number"))
    if not ids or len(numbers) != len(ids):
        raise NotFound
    return numbers


def _versions(file: SourceFile, parked: Collection[uuid.UUID]) -> Counter[uuid.UUID]:
    """How often each row was put right and taken back. Raises RowSettled when a correction stands."""
    if standing.corrections().filter(source_row__in=list(parked)).exists():
        raise RowSettled
    made = RowCorrection.objects.filter(source_file=file, source_row__in=list(parked))
    return Counter(dict(made.values_list("source_row").annotate(Count("pk")).order_by()))


def _correction(file: SourceFile, row: PutRight, decision_id: uuid.UUID, actor: Actor) -> RowCorrection:
    made = RowCorrection.about(
        file,
        by=actor,
        source_row_id=row.row_id,
        source_file=file,
        decision_id=decision_id,
        kind=RowKind.RECORD if row.door else RowKind.NO_DATA,
    )
    if row.door:
        made.door_building, made.door_unit = row.door.building, row.door.unit
        made.door_room, made.door_label = row.door.room, row.door.label
    return made


def _mentions(file: SourceFile, row: PutRight, correction: RowCorrection) -> Iterator[NewMention]:
    if row.door is None:
        return
    for part, person in enumerate(row.people, start=1):
        yield NewMention(
            path=file.path,
            emergency_id=file.emergency_id,
            campaign_id=file.campaign_id,
            door_id=Door.id_for(file.compound_id, row.door.label),
            source=MentionSource.PROPERTY_LIST,
            source_id=correction.id,
            source_file_id=file.id,
            part=part,
            said=person,
        )
