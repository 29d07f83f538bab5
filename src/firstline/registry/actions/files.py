"""A list is staged, then accepted or discarded by one short last step; an accepted one can be taken back."""

import uuid
from dataclasses import dataclass

from firstline.kernel import ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.places import frames, leaving
from firstline.places.leaving import Leaving
from firstline.places.models import Compound, Frame
from firstline.places.selectors import compound_for
from firstline.registry import selectors, standing
from firstline.registry.columns import Choices
from firstline.registry.errors import ListNotAccepted, ListUnfinished
from firstline.registry.holding import locked, people_changed, undecided
from firstline.registry.models import (
    ChosenColumns,
    ColumnRead,
    Comment,
    FileContents,
    FileDecision,
    FileVoid,
    SheetRead,
    SourceFile,
    SourceKind,
    Unread,
    Verdict,
)
from firstline.registry.reading import FileReading, Reading
from firstline.registry.selectors import FileState
from firstline.registry.signals import list_accepted, list_taken_back
from firstline.response.models import Emergency
from firstline.response.selectors import emergency_at


@dataclass(frozen=True, slots=True)
class Named:
    """What a list is called, which compound its name or title names, if any, and whether it was typed."""

    file: str
    compound: str = ""
    kind: SourceKind = SourceKind.FILE


@action("registry.stage_file")
def stage_file(
    actor: Actor,
    *,
    compound_id: uuid.UUID,
    file_id: uuid.UUID,
    named: Named,
    content: bytes,
    fingerprint: bytes,
    reading: FileReading,
    chosen: Choices | None = None,
) -> SourceFile:
    """Keep a file of a compound as it came, sealed, with the account of its rows; these follow in chunks (``staging``).

    Nothing of it counts. The same file of the same compound again gives the first. Raises NotFound, EmergencyMissing.
    """
    compound = compound_for(actor, compound_id, needs="registry.stage_file")
    emergency = emergency_at(compound.place.path)
    file = _new_file(actor, compound, emergency, reading)
    file.id, file.fingerprint, file.kind = file_id, fingerprint, named.kind
    file.seal(_contents(named, reading, chosen or {}), emergency.key_id)
    file.seal_content(content, emergency.key_id)
    # DO NOTHING waits for a twin that is just being written, and then leaves it alone.
    SourceFile.objects.bulk_create([file], ignore_conflicts=True)
    first = SourceFile.objects.defer("sealed_content").get(compound=compound, fingerprint=fingerprint)
    if first.id != file_id:
        ledger.repeated(path=first.path)
        return first
    after = {"name": named.file, **selectors.account_of(file)}
    ledger.record(path=file.path, subject=file, after=after, key_id=emergency.key_id)
    return file


@action("registry.accept_file")
def accept_file(actor: Actor, *, file_id: uuid.UUID) -> SourceFile:
    """From here on the list counts: its doors stand in the frame, its names are mentions at them.

    Raises NotFound, ListUnfinished while rows are missing, ListDecided when somebody was faster.
    """
    file = undecided(actor, file_id, "registry.accept_file")
    if not selectors.is_complete(file):
        raise ListUnfinished
    FileDecision.about(file, by=actor, source_file=file, verdict=Verdict.ACCEPTED).save(force_insert=True)
    named = standing.proposals(file)
    ensured = frames.ensure_doors(file.compound, named, how=Frame.LISTED, by=actor, source_id=file.id)
    people_changed(file.compound, (door.building for door in named))
    after = {"doors_new": len(ensured.new), "doors_known": ensured.known, **selectors.account_of(file)}
    ledger.record(path=file.path, subject=file, after=after, key_id=selectors.key_of(file))
    list_accepted.send(SourceFile, actor=actor, file=file)
    return file


@action("registry.discard_file")
def discard_file(actor: Actor, *, file_id: uuid.UUID) -> SourceFile:
    """The list will never count; it stays on record. Raises NotFound, ListDecided."""
    file = undecided(actor, file_id, "registry.discard_file")
    FileDecision.about(file, by=actor, source_file=file, verdict=Verdict.DISCARDED).save(force_insert=True)
    ledger.record(path=file.path, subject=file, after=selectors.account_of(file))
    return file


@action("registry.void_file")
def void_file(actor: Actor, *, file_id: uuid.UUID) -> Leaving:
    """Take an accepted list back: its names count no longer, its doors go as far as nothing leans on them.

    Rows, names and facts stay on record. Raises NotFound, ListNotAccepted (also when somebody was faster), DoorsInUse.
    """
    file = locked(actor, file_id, "registry.void_file")
    if selectors.state_of(file, 0) != FileState.ACCEPTED:
        raise ListNotAccepted
    source = standing.source_of(file)
    people_changed(file.compound, standing.buildings_of(file))
    FileVoid.about(file, by=actor, source_file=file).save(force_insert=True)
    left = leaving.take_away(file.compound, source, by=actor)
    after = {"doors_gone": len(left.going), "doors_staying": len(left.staying), **selectors.account_of(file)}
    ledger.record(path=file.path, subject=file, before=after, key_id=selectors.key_of(file))
    list_taken_back.send(SourceFile, actor=actor, file=file)
    return left


def _new_file(actor: Actor, compound: Compound, emergency: Emergency, reading: FileReading) -> SourceFile:
    totals = reading.totals
    return SourceFile(
        path=compound.place.path,
        compound=compound,
        emergency_id=emergency.id,
        campaign_id=emergency.default_campaign_id,
        by_person_id=actor.person_id,
        by_device_id=actor.device_id,
        row_count=totals.rows,
        record_count=totals.records,
        parked_count=totals.parked,
        no_data_count=totals.no_data,
        mention_count=totals.people,
    )


def _contents(named: Named, reading: FileReading, chosen: Choices) -> FileContents:
    unread = [*reading.unread, *(one for sheet in reading.readings for one in sheet.unread)]
    return FileContents(
        name=named.file,
        compound_named=named.compound,
        sheets=[_sheet(sheet, chosen.get(sheet.number)) for sheet in reading.readings],
        unread=[Unread(one.code, dict(one.data)) for one in unread],
    )


def _sheet(reading: Reading, chosen: ChosenColumns | None) -> SheetRead:
    sheet = reading.sheet
    return SheetRead(
        number=reading.number,
        name=sheet.name,
        header_row=reading.header_row,
        columns=[ColumnRead(one.index, one.header, one.meaning, one.confidence) for one in reading.columns],
        layout=reading.layout_key,
        chosen=chosen,
        hidden=sheet.hidden,
        hidden_rows=sorted(sheet.hidden_rows),
        hidden_columns=sorted(sheet.hidden_columns),
        comments=[Comment(row, column, text) for (row, column), text in sorted(sheet.comments.items())],
    )
