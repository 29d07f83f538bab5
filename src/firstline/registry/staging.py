"""A list on its way in: read, kept sealed, its rows stored in chunks that can be taken up again after any fault.

Nothing staged counts anywhere until ``actions.accept_file``. Ids of rows and mentions follow from the file, so a chunk
that is written twice, or by two people at once, is written once.
"""

import hashlib
import itertools
import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, NamedTuple

from firstline import tables
from firstline.kernel import bulk, crypto, scope
from firstline.kernel.actors import Actor
from firstline.kernel.ids import derived, uuid7
from firstline.places.models import Compound, Door
from firstline.registry import actions, columns, selectors
from firstline.registry.actions import Named
from firstline.registry.columns import Choices
from firstline.registry.errors import ListUnreadable, ReadingChanged
from firstline.registry.mentions import NewMention, Prepared, details_of, prepare, store
from firstline.registry.models import MentionSource, RowContents, SourceFile, SourceRow
from firstline.registry.person_line import PersonSaid
from firstline.registry.reading import FileReading, Kind, read_file
from firstline.registry.reading.model import PersonReading, RowReading
from firstline.response.selectors import emergency_at, key_ids_of
from firstline.tables.apart import read_apart

CHUNK_ROWS = 1_000

# Told in the transaction that stores them: how many rows are stored, of how many.
Progress = Callable[[int, int], None]
# The number of a sheet, and a row of it.
_Row = tuple[int, RowReading]


