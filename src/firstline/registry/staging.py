"""A list on its way in: read, kept sealed, its rows stored in chunks that can be taken up again after any fault.

Nothing staged counts anywhere until ``actions.accept_file``. Ids of rows and mentions follow from the file, so a chunk
that is written twice, or by two people at once, is written once.
"""

import hashlib
import itertools
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from firstline import tables
from firstline.kernel import crypto, scope
from firstline.kernel.actors import Actor
from firstline.kernel.ids import derived, uuid7
from firstline.places.models import Compound, Door
from firstline.registry import actions, selectors
from firstline.registry.actions import Named
from firstline.registry.errors import ListUnreadable, ReadingChanged
from firstline.registry.mentions import NewMention, write
from firstline.registry.models import MentionSource, RowContents, SourceFile, SourceRow, Verdict
from firstline.registry.person_line import PersonSaid
from firstline.registry.reading import FileReading, Kind, read_file
from firstline.registry.reading.model import RowReading
from firstline.response.selectors import emergency_at, key_ids_of
from firstline.tables.apart import read_apart

CHUNK_ROWS = 500

Progress = Callable[[int, int], None]
# The number of a sheet, and a row of it.
_Row = tuple[int, RowReading]


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that is on record with all its rows; ``known`` when it had come before."""

    file: SourceFile
    known: bool


def read(content: bytes, *, limits: tables.Limits = tables.DEFAULT, apart: bool = False) -> FileReading:
    """What a file says, without a database; `apart` for what strangers send. Raises ListUnreadable."""
    reads = read_apart if apart else tables.read
    try:
        return read_file(reads(content, limits=limits))
    except tables.TableError as problem:
        raise ListUnreadable.because(problem) from problem


def stage(
    actor: Actor,
    *,
    compound: Compound,
    named: Named,
    content: bytes,
    reading: FileReading,
    progress: Progress | None = None,
) -> Staged:
    """Bring a file of a compound in, or find it and finish what an earlier attempt left undone.

    Commits chunk by chunk, so it must not run inside one transaction. Raises what ``actions.stage_file`` raises.
    """
    with scope.enter(actor):
        fingerprint = _recognise(compound, content)
    new_id = uuid7()
    file = actions.stage_file(
        actor,
        compound_id=compound.pk,
        file_id=new_id,
        named=named,
        content=content,
        fingerprint=fingerprint,
        reading=reading,
    )
    fill(actor, file, reading, progress)
    return Staged(file, known=file.id != new_id)


def finish(actor: Actor, file_id: uuid.UUID) -> SourceFile:
    """Store the rows that an interrupted attempt left out, from the sealed file. Raises NotFound, ReadingChanged."""
    with scope.enter(actor):
        file = selectors.file_for(actor, file_id, needs="registry.stage_file")
        content = file.open_content()
    fill(actor, file, read(content))
    return file


def fill(actor: Actor, file: SourceFile, reading: FileReading, progress: Progress | None = None) -> None:
    """Store all rows of a file that are not stored yet, each chunk in a transaction of its own."""
    totals = reading.totals
    if (totals.records, totals.parked, totals.no_data) != (file.record_count, file.parked_count, file.no_data_count):
        raise ReadingChanged
    with scope.enter(actor):
        key_id = selectors.key_of(file)
    done = 0
    rows = [(sheet.number, row) for sheet in reading.readings for row in sheet.rows]
    for chunk in _chunks(rows):
        with scope.enter(actor):
            _store(file, chunk, key_id)
        done += len(chunk)
        if progress:
            progress(done, len(rows))


def fingerprint_of(content: bytes, copy: int, *, key_id: uuid.UUID) -> bytes:
    """A keyed hash by which the same bytes are known again; ``copy`` counts the discarded ones before."""
    return crypto.token("source_file", f"{copy}:{hashlib.sha256(content).hexdigest()}", key_id=key_id)


def _recognise(compound: Compound, content: bytes) -> bytes:
    """The fingerprint under which these bytes are, or will be, on record: discarded copies are passed by."""
    key_ids = key_ids_of(emergency_at(compound.place.path))
    copies = SourceFile.objects.filter(compound=compound)
    for copy in itertools.count():
        # Under the keys before a rotation too: the same list is no new one because the key is.
        possible = [fingerprint_of(content, copy, key_id=key_id) for key_id in key_ids]
        known = dict(copies.filter(fingerprint__in=possible).values_list("fingerprint", "decision__verdict"))
        if Verdict.DISCARDED not in known.values():
            return bytes(next(iter(known), possible[0]))
    raise AssertionError("copies are counted without end")


def _chunks(rows: Sequence[_Row]) -> Iterator[Sequence[_Row]]:
    for start in range(0, len(rows), CHUNK_ROWS):
        yield rows[start : start + CHUNK_ROWS]


def _store(file: SourceFile, chunk: Sequence[_Row], key_id: uuid.UUID) -> None:
    ids = {row_id(file.id, row.row, row.column, sheet): (sheet, row) for sheet, row in chunk}
    stored = set(SourceRow.objects.filter(pk__in=list(ids)).values_list("pk", flat=True))
    missing = {pk: row for pk, row in ids.items() if pk not in stored}
    SourceRow.objects.bulk_create(
        [_row(file, pk, sheet, row, key_id) for pk, (sheet, row) in missing.items()], ignore_conflicts=True
    )
    write([mention for pk, (_, row) in missing.items() for mention in _mentions(file, pk, row)], key_id=key_id)


def row_id(file_id: uuid.UUID, number: int, column: int | None, sheet: int = 1) -> uuid.UUID:
    """The id of a row of a file; the same row stored twice has the same id."""
    return derived(file_id, sheet, number, column or 0)


def _row(file: SourceFile, pk: uuid.UUID, sheet: int, row: RowReading, key_id: uuid.UUID) -> SourceRow:
    stored = SourceRow(
        id=pk,
        path=file.path,
        source_file_id=file.id,
        sheet=sheet,
        number=row.row,
        column=row.column,
        kind=row.kind.value,
        reason=row.reason,
        doubts=list(row.doubts),
    )
    choices = list(row.choices)
    if row.kind is Kind.RECORD and row.door:
        stored.door_building, stored.door_unit = row.door.building, row.door.unit
        stored.door_room, stored.door_label = row.door.room, row.door.label
    elif row.door:
        # Not placed, so perhaps no place at all: what a source wrote stays sealed.
        choices = list(dict.fromkeys([row.door.label, *choices]))
    stored.seal(RowContents(list(row.cells), row.remark, row.persons, choices), key_id)
    return stored


def _mentions(file: SourceFile, row_pk: uuid.UUID, row: RowReading) -> Iterator[NewMention]:
    if row.kind is not Kind.RECORD or not row.door:
        return
    for part, person in enumerate(row.people, start=1):
        said = PersonSaid(
            name=person.name,
            relation=person.relation,
            phones=person.phones,
            id_number=person.id_number,
        )
        yield NewMention(
            path=file.path,
            emergency_id=file.emergency_id,
            campaign_id=file.campaign_id,
            door_id=Door.id_for(file.compound_id, row.door.label),
            source=MentionSource.PROPERTY_LIST,
            source_id=row_pk,
            source_file_id=file.id,
            part=part,
            said=said,
        )