class _Chunk(NamedTuple):
    """Rows of a file as they are written, with the names in them; ``size`` counts those too that are stored already."""

    size: int
    rows: list[dict[str, Any]]
    names: Prepared


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that is on record with all its rows; ``known`` when it had come before."""

    file: SourceFile
    known: bool


def read(
    content: bytes, chosen: Choices | None = None, *, apart: bool = False, limits: tables.Limits = tables.DEFAULT
) -> FileReading:
    """What a file says, without a database, with its columns read as was ``chosen``; ``apart`` for strangers' files.

    Raises ListUnreadable.
    """
    try:
        sheets = read_apart(content, limits=limits) if apart else tables.read(content, limits=limits)
        return read_file(sheets, chosen=columns.for_reading(chosen or {}))
    except tables.TableError as problem:
        raise ListUnreadable.because(problem) from problem


def stage(
    actor: Actor,
    *,
    compound: Compound,
    named: Named,
    content: bytes,
    reading: FileReading,
    chosen: Choices | None = None,
    progress: Progress | None = None,
    file_id: uuid.UUID | None = None,
) -> Staged:
    """Bring a file of a compound in, or find it and finish what an earlier attempt left undone.

    Commits chunk by chunk, so it must not run inside one transaction. Raises what ``actions.stage_file`` raises.
    """
    with scope.enter(actor):
        fingerprint = recognise(compound, content, columns.digest_of(chosen or {}))
    new_id = file_id or uuid7()
    file = actions.stage_file(
        actor,
        compound_id=compound.pk,
        file_id=new_id,
        named=named,
        content=content,
        fingerprint=fingerprint,
        reading=reading,
        chosen=chosen,
    )
    fill(actor, file, reading, progress)
    return Staged(file, known=file.id != new_id)


def finish(actor: Actor, file_id: uuid.UUID, progress: Progress | None = None) -> SourceFile:
    """Store the rows that an interrupted attempt left out, from the sealed file. Raises NotFound, ReadingChanged."""
    with scope.enter(actor):
        file = selectors.file_for(actor, file_id, needs="registry.stage_file")
        content, chosen = file.open_content(), columns.chosen_of(file.open())
    fill(actor, file, read(content, chosen, apart=True), progress)
    return file


def fill(actor: Actor, file: SourceFile, reading: FileReading, progress: Progress | None = None) -> None:
    """Store all rows of a file that are not stored yet, each chunk in a transaction of its own."""
    totals = reading.totals
    if (totals.records, totals.parked, totals.no_data) != (file.record_count, file.parked_count, file.no_data_count):
        raise ReadingChanged
    with scope.enter(actor):
        key_id = selectors.key_of(file)
        stored = set(file.rows.values_list("pk", flat=True))
    done = 0
    rows = [(sheet.number, row) for sheet in reading.readings for row in sheet.rows]
    for chunk in _ahead(lambda part: _prepared(file, part, stored, key_id), _chunks(rows)):
        done += chunk.size
        with scope.enter(actor):
            bulk.insert(SourceRow, chunk.rows)
            store(chunk.names)
            if progress:
                progress(done, len(rows))


def fingerprint_of(content: bytes, copy: int, *, key_id: uuid.UUID, chosen: str = "") -> bytes:
    """A keyed hash by which the same bytes, read as was ``chosen``, are known again.

    ``copy`` counts those before that never count.
    """
    said = ":".join(filter(None, [str(copy), hashlib.sha256(content).hexdigest(), chosen]))
    return crypto.token("source_file", said, key_id=key_id)


def recognise(compound: Compound, content: bytes, chosen: str = "") -> bytes:
    """The fingerprint under which these bytes are, or will be, on record: copies that count never are passed by."""
    key_ids = key_ids_of(emergency_at(compound.place.path))
    copies = SourceFile.objects.filter(compound=compound)
    for copy in itertools.count():
        # Under the keys before a rotation too: the same list is no new one because the key is.
        possible = [fingerprint_of(content, copy, key_id=key_id, chosen=chosen) for key_id in key_ids]
        known = copies.filter(fingerprint__in=possible)
        if not known.filter(selectors.counts_never()).exists():
            return bytes(known.values_list("fingerprint", flat=True).first() or possible[0])
    raise AssertionError("copies are counted without end")


def _chunks(rows: Sequence[_Row]) -> Iterator[Sequence[_Row]]:
    for start in range(0, len(rows), CHUNK_ROWS):
        yield rows[start : start + CHUNK_ROWS]


def _ahead(work: Callable[[Sequence[_Row]], _Chunk], parts: Iterator[Sequence[_Row]]) -> Iterator[_Chunk]:
    """Prepare the next part while the database stores this one: each of the two would wait for the other."""
    with ThreadPoolExecutor(1) as aside:
        earlier: Future[_Chunk] | None = None
        for part in parts:
            later = aside.submit(work, part)
            if earlier:
                yield earlier.result()
            earlier = later
        if earlier:
            yield earlier.result()


def _prepared(file: SourceFile, part: Sequence[_Row], stored: Collection[uuid.UUID], key_id: uuid.UUID) -> _Chunk:
    ids = {row_id(file.id, row.row, row.column, sheet): (sheet, row) for sheet, row in part}
    missing = {pk: row for pk, row in ids.items() if pk not in stored}
    said = [mention for pk, (_, row) in missing.items() for mention in _mentions(file, pk, row)]
    rows = [_row(file, pk, sheet, row, key_id) for pk, (sheet, row) in missing.items()]
    return _Chunk(len(part), rows, prepare(said, key_id=key_id))


def row_id(file_id: uuid.UUID, number: int, column: int | None, sheet: int = 1) -> uuid.UUID:
    """The id of a row of a file; the same row stored twice has the same id."""
    return derived(file_id, sheet, number, column or 0)


def _row(file: SourceFile, pk: uuid.UUID, sheet: int, row: RowReading, key_id: uuid.UUID) -> dict[str, Any]:
    placed = row.door if row.kind is Kind.RECORD else None
    choices = list(row.choices)
    if row.door and not placed:
        # Not placed, so perhaps no place at all: what a source wrote stays sealed.
        choices = list(dict.fromkeys([row.door.label, *choices]))
    people = [] if row.kind is Kind.RECORD else [details_of(_said(person)) for person in row.people]
    contents = RowContents(list(row.cells), row.remark, row.persons, choices, people, row.written)
    return {
        "id": pk,
        "path": file.path,
        "source_file_id": file.id,
        "sheet": sheet,
        "number": row.row,
        "column": row.column,
        "kind": row.kind.value,
        "reason": row.reason,
        "door_building": placed.building if placed else "",
        "door_unit": placed.unit if placed else "",
        "door_room": placed.room if placed else "",
        "door_label": placed.label if placed else "",
        "doubts": row.doubts,
        "sealed": SourceRow.envelope(pk, contents, key_id),
    }


def _mentions(file: SourceFile, row_pk: uuid.UUID, row: RowReading) -> Iterator[NewMention]:
    if row.kind is not Kind.RECORD or not row.door:
        return
    for part, person in enumerate(row.people, start=1):
        yield NewMention(
            path=file.path,
            emergency_id=file.emergency_id,
            campaign_id=file.campaign_id,
            door_id=Door.id_for(file.compound_id, row.door.label),
            source=MentionSource.PROPERTY_LIST,
            source_id=row_pk,
            source_file_id=file.id,
            part=part,
            said=_said(person),
        )


def _said(person: PersonReading) -> PersonSaid:
    return PersonSaid(
        person.name,
        relation=person.relation,
        phones=person.phones,
        id_number=person.id_number,
        id_problem=person.id_problem,
    )
